"""Cliffs (悬崖): what one fen more brings at a threshold, and from where on a cap takes the rest.

Why: at a threshold an enterprise gets everything or nothing, and will arrange its invoices accordingly; above the cap more
investment brings nothing. Both are the policy's own doing and worth knowing before it is signed.

Example: 有效投入额 >= 200万元 at 12%: 1999999.99元 gives nothing, 2000000.00元 gives 24万元; from 41666666.67元 on the cap of
500万元 binds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from duixian.checks.amount_at import amount_at, cap_binds_from, money_field, thresholds
from duixian.checks.finding import finding
from duixian.checks.selection import all_parts
from duixian.checks.walk import parts_within
from duixian.errors import Problem
from duixian.money import format_wan, format_yuan
from duixian.rules.expression import DecidedAs, FieldRef
from duixian.rules.measure import AwardRow, Measure, RateOfBase
from duixian.rules.policy import City


def check_cliffs(city: City) -> list[Problem]:
    """Every threshold of money with what it is worth, and every cap with where it begins to bind."""
    problems: list[Problem] = []
    for measure in city.measures:
        for row in measure.rows:
            problems += _jumps(row, measure, city)
            problems += _caps(row, measure, city)
    return problems


def _jumps(row: AwardRow, measure: Measure, city: City) -> Iterator[Problem]:
    parts = all_parts(row, measure, city.vocabulary.kinds[measure.kind])
    for field, least in thresholds(parts):
        at = amount_at(row, field, least, city.decisions)
        if not at:
            continue
        yield finding(
            "checks.cliff",
            row.place,
            format_yuan(least - 1),
            format_yuan(least),
            clause=measure.clause,
            row=row.id,
            measure=measure.name,
            field=field.field,
            jump=format_wan(at),
            options=_under_options(row, field, least, city),
        )


def _caps(row: AwardRow, measure: Measure, city: City) -> Iterator[Problem]:
    field = money_field(row)
    start = cap_binds_from(row, field, city.decisions) if field else None
    if field and start is not None and isinstance(row.amount, RateOfBase) and row.amount.cap_fen:
        yield finding(
            "checks.cap-binds",
            row.place,
            format_yuan(start),
            format_wan(row.amount.cap_fen),
            clause=measure.clause,
            row=row.id,
            measure=measure.name,
            field=field.field,
        )


def _under_options(row: AwardRow, field: FieldRef, fen: int, city: City) -> str:
    """What the threshold is worth under each option that does not hold: ``技改基数 = 超出部分：0万元``."""
    assert isinstance(row.amount, RateOfBase) or field
    base = row.amount.base.root if isinstance(row.amount, RateOfBase) else None
    questions = (
        {part.interpretation for part in parts_within(base) if isinstance(part, DecidedAs)} if base else set()
    )
    told = []
    for name in sorted(questions):
        for option in city.interpretations[name].options:
            if option != city.decisions[name]:
                other: Mapping[str, str] = {**city.decisions, name: option}
                amount = amount_at(row, field, fen, other)
                told.append(f"{name} = {option}：{'—' if amount is None else format_wan(amount)}")
    return "；".join(told) or "—"
