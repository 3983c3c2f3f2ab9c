"""What every form of a quantity shares: a pattern over normalised text and a reader of its matches."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from duixian.source.quantity import LabelKind, QuantityKind, Value


@dataclass(frozen=True, slots=True)
class Found:
    """Something recognised (识别结果), at offsets of the normalised text. A label has no value."""

    kind: QuantityKind | LabelKind
    value: Value | None
    start: int
    end: int


Reader: TypeAlias = Callable[[re.Match[str]], tuple[Found, ...] | None]

IMPOSSIBLE: tuple[Found, ...] = ()
"""What a reader returns when the form is clear and the value impossible (2025年2月30日): its digits stay unread."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One form that a quantity takes (写法).

    ``read`` returns None when the match is not what the pattern took it for: the next recogniser is tried.
    """

    pattern: re.Pattern[str]
    read: Reader


def recogniser(pattern: str, read: Reader) -> Recogniser:
    """A recogniser from the source of its pattern."""
    return Recogniser(re.compile(pattern), read)


def whole_match(kind: QuantityKind, value: Value, match: re.Match[str]) -> tuple[Found, ...]:
    """One quantity that fills the match."""
    return (Found(kind, value, *match.span()),)


def verbatim(kind: QuantityKind) -> Reader:
    """A reader for what is its own value: 一次性, 1+3+4."""
    return lambda match: whole_match(kind, match[0], match)


def label(kind: LabelKind) -> Reader:
    """A reader for numbers that measure nothing."""
    return lambda match: (Found(kind, None, *match.span()),)
