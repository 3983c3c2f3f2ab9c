"""The words of Duixian in Chinese and English: problems, traces and screens. Everything else carries codes and values."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from duixian.errors import Problem
from duixian.money import format_wan, format_yuan


class Language(StrEnum):
    """A language of the screens (语言). Domain words stay Chinese in both."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """A problem told to its author: what is wrong, why it matters, and one fix to try."""

    what: str
    why: str
    fix: str


class Line(Protocol):
    """Anything with a code and values: a line of a trace."""

    @property
    def code(self) -> str:
        """The stable code of the sentence."""
        ...

    @property
    def args(self) -> Sequence[object]:
        """The values that fill its blanks."""
        ...


_SEEN = {"zh-as2": ("（实际：{}）", 2), "en-as2": (" (found: {})", 2)}
"""Formats of a value that a condition met: its bracket, and the place of its type among the values of the line."""
_TAKEN = {"zh-taken": "，已取 {}", "en-taken": "; taken: {}"}
"""Formats of what was taken instead; nothing is said where earlier payments alone used all up."""
_ASKED = {
    Language.CHINESE: ("是否想写：{expected}", "没有相近的写法，请核对"),
    Language.ENGLISH: ("Did you mean: {expected}", "Nothing is near it; check the spelling"),
}
"""The part of a fix that proposes names, and what it says where there is none to propose."""


class _Words:
    """Fills a sentence; the format after the colon says what a value is: wan, yuan, rate, ratio, list, zh-as2, en-taken and the like.

    Its blanks are places of ``args``, or names of ``blanks``; a name that is not there is nothing.
    """

    def __init__(self, args: Sequence[object] = (), blanks: Mapping[str, object] | None = None) -> None:
        self.args, self.blanks = args, blanks or {}

    def fill(self, template: str) -> str:
        """The sentence with its blanks filled."""
        return "".join(
            part if blank is None else part + self._told(self._value(blank), spec)
            for part, blank, spec in _parts(template)
        )

    def _told(self, value: Any, format_spec: str) -> str:
        if format_spec in _SEEN:
            return self._seen(value, *_SEEN[format_spec])
        if format_spec in _TAKEN:
            return _TAKEN[format_spec].format(_list(value)) if value else ""
        if value is None:
            return "—"
        return _FORMATS.get(format_spec, _plain)(value)

    def _seen(self, value: Any, bracket: str, type_at: int) -> str:
        """The value that a condition met, in brackets; nothing where there is none to show."""
        if value is None:
            return ""
        return bracket.format(format_wan(value) if str(self.args[type_at]) == "金额" else _plain(value))

    def _value(self, blank: int | str) -> Any:
        return self.args[blank] if isinstance(blank, int) else self.blanks.get(blank, "")


@cache
def _parts(template: str) -> tuple[tuple[str, int | str | None, str], ...]:
    """What stands before each blank, the blank itself (none at the end), and its format: read once, since a template is told often."""
    return tuple(
        (part, int(blank) if blank is not None and blank.isdigit() else blank, spec or "")
        for part, blank, spec, _ in string.Formatter().parse(template)
    )


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return _list(value)
    return "—" if value is None else str(value)


def _list(value: Sequence[object]) -> str:
    return "、".join(_plain(each) for each in value)


def _ratio(value: tuple[int, int]) -> str:
    return f"{value[0]}:{value[1]}"


def percent(rate: Fraction) -> str:
    """A rate as a percentage, exact: ``12%``, ``0.5%``; a rate with no finite decimal as a fraction.

    >>> percent(Fraction(12, 100)), percent(Fraction(1, 200)), percent(Fraction(1, 3))
    ('12%', '0.5%', '1/3')
    """
    hundredths = rate * 100
    for decimals in range(7):
        scaled = hundredths * 10**decimals
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(decimals + 1, "0")
            return f"{digits[:-decimals]}.{digits[-decimals:]}%" if decimals else f"{digits}%"
    return f"{rate.numerator}/{rate.denominator}"


_FORMATS: Mapping[str, Callable[[Any], str]] = {
    "wan": format_wan,
    "yuan": format_yuan,
    "rate": percent,
    "ratio": _ratio,
    "list": _list,
}


@cache
def _table(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


@cache
def problem_catalogue() -> dict[str, dict[str, Any]]:
    """All problem codes with their words: code → {severity, zh: {what, why, fix}, en: {…}}."""
    folder = files(__package__) / "problems"
    catalogue: dict[str, dict[str, Any]] = {}
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".toml"):
            catalogue.update(tomllib.loads(entry.read_text(encoding="utf-8")))
    return catalogue


def problem_words(problem: Problem, language: Language = Language.CHINESE) -> ProblemWords:
    """The words of a problem, its blanks filled with what was found and expected."""
    words = dict(problem_catalogue()[problem.code][language.value])
    if not problem.expected:
        words["fix"] = words["fix"].replace(*_ASKED[language])
    blanks = {
        **problem.detail,
        "found": problem.found,
        "expected": problem.expected,
        "clause": problem.clause,
    }
    told = _Words(blanks=blanks)
    return ProblemWords(*(told.fill(words[part]) for part in ("what", "why", "fix")))


def trace_words(line: Line, language: Language = Language.CHINESE) -> str:
    """A line of a trace in words."""
    template: str = _table("trace.toml")[line.code][language.value]
    return _Words(line.args).fill(template)


def screen_words(code: str, language: Language = Language.CHINESE, **blanks: object) -> str:
    """A sentence or label of the screens and sheets."""
    template: str = _table("screen.toml")[code][language.value]
    return _Words(blanks=blanks).fill(template)
