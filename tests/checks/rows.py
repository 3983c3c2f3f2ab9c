"""Real award rows, one by one, and cities in which a single row is another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from duixian.rules.measure import AwardRow, Measure
from duixian.rules.policy import City, Policy


def rows_of(city: City) -> Iterator[tuple[Policy, Measure, AwardRow]]:
    """Every row with its measure and document."""
    for policy in city.policies:
        for measure in policy.measures:
            for row in measure.rows:
                yield policy, measure, row


def with_row(city: City, policy: Policy, measure: Measure, old: AwardRow, new: AwardRow) -> City:
    """The city, narrowed to one measure in which one row is another."""
    rows = tuple(new if row is old else row for row in measure.rows)
    return replace(city, policies=(replace(policy, measures=(replace(measure, rows=rows),)),))
