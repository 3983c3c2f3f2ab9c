"""The law in OpenFisca by measures (按事项): for each measure what it would give, and what it gives, as a country package is written.

Conditions on title, level and grade are read from the policies' rows; an author would write each of them out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core.model_api import max_, min_, not_, select, where  # type: ignore[import-untyped]

from bench.peers.openfisca_groups import Array, Groups
from bench.peers.openfisca_law import BY_YEAR, COUNTED, DOCUMENTS, GRADES, SUMMED, TITLES, Fact, name
from bench.peers.openfisca_variables import Formula, codes, days, tie_of, variable, years
from bench.peers.workload import FACTORY, FREE_OF_BAR, SOFTWARE, city
from bench.world.columns import AWARDED, RENEWED, SOFTWARE_ABOVE_SIZE
from bench.world.happenings import LEVELS
from duixian.rules.expression import Comparator
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.vocabulary import Round

_FIELDS: dict[str, tuple[str, list[str]]] = {
    "称号": ("title", TITLES),
    "级别": ("level", list(LEVELS)),
    "等级": ("grade", GRADES),
}
_RECOGNITION = "认定"


def measures(groups: Groups) -> list[Any]:
    """The variables from a title to what is given for it."""
    rows = [row for policy in city().policies for each in policy.measures for row in each.rows]
    first_rows = [row for row in rows if row.round is Round.FIRST]
    made = [
        variable("is_first", Fact, bool, _is_first(groups, first_rows)),
        variable("has_factory", Fact, bool, _has_factory(groups)),
    ]
    for letter, policy in zip(DOCUMENTS, city().policies, strict=True):
        given = _given_b if letter == "b" else _given_a(groups)
        for each in policy.measures:
            made.append(variable(f"{name(each.id)}_claim", Fact, float, _claim(letter, each)))
            made.append(variable(f"{name(each.id)}_given", Fact, float, given(each)))
        for what in ("claim", "given"):
            names = [f"{name(each.id)}_{what}" for each in policy.measures]
            made.append(variable(f"{what}_{letter}", Fact, float, _sum(names)))
    return made


def _fits(fact: Any, period: Any, row: AwardRow) -> Array:
    """Whether each fact's title, level and grade are those of a row."""
    found: Array | bool = True
    for each in row.selectors:
        field, known = _FIELDS[each.field]
        place, wanted = codes(fact, field, period), [known.index(text) for text in each.names]
        if each.comparator is Comparator.EQUAL:
            is_one = place == wanted[0]
            for other in wanted[1:]:
                is_one = is_one | (place == other)
            found = found & is_one
        else:
            found = found & (place >= wanted[0]) & (place < len(known))
    return np.asarray(found)


def _is_first(groups: Groups, rows: list[AwardRow]) -> Formula:
    """Whether a fact is the first of the enterprise that fits its 首次 row."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        row = select([_fits(fact, period, each) for each in rows], list(range(1, len(rows) + 1)), 0)
        return groups.is_first(fact, row, fact("time", period))

    return formula


def _has_factory(groups: Groups) -> Formula:
    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        place = codes(fact, "grade", period)
        is_factory = (codes(fact, "title", period) == TITLES.index("智能工厂")) & (
            place > GRADES.index("基础级")
        )
        day = days(fact, period)
        found: Array = groups.earliest(fact, is_factory & (place < len(GRADES)), day) <= day
        return found

    return formula


def _claim(letter: str, measure: Measure) -> Formula:
    """What a measure would give for a fact, whatever else is given; 0 where nothing is due."""
    if measure.kind != _RECOGNITION:
        return lambda fact, period, parameters: fact(f"project_claim_{letter}", period)

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        node, round_ = parameters(period).rows, codes(fact, "round", period)
        fits, amounts = [], []
        for row in measure.rows:
            is_round = round_ == (RENEWED if row.round is Round.RENEWED else AWARDED)
            if row.round is Round.FIRST:
                is_round = is_round & fact("is_first", period)
            fits.append(_fits(fact, period, row) & is_round)
            amounts.append(np.float32(node[name(row.id)]))
        is_due = fact(f"in_force_{letter}", period)
        if letter == "b" and measure.id != FREE_OF_BAR:
            is_due = is_due & not_(fact("is_supported", period))
        if measure.id == FACTORY:
            is_due = is_due & fact("has_factory", period)
        if measure.id == SOFTWARE:
            is_due = is_due & (np.asarray(fact.enterprise("size", period)) == SOFTWARE_ABOVE_SIZE)
        claim: Array = is_due * select(fits, amounts, np.float32(0))
        return claim

    return formula


def _sum(names: list[str]) -> Formula:
    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        total: Array = sum(fact(each, period) for each in names)
        return total

    return formula


def _given_b(measure: Measure) -> Formula:
    """A claim under the earlier document yields to a greater one; a project's to the one that is chosen under the later document."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        claim = fact(f"{name(measure.id)}_claim", period)
        if measure.kind == _RECOGNITION:
            given: Array = (claim >= fact("claim_a", period)) * claim
        else:
            given = (fact(f"{name('A09')}_given", period) == 0) * claim
        return given

    return formula


def _given_a(groups: Groups) -> Any:
    """A claim under the later document, when it is greater than the other, within the measure's limit."""

    def of(measure: Measure) -> Formula:
        def formula(fact: Any, period: Any, parameters: Any) -> Array:
            claim = fact(f"{name(measure.id)}_claim", period)
            gain = where(claim > 0, claim - fact("claim_b", period), 0)
            group = where(gain > 0, 1 + (years(fact, period) if measure.id in BY_YEAR else 0), 0)
            given: Array = (gain > 0) * claim
            if measure.id in COUNTED:
                given = groups.is_best(fact, group, gain, tie_of(fact, period)) * given
            if measure.id in SUMMED:
                before = groups.sum_before(fact, group, fact("time", period), claim)
                given = min_(given, max_(parameters(period).limits[name(measure.id)] - before, 0))
            return given

        return formula

    return of
