"""Which open questions (口径) a rule depends on: found in its tree, wherever a value is left to an officer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from duixian.rules.decided import Choice
from duixian.rules.expression import DecidedAs


def interpretations_in(node: object) -> Iterator[str]:
    """The names of all interpretations that a rule depends on, found in its tree."""
    if isinstance(node, Choice):
        yield node.interpretation
        for value in node.options.values():
            yield from interpretations_in(value)
    elif isinstance(node, DecidedAs):
        yield node.interpretation
    elif isinstance(node, tuple | list | frozenset):
        for part in node:
            yield from interpretations_in(part)
    elif is_dataclass(node):
        for each in fields(node):
            yield from interpretations_in(getattr(node, each.name))
