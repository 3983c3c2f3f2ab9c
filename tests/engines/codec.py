"""Dockets as JSON that a person can review: the rule types themselves, what is usual left out.

A dataclass is an object with its name under "@"; texts that begin with @ are days (``@2026-03-01``), fractions (``@1/3``) and members of
enumerations (``@Round.AWARDED``); a set is ``{"@": "set", "of": […]}``. Places, and the words of expressions, are not kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from types import ModuleType
from typing import Any

from duixian.rules import (
    decided,
    determination,
    expression,
    fact,
    interpretation,
    measure,
    policy,
    region,
    vocabulary,
)
from duixian.rules.expression import TRUE, Expression
from duixian.rules.expression_text import expression_text
from tests.engines import decides

MODULES = (
    decided, determination, expression, fact, interpretation, measure, policy, region, vocabulary, decides,
)  # fmt: skip
UNTOLD = {"place", "text"}
WIDTH = 110


def _classes(module: ModuleType) -> Iterator[type]:
    for each in vars(module).values():
        if isinstance(each, type) and each.__module__ == module.__name__:
            yield each


CLASSES: Mapping[str, type] = {each.__name__: each for module in MODULES for each in _classes(module)}
_DAY = re.compile(r"@(\d{4}-\d\d-\d\d)")
_FRACTION = re.compile(r"@(\d+/\d+)")


def encode(value: object) -> Any:
    """A rule type, a fact or a docket as plain JSON values."""
    match value:
        case Enum():
            return f"@{type(value).__name__}.{value.name}"
        case bool() | int() | None:
            return value
        case str():
            return f"@{value}" if value.startswith("@") else value
        case date():
            return f"@{value.isoformat()}"
        case Fraction():
            return f"@{value.numerator}/{value.denominator}"
        case frozenset():
            return {"@": "set", "of": sorted(encode(each) for each in value)}
        case tuple() | list():
            return [encode(each) for each in value]
        case Mapping():
            return {key: encode(each) for key, each in value.items()}
    if value is TRUE:
        return {"@": "TRUE"}
    assert is_dataclass(value), value
    kept = {each.name: getattr(value, each.name) for each in fields(value) if _is_told(each, value)}
    return {"@": type(value).__name__} | {name: encode(each) for name, each in kept.items()}


def _is_told(field: Field[Any], owner: object) -> bool:
    """Whether a field must be written: the usual value need not be."""
    if not field.init or (field.name in UNTOLD and isinstance(owner, Expression)) or field.name == "place":
        return False
    value = getattr(owner, field.name)
    if field.default_factory is not MISSING:
        return bool(value != field.default_factory())
    return bool(field.default is MISSING or value != field.default)


def decode(value: Any) -> Any:
    """What :func:`encode` has written.

    Raises:
        KeyError, TypeError, ValueError: for anything else.
    """
    if isinstance(value, str):
        return _decoded_text(value)
    if isinstance(value, list):
        return tuple(decode(each) for each in value)
    if not isinstance(value, dict):
        return value
    name = value.get("@")
    parts = {key: decode(each) for key, each in value.items() if key != "@"}
    if name is None:
        return parts
    if name == "set":
        return frozenset(parts["of"])
    if name == "TRUE":
        return TRUE
    if name == Expression.__name__:
        return Expression(**parts, text=expression_text(parts["root"]))
    return CLASSES[name](**parts)


def _decoded_text(text: str) -> object:
    if not text.startswith("@"):
        return text
    if found := _DAY.fullmatch(text):
        return date.fromisoformat(found[1])
    if found := _FRACTION.fullmatch(text):
        return Fraction(found[1])
    if text.startswith("@@"):
        return text[1:]
    name, _, member = text[1:].partition(".")
    return CLASSES[name][member]  # type: ignore[index]


def written(value: object) -> str:
    """Encoded JSON as text: what fits on a line stands on one."""
    return "\n".join(_lines(value, 0)) + "\n"


def _lines(value: object, depth: int) -> Iterator[str]:
    short = json.dumps(value, ensure_ascii=False)
    indent = "  " * depth
    if not isinstance(value, dict | list) or not value or len(short) + len(indent) <= WIDTH:
        yield indent + short
        return
    left, right = "{}" if isinstance(value, dict) else "[]"
    items = (
        [(f"{json.dumps(key, ensure_ascii=False)}: ", each) for key, each in value.items()]
        if isinstance(value, dict)
        else [("", each) for each in value]
    )
    yield indent + left
    for place, (head, each) in enumerate(items):
        lines = list(_lines(each, depth + 1))
        lines[0] = f"{indent}  {head}{lines[0].lstrip()}"
        lines[-1] += "," if place < len(items) - 1 else ""
        yield from lines
    yield indent + right
