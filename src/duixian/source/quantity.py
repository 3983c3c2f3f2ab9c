"""What a quantity is (量): a kind, an exact value, and where it stands.

A rule and a text say the same when kind and value are equal: 1亿元 and 10000万元, 两项 and 2项, 2星 and 2星级.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias


class QuantityKind(StrEnum):
    """The kinds of quantity (量的种类), each with the type of its value."""

    MONEY = "金额"
    """``int``, fen."""
    PERCENT = "百分比"
    """``Fraction`` of the whole: 12%, 3‰, 百分之十二, 三分之二."""
    POINTS = "百分点"
    """``Fraction``: 5个百分点 is 1/20. A point is not a percent."""
    DATE = "日期"
    """``date``."""
    YEAR = "年份"
    """``int``."""
    MONTH = "年月"
    """``(year, month)``."""
    YEARLY_DAY = "月日"
    """``(month, day)`` of any year."""
    YEARLY_MONTH = "月份"
    """``int``, month of any year."""
    TERM = "期限"
    """:class:`Term`."""
    COUNT = "数量"
    """:class:`Count`."""
    GRADE = "级星"
    """:class:`Grade`."""
    RATIO = "比例"
    """The parts, two or more: 3:7 is ``(3, 7)``."""
    RANGE = "范围"
    """:class:`Range`."""
    ORDINAL = "序次"
    """:class:`Ordinal`."""
    MAGNITUDE = "量级"
    """``int``: 千亿级 is 10^11."""
    FORMULA = "记号"
    """``str``: the slogan itself, 1+3+4."""
    ONE_OFF = "一次性"
    """``str``: the word."""
    DOCUMENT = "文号"
    """``str``: 〔2025〕6号, without the code of the office before it."""


Number: TypeAlias = int | Fraction
"""An exact number; an ``int`` whenever it is whole."""


def whole_if_possible(number: Number) -> Number:
    """The same number, as an ``int`` when it is whole."""
    return number.numerator if number.denominator == 1 else number


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something (数量): 4个, 1.5万人 is 15000 人."""

    number: Number
    unit: str


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time (期限) in 月, 日, 工作日 or 小时: 2年 is 24 月, 两周 is 14 日."""

    length: Number
    unit: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A step on a scale (级、星): 二级 is 2 on 级, 2星级 is 2 on 星级, 一等奖 is 1 on 等奖."""

    step: Number
    scale: str


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A place in a row (序次): 第75次."""

    number: Number
    unit: str


Simple: TypeAlias = int | Fraction | date | str | Count | Term | Grade | Ordinal | tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """From one quantity to another of the same kind (范围), both included: 2—3个."""

    of: QuantityKind
    low: Simple
    high: Simple


Value: TypeAlias = Simple | Range


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity read from a text (量).

    ``written`` is the original without white space; ``start`` and ``end`` are offsets in the original; ``occurrence``
    counts, from 1, the equal quantities of that text.
    """

    kind: QuantityKind
    value: Value
    written: str
    start: int
    end: int
    occurrence: int

    @property
    def key(self) -> tuple[QuantityKind, Value]:
        """What is compared with a rule."""
        return self.kind, self.value


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity read from a rule (量的读数). ``occurrence`` is the 2 of ``40万元#2``, None when not said."""

    kind: QuantityKind
    value: Value
    occurrence: int | None

    @property
    def key(self) -> tuple[QuantityKind, Value]:
        """What is compared with the text."""
        return self.kind, self.value


class LabelKind(StrEnum):
    """Digits and numerals that measure nothing (标记)."""

    NAME = "名称"
    """Part of a name: CMMI3, V2X, 5G, 3C, GB/T 4754-2017."""
    NUMBER = "编号"
    """Numbering and references: （十一）, 1., 第三条, 附件2."""
    IDIOM = "习语"
    """A set phrase whose numeral counts nothing: 三位一体, 一件事."""


@dataclass(frozen=True, slots=True)
class Label:
    """A place where a number is no quantity (标记); offsets as in :class:`Quantity`."""

    kind: LabelKind
    written: str
    start: int
    end: int
