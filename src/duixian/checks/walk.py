"""Ways through rules (遍历): every expression of a measure, every part of an expression, every value a 口径 decides."""

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
from duixian.rules.policy import Policy


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


def decided_in(measure: Measure) -> Iterator[Decided[object]]:
    """Every value of a measure that a 口径 may decide."""
    yield from (measure.event_date, measure.year, measure.delivery)
    yield from (limit.per for limit in measure.limits)
    for ladder in measure.ladders:
        yield from (ladder.per, ladder.promotion)
    history = measure.history
    yield from (history.first_among, history.first_per, history.again)


def decided_of(policy: Policy) -> Iterator[Decided[object]]:
    """Every value of a document, outside its measures, that a 口径 may decide."""
    yield from (policy.validity.first_day, policy.validity.last_day)
    if policy.cumulation:
        rule = policy.cumulation
        yield from (rule.same_matter, rule.reach, rule.after_payment)
    yield from (exclusion.exempt for exclusion in policy.exclusions)
    yield from (share.remainder for share in policy.shares)
