"""Conditions and amounts as typed trees. Total: no loops, no user functions; every tree ends with a value or 未知."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from duixian.errors import NOWHERE, Place
from duixian.rules.fact import Value


class Type(StrEnum):
    """The type of an expression (类型); units never mix: 万元 is not 个, % is not a point."""

    FLAG = "是否"
    MONEY = "金额"
    COUNT = "数量"
    DATE = "日期"
    YEAR = "年度"
    TEXT = "文本"
    TITLE = "称号"
    LEVEL = "级别"
    GRADE = "等级"
    ROUND = "轮次"
    OPTION = "选项"
    OPTIONS = "多选"
    AREA = "地区"
    IDENTIFIER = "编号"


class Scope(StrEnum):
    """Whose field is read."""

    TRIGGER = "本"
    """The fact that triggered the measure."""
    CANDIDATE = "候选"
    """The fact looked at inside 有 …( … )."""
    ENTERPRISE = "企业"
    """The enterprise itself."""


class Comparator(StrEnum):
    """How two values compare (比较); levels and grades compare by rank."""

    EQUAL = "="
    UNEQUAL = "!="
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the rule (字面值), in fen for money."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A field of a fact (字段引用)."""

    scope: Scope
    field: str
    type: Type


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values of one type (比较)."""

    comparator: Comparator
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Contains:
    """Whether a field of several values holds a name (含), or a plain field is one of several names (属于)."""

    left: FieldRef
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All parts hold (且)."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds (或)."""

    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold (非)."""

    part: Expr


@dataclass(frozen=True, slots=True)
class Exists:
    """The dossier holds a fact of this kind that meets the condition (有 认定(…))."""

    kind: str
    condition: Expr


@dataclass(frozen=True, slots=True)
class DecidedAs:
    """The officer's option holds (口径 名称 = 选项)."""

    interpretation: str
    option: str


@dataclass(frozen=True, slots=True)
class IfElse:
    """One of two values (若 … 则 … 否则 …)."""

    condition: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class Shift:
    """A date some months and days later (日期 + 3个月)."""

    date: Expr
    months: int
    days: int


@dataclass(frozen=True, slots=True)
class Sum:
    """Money plus (or minus) money."""

    left: Expr
    right: Expr
    sign: int


@dataclass(frozen=True, slots=True)
class YearOf:
    """The calendar year of a date (年份(…))."""

    date: Expr


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The last day of a year (年末(…))."""

    year: Expr


Expr: TypeAlias = (
    Literal
    | FieldRef
    | Compare
    | Contains
    | All
    | Any
    | Not
    | Exists
    | DecidedAs
    | IfElse
    | Shift
    | Sum
    | YearOf
    | YearEnd
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A typed tree with the words it was written in, as shown in traces (表达式)."""

    root: Expr
    type: Type
    text: str
    place: Place = NOWHERE


TRUE = Expression(Literal(True, Type.FLAG), Type.FLAG, "")
"""The condition of a measure that has none."""


def type_of(expr: Expr) -> Type:
    """The type of a tree that was checked when it was read."""
    match expr:
        case Literal(type=type_) | FieldRef(type=type_):
            return type_
        case Shift() | YearEnd():
            return Type.DATE
        case YearOf():
            return Type.YEAR
        case Sum():
            return Type.MONEY
        case IfElse(then=then):
            return type_of(then)
    return Type.FLAG
