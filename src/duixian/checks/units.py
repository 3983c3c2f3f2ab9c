"""Amounts that cannot be meant (金额与比例): a rate beyond 100%, a cap that always or never binds, a limit below a row.

Why: the reader already refuses 万元 where 个 is due. What is left are figures of the right unit and the wrong size: a lost
zero, a percent for a permille, a cap and a threshold that contradict each other.

Example: 12% of at least 200万元 with a cap of 20万元: every project gets 20万元 and the rate means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.amount_at import amount_at, money_field, thresholds
from duixian.checks.finding import finding
from duixian.checks.possible import as_number
from duixian.checks.selection import all_parts
from duixian.errors import Problem
from duixian.money import format_wan
from duixian.rules.expression import All, Comparator, Compare, Expr, FieldRef, Literal
from duixian.rules.measure import AwardRow, FixedSum, Measure, RateOfBase
from duixian.rules.policy import City
from duixian.wording import percent


def check_units(city: City) -> list[Problem]:
    """Rates, caps, sums and limits that contradict each other or themselves."""
    problems: list[Problem] = []
    for measure in city.measures:
        for row in measure.rows:
            problems += _sizes(row, measure)
            problems += _cap(row, measure, city)
        problems += _limits(measure)
    return problems


def _sizes(row: AwardRow, measure: Measure) -> Iterator[Problem]:
    amount = row.amount
    sums = [amount.fen] if isinstance(amount, FixedSum) else [amount.cap_fen]
    if any(each is not None and each <= 0 for each in sums):
        yield finding("checks.amount-zero", row.place, "0", clause=measure.clause, row=row.id)
    if isinstance(amount, RateOfBase):
        if not 0 < amount.rate <= 1:
            found = percent(amount.rate)
            yield finding(
                "checks.rate-out-of-range", row.place, found, "0%—100%", clause=measure.clause, row=row.id
            )
        if amount.is_exact and amount.cap_fen is not None:
            cap = format_wan(amount.cap_fen)
            yield finding("checks.cap-on-exact", row.place, cap, clause=measure.clause, row=row.id)


def _cap(row: AwardRow, measure: Measure, city: City) -> Iterator[Problem]:
    """A cap against what the conditions leave possible."""
    field, amount = money_field(row), row.amount
    if field is None or not isinstance(amount, RateOfBase) or not amount.cap_fen:
        return
    parts = all_parts(row, measure, city.vocabulary.kinds[measure.kind])
    least = max((fen for bounded, fen in thresholds(parts) if bounded == field), default=0)
    most = min((fen for bounded, fen in _upper_bounds(parts) if bounded == field), default=None)
    cap = format_wan(amount.cap_fen)
    if most is not None and most < least:
        return  # a contradiction, told elsewhere
    if least and amount_at(row, field, least, city.decisions) == amount.cap_fen:
        yield finding(
            "checks.cap-always-binds", row.place, cap, format_wan(least), clause=measure.clause, row=row.id
        )
    if most is not None and (amount_at(row, field, most, city.decisions) or 0) < amount.cap_fen:
        yield finding(
            "checks.cap-never-binds", row.place, cap, format_wan(most), clause=measure.clause, row=row.id
        )


def _upper_bounds(parts: tuple[Expr, ...]) -> Iterator[tuple[FieldRef, int]]:
    for part in parts:
        match part:
            case All(parts=inner):
                yield from _upper_bounds(inner)
            case Compare(
                comparator=Comparator.AT_MOST | Comparator.BELOW as comparator,
                left=FieldRef() as left,
                right=Literal(value=int()) as right,
            ):
                yield left, as_number(right) - (comparator is Comparator.BELOW)


def _limits(measure: Measure) -> Iterator[Problem]:
    for limit in measure.limits:
        size = limit.max_fen if limit.max_fen is not None else limit.max_count
        if size is not None and size <= 0:
            yield finding("checks.amount-zero", limit.place, str(size), clause=measure.clause, row=measure.id)
        if not limit.max_fen:
            continue
        for row in measure.rows:
            most = most_of(row)
            if (not limit.rows or row.id in limit.rows) and most is not None and limit.max_fen < most:
                yield finding(
                    "checks.limit-below-row",
                    limit.place,
                    format_wan(limit.max_fen),
                    format_wan(most),
                    clause=measure.clause,
                    row=row.id,
                )


def most_of(row: AwardRow) -> int | None:
    """The most that one award of the row can be, in fen; None without a cap."""
    return row.amount.fen if isinstance(row.amount, FixedSum) else row.amount.cap_fen
