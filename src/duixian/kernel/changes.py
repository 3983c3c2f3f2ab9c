"""Changes to a policy that a policy lab tries (政策参数变动): another ceiling, rate, threshold or limit of a measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from duixian.money import MAX_FEN
from duixian.rules.expression import Literal, Type
from duixian.rules.measure import AwardRow, FixedSum, Limit, Measure, RateOfBase


class Parameter(StrEnum):
    """What of a measure is changed (参数)."""

    CEILING = "最高"
    """The sum of a row, or the cap of its rate, in fen."""
    RATE = "比例"
    """The rate of a row, an exact fraction."""
    THRESHOLD = "门槛"
    """A sum or count that a condition of the measure or row compares with; ``was`` tells which."""
    LIMIT = "限额"
    """The money or number of awards that a limit leaves; ``was`` tells which when there are several."""


@dataclass(frozen=True, slots=True)
class Change:
    """One parameter with another value (参数变动): of a measure, or of one of its rows when ``row`` is named."""

    document: str
    measure: str
    parameter: Parameter
    value: int | Fraction
    row: str = ""
    was: int | None = None


class NothingToChange(ValueError):
    """The measure has no such row, sum, rate, threshold or limit (无此参数)."""


class NoSuchValue(ValueError):
    """A parameter cannot have this value (参数值越界)."""


def changed(measure: Measure, change: Change) -> Measure:
    """The measure with one parameter changed.

    Raises:
        NothingToChange: when nothing in it answers to the change.
        NoSuchValue: for a value below zero, or above all sums that are taken as input.
    """
    if not 0 <= change.value <= MAX_FEN:
        raise NoSuchValue(f"{change.measure} {change.row} {change.parameter}".strip())
    way = _WAYS[change.parameter]
    found = way(measure, change)
    # The parameter may have this value already; with another value something has to differ.
    if found == measure and way(measure, replace(change, value=change.value + 1)) == measure:
        raise NothingToChange(f"{change.measure} {change.row} {change.parameter}".strip())
    return found


def _rows(measure: Measure, change: Change, alter: Callable[[AwardRow], AwardRow]) -> Measure:
    rows = tuple(alter(row) if change.row in ("", row.id) else row for row in measure.rows)
    return replace(measure, rows=rows)


def _ceiling(measure: Measure, change: Change) -> Measure:
    def alter(row: AwardRow) -> AwardRow:
        if isinstance(row.amount, FixedSum):
            return replace(row, amount=replace(row.amount, fen=int(change.value)))
        if row.amount.cap_fen is None:
            return row
        return replace(row, amount=replace(row.amount, cap_fen=int(change.value)))

    return _rows(measure, change, alter)


def _rate(measure: Measure, change: Change) -> Measure:
    def alter(row: AwardRow) -> AwardRow:
        if isinstance(row.amount, RateOfBase):
            return replace(row, amount=replace(row.amount, rate=Fraction(change.value)))
        return row

    return _rows(measure, change, alter)


def _threshold(measure: Measure, change: Change) -> Measure:
    def alter(row: AwardRow) -> AwardRow:
        return replace(row, condition=_with_literal(row.condition, change))

    if not change.row:
        measure = replace(measure, condition=_with_literal(measure.condition, change))
    return _rows(measure, change, alter)


def _with_literal(node: Any, change: Change) -> Any:
    """A tree in which the number ``was`` is another one."""
    if isinstance(node, Literal):
        is_number = node.type in (Type.MONEY, Type.COUNT)
        return replace(node, value=int(change.value)) if is_number and node.value == change.was else node
    if isinstance(node, tuple):
        return tuple(_with_literal(part, change) for part in node)
    if is_dataclass(node) and not isinstance(node, type):
        return replace(
            node, **{each.name: _with_literal(getattr(node, each.name), change) for each in fields(node)}
        )
    return node


def _limit(measure: Measure, change: Change) -> Measure:
    def alter(limit: Limit) -> Limit:
        if limit.max_fen is not None and change.was in (None, limit.max_fen):
            return replace(limit, max_fen=int(change.value))
        if limit.max_count is not None and change.was in (None, limit.max_count):
            return replace(limit, max_count=int(change.value))
        return limit

    return replace(measure, limits=tuple(alter(limit) for limit in measure.limits))


_WAYS: dict[Parameter, Callable[[Measure, Change], Measure]] = {
    Parameter.CEILING: _ceiling,
    Parameter.RATE: _rate,
    Parameter.THRESHOLD: _threshold,
    Parameter.LIMIT: _limit,
}
