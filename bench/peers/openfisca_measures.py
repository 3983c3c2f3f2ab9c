"""The law in OpenFisca by measures (按事项): six variables for each measure, as a country package is written, and whole results.

For each measure: the row that a fact fits, its ceiling, how it stands before the choice, what it claims, what it is given, and its outcome.
Conditions on title, level and grade are read from the policies' rows; an author would write each of them out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core.model_api import min_, select, where  # type: ignore[import-untyped]

from bench.peers.lines import INELIGIBLE, NONE, NOT_IN_FORCE, PAYABLE, UNKNOWN
from bench.peers.openfisca_given import given_a, given_b, outcome
from bench.peers.openfisca_groups import Array, Groups
from bench.peers.openfisca_law import DOCUMENTS, GRADES, TITLES, Fact, own_name
from bench.peers.openfisca_variables import Formula, codes, days, of_category, variable
from bench.peers.workload import FACTORY, FREE_OF_BAR, SOFTWARE, city
from bench.world.columns import AWARDED, RENEWED, SOFTWARE_ABOVE_SIZE
from bench.world.happenings import CATEGORIES, LEVELS
from duixian.rules.expression import Comparator
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.vocabulary import Round

NOT_ABOUT = 7
"""A measure that is not about a fact, among the codes of outcomes."""
_FIELDS: dict[str, tuple[str, list[str]]] = {
    "称号": ("title", TITLES),
    "级别": ("level", list(LEVELS)),
    "等级": ("grade", GRADES),
    "类别": ("category", list(CATEGORIES)),
}
_RECOGNITION = "认定"


def measures(groups: Groups) -> list[Any]:
    """The variables from a title to what is given for it."""
    rows = [row for each in every_measure() for row in each.rows]
    first_rows = [row for row in rows if row.round is Round.FIRST]
    made = [
        variable("is_first", Fact, bool, _is_first(groups, first_rows)),
        variable("has_factory", Fact, bool, _has_factory(groups)),
    ]
    for letter, policy in zip(DOCUMENTS, city().policies, strict=True):
        given = given_b if letter == "b" else given_a(groups)
        for each in policy.measures:
            own = own_name(each.id)
            is_of_titles = each.kind == _RECOGNITION
            ceiling = _ceiling_of_title(each) if is_of_titles else _ceiling_of_project(letter, each)
            made += [
                variable(f"{own}_row", Fact, int, _row(each)),
                variable(f"{own}_ceiling", Fact, float, ceiling),
                variable(f"{own}_standing", Fact, int, _standing(letter, each)),
                variable(f"{own}_claim", Fact, float, _claim(each)),
                variable(f"{own}_given", Fact, float, given(each)),
                variable(f"{own}_outcome", Fact, int, outcome(letter, each)),
            ]
        for what in ("claim", "given"):
            names = [f"{own_name(each.id)}_{what}" for each in policy.measures]
            made.append(variable(f"{what}_{letter}", Fact, float, _sum(names)))
    return made


def every_measure() -> list[Measure]:
    """All measures in document order."""
    return [each for policy in city().policies for each in policy.measures]


def results() -> list[str]:
    """What is asked for: everything that a line tells, of every measure; the shares are the fact's."""
    told = ("row", "ceiling", "outcome", "given")
    return [f"{own_name(each.id)}_{what}" for each in every_measure() for what in told]


def _fits(fact: Any, period: Any, row: AwardRow) -> Array:
    """Whether each fact's title, level and grade, or its category, are those of a row."""
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
        place, day = codes(fact, "grade", period), days(fact, period)
        is_factory = codes(fact, "title", period) == TITLES.index("智能工厂")
        is_factory = is_factory & (place > GRADES.index("基础级")) & (place < len(GRADES))
        found: Array = groups.earliest(fact, is_factory, day) <= day
        return found

    return formula


