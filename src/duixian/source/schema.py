"""What a YAML value may hold (形状): one description, read by ``shape.py`` and turned into a JSON Schema by ``json_schema.py``.

A scalar says how its text is read and how it is described to an author; lists, records, maps and decided values are made
of scalars. Nothing here knows a single key of the language: those stand in ``block_schema.py`` and ``file_schema.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from duixian.dates import NotADate, read_date
from duixian.source.amounts import (
    read_count,
    read_growth_or_sum,
    read_money,
    read_rate,
    read_ratio,
    read_year,
)


class Wrong(ValueError):
    """The text is not what its key asks for."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value (单值). ``name`` tells an author what is expected; ``pattern`` and ``words`` tell an editor.

    ``read`` turns the text into a value, or raises ValueError.
    """

    name: str
    read: Callable[[str], object] = str
    words: tuple[str, ...] = ()
    pattern: str = ""
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """Several values (列表), at least ``least``; one alone may stand without brackets when ``may_be_single``."""

    item: Schema
    may_be_single: bool = True
    least: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record (键): what it holds, whether it must be there, and a word of help."""

    schema: Schema
    is_required: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordOf:
    """A mapping with fixed keys (记录)."""

    keys: Mapping[str, Key]
    name: str = ""


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping with free keys (映射), all values alike."""

    value: Schema


@dataclass(frozen=True, slots=True)
class Decided:
    """A value, or one value for each option of a 口径 (可决定的值)."""

    value: Schema


@dataclass(frozen=True, slots=True)
class Either:
    """A single value or a record (两种写法): 别名 is a word or a mapping, 决定 is 未决 or a mapping."""

    scalar: Scalar
    record: RecordOf


Schema: TypeAlias = Scalar | ListOf | RecordOf | MapOf | Decided | Either


def words(*choices: str) -> Scalar:
    """One of these words."""
    return Scalar("、".join(choices), _one_of(choices), choices)


def _one_of(choices: tuple[str, ...]) -> Callable[[str], object]:
    def read(text: str) -> object:
        if text not in choices:
            raise Wrong(text)
        return text

    return read


def _flag(text: str) -> object:
    if text not in {"是", "否"}:
        raise Wrong(text)
    return text == "是"


def _whole(text: str) -> object:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise Wrong(text)
    return int(text)


def _identifier(text: str) -> object:
    if not re.fullmatch(IDENTIFIER_PATTERN, text):
        raise Wrong(text)
    return text


def _day(text: str) -> object:
    try:
        return read_date(text)
    except NotADate as error:
        raise Wrong(text) from error


IDENTIFIER_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]*"
NAME_PATTERN = r"[^\s()（）\[\]{}=]+"


def _name(text: str) -> object:
    if not re.fullmatch(NAME_PATTERN, text):
        raise Wrong(text)
    return text


TEXT = Scalar("一段文字")
FREE_TEXT = Scalar("一段文字（可空）", may_be_empty=True)
NAME = Scalar("一个名称（无空格、括号、等号）", _name, pattern=NAME_PATTERN)
IDENTIFIER = Scalar("一个编号，如 A03a", _identifier, pattern=IDENTIFIER_PATTERN)
FLAG = Scalar("是 或 否", _flag, ("是", "否"))
WHOLE = Scalar("一个整数，如 6", _whole, pattern=r"[0-9]{1,6}")
DAY = Scalar("一个日期，如 2025年12月1日 或 2025-12-01", _day)
YEAR = Scalar("一个年份，如 2025年", read_year)
MONEY = Scalar("一笔金额，如 20万元", read_money)
RATE = Scalar("一个比例，如 12%", read_rate)
COUNT = Scalar("一个数量，如 一个、4个、1", read_count)
RATIO = Scalar("两份之比，如 3:7", read_ratio, pattern=r"[0-9]+\s*[:：]\s*[0-9]+")
TARGET_VALUE = Scalar("一个带单位的数，如 600亿元、15%、10家", read_growth_or_sum)
EXPRESSION = Scalar("一个表达式")
CONDITION = Scalar("一个条件")
TABLE = Scalar("一个表格，每行以 | 开头")
