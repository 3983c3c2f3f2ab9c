"""Ways through rules (遍历): every expression of a measure, every part of an expression, every option of a value."""

from __future__ import annotations

from collections.abc import Iterator

from duixian.rules.decided import Choice, Decided
from duixian.rules.expression import (
    All,
    Any,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
    Expression,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Shift,
    Sum,
    YearEnd,
    YearOf,
)
from duixian.rules.measure import Measure, RateOfBase


def parts_within(expr: Expr) -> Iterator[Expr]:
    """An expression and all its parts, outermost first."""
    yield expr
    for part in _children(expr):
        yield from parts_within(part)


def _children(expr: Expr) -> tuple[Expr, ...]:
    match expr:
        case All(parts=parts) | Any(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Compare(left=left, right=right) | Sum(left=left, right=right):
            return (left, right)
        case Contains(left=left):
            return (left,)
        case Exists(condition=condition):
            return (condition,)
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Shift(date=day) | YearOf(date=day):
            return (day,)
        case YearEnd(year=year):
            return (year,)
        case Literal() | FieldRef() | DecidedAs():
            return ()


def all_options(value: Decided[object]) -> tuple[object, ...]:
    """A plain value alone, or the values of all options."""
    return tuple(value.options.values()) if isinstance(value, Choice) else (value,)


def expressions_of(measure: Measure) -> Iterator[Expression]:
    """Every expression of a measure: scope, condition, dates under all options, and those of its rows."""
    yield measure.scope
    yield measure.condition
    for decided in (measure.event_date, measure.year):
        yield from (each for each in all_options(decided) if isinstance(each, Expression))
    for row in measure.rows:
        yield row.condition
        if isinstance(row.amount, RateOfBase):
            yield row.amount.base