def _row(measure: Measure) -> Formula:
    """The place of the row that a fact fits, from 1: one of its round before one of the other; 0 is none."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        fits = [_fits(fact, period, row) for row in measure.rows]
        places = list(range(1, len(fits) + 1))
        if measure.kind == _RECOGNITION:
            round_ = codes(fact, "round", period)
            fits = [one & (round_ == _round(row)) for one, row in zip(fits, measure.rows, strict=True)] + fits
            places = places * 2
        row: Array = select(fits, places, 0)
        return row

    return formula


def _round(row: AwardRow) -> int:
    return RENEWED if row.round is Round.RENEWED else AWARDED


def _ceiling_of_title(measure: Measure) -> Formula:
    """The row's sum where its round and all conditions are met, -1 elsewhere."""
    rounds = np.array([NONE, *(_round(row) for row in measure.rows)])
    wants_first = np.array([False, *(row.round is Round.FIRST for row in measure.rows)])

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        node, row = parameters(period).rows, fact(f"{own_name(measure.id)}_row", period)
        meets = codes(fact, "round", period) == rounds[row]
        if wants_first.any():
            meets = meets & (~wants_first[row] | fact("is_first", period))
        if measure.id == FACTORY:
            meets = meets & fact("has_factory", period)
        if measure.id == SOFTWARE:
            meets = meets & (np.asarray(fact.enterprise("size", period)) == SOFTWARE_ABOVE_SIZE)
        amounts = np.array([NONE, *(node[own_name(each.id)] for each in measure.rows)], np.float32)
        ceiling: Array = where(meets, amounts[row], np.float32(NONE))
        return ceiling

    return formula


def _ceiling_of_project(letter: str, measure: Measure) -> Formula:
    """The rate of what was invested, rounded down to the fen, up to the cap; -1 below the threshold, or when it is unknown."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        percent, cap, threshold = (
            of_category(fact, period, parameters, letter, each) for each in ("percent", "cap", "threshold")
        )
        invested = fact("invested", period)
        meets = (fact(f"{own_name(measure.id)}_row", period) > 0) & fact("is_invested_known", period)
        meets = meets & (invested >= threshold)
        if letter == "a":
            meets = meets & fact("is_existing", period) & ~fact("is_supported", period)
        share = np.floor(invested * percent) / 100
        ceiling: Array = where(meets, min_(share, cap), np.float32(NONE))
        return ceiling

    return formula


def _standing(letter: str, measure: Measure) -> Formula:
    """The outcome as far as one fact under one measure settles it."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        own = own_name(measure.id)
        ceiling, row = fact(f"{own}_ceiling", period), fact(f"{own}_row", period)
        is_refused, alive = ceiling < 0, PAYABLE
        if measure.kind == _RECOGNITION:
            titles = {
                text
                for each in measure.rows
                for one in each.selectors
                if one.field == "称号"
                for text in one.names
            }
            is_about = np.isin(codes(fact, "title", period), [TITLES.index(each) for each in sorted(titles)])
        else:
            is_about = fact("is_project", period) if letter == "b" else row > 0
            is_waiting = ~fact("is_invested_known", period) & (row > 0)
            if letter == "a":
                is_waiting = is_waiting & fact("is_existing", period) & ~fact("is_supported", period)
            is_refused, alive = is_refused & ~is_waiting, where(is_waiting, UNKNOWN, PAYABLE)
        is_barred = fact("is_supported", period) & (letter == "b" and measure.id != FREE_OF_BAR)
        standing: Array = select(
            [~is_about, is_refused, ~fact(f"in_force_{letter}", period), is_barred],
            [NOT_ABOUT, INELIGIBLE, NOT_IN_FORCE, INELIGIBLE],
            alive,
        )
        return standing

    return formula


def _claim(measure: Measure) -> Formula:
    """What a measure would give for a fact, whatever else is given; 0 where nothing is due."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        own = own_name(measure.id)
        claim: Array = (fact(f"{own}_standing", period) == PAYABLE) * fact(f"{own}_ceiling", period)
        return claim

    return formula


def _sum(names: list[str]) -> Formula:
    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        total: Array = sum(fact(each, period) for each in names)
        return total

    return formula
