"""The most that one enterprise can get in a year (年度最高): every award with its limits, per document and together.

Why: the treasury asks it first, and "没有上限" is an answer too. The sum is an upper bound under the decisions that hold:

- an award counts as often as its limits allow; 首次 counts once; a title is obtained once a year and not renewed as well;
- rungs of a ladder count together only where each is paid in full (全额);
- what is counted per project, product or software has no bound per enterprise unless a limit gives one: it is listed with
  its sum for each, and left out of the total.

Example: 专精特新 at most 80 + 60 + 20万元, 软件产品评估证书 at most 20万元 a year, 首版次软件 40万元 for each and without bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from duixian.checks.finding import finding, lines
from duixian.checks.units import most_of
from duixian.errors import NOWHERE, Place, Problem
from duixian.money import format_wan
from duixian.rules.decided import resolve
from duixian.rules.house_words import PER_ENTERPRISE, PER_ROW, PER_YEAR
from duixian.rules.measure import AwardRow, FirstAmong, Limit, Measure, Promotion
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FieldType, Round

_BOUNDED = frozenset({PER_ENTERPRISE, PER_YEAR, PER_ROW})


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one row can give an enterprise in a year (年度贡献).

    ``times`` is how often it can be paid, None without bound; ``each_fen`` the most of one award, None without a cap;
    ``per`` says what is counted where there is no bound.
    """

    row: AwardRow
    measure: Measure
    times: int | None
    each_fen: int | None
    per: str = ""

    @property
    def fen(self) -> int | None:
        """The most of the row in a year; None without bound."""
        return None if self.times is None or self.each_fen is None else self.times * self.each_fen


@dataclass(frozen=True, slots=True)
class MeasureMaximum:
    """The most that a measure can give an enterprise in a year (事项年度最高); ``fen`` leaves unbounded rows out."""

    measure: Measure
    fen: int
    unbounded: tuple[Contribution, ...]


def check_maximum(city: City) -> list[Problem]:
    """The yearly maximum of each document, and of all together."""
    problems, total = [], 0
    for policy in city.policies:
        if policy.measures:
            maxima = yearly_maximum(policy, city)
            total += _note_sum(maxima, policy, city)
            problems.append(_note(policy, maxima, city))
    if len(problems) > 1:
        place = Place(city.policies[0].file) if city.policies[0].file else NOWHERE
        numbers = "、".join(policy.number for policy in city.policies)
        problems.append(finding("checks.maximum-together", place, format_wan(total), documents=numbers))
    return problems


def yearly_maximum(policy: Policy, city: City) -> tuple[MeasureMaximum, ...]:
    """The yearly maximum of every measure of a document, each by itself."""
    found = []
    for measure in policy.measures:
        contributions = [_contribution(row, measure, city) for row in measure.rows]
        fen = _best(contributions, city)
        capped = _sum_limit(measure, city)
        bounded = fen if capped is None else capped if any(c.fen is None for c in contributions) else min(fen, capped)
        unbounded = () if capped is not None else tuple(each for each in contributions if each.fen is None)
        found.append(MeasureMaximum(measure, bounded, unbounded))
    return tuple(found)
