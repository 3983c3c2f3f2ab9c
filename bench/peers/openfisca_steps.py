"""The law in OpenFisca by steps (按步骤): all measures of a document at once, each step a variable that looks its parameters up by title.

This is how an author writes who cares for speed above all: the number of measures costs nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core.model_api import max_, min_, not_, where  # type: ignore[import-untyped]

from bench.peers.openfisca_groups import Array, Groups
from bench.peers.openfisca_law import BY_YEAR, COUNTED, DOCUMENTS, SUMMED, Fact, by_recognition, own_name
from bench.peers.openfisca_variables import Formula, codes, days, of_category, tie_of, variable, years
from bench.world.columns import SOFTWARE_ABOVE_SIZE

_PROJECTS = COUNTED.index("A09") + 1


def steps(groups: Groups) -> list[Any]:
    """The variables from a title to what is given for it."""
    return [
        variable("is_first", Fact, bool, _is_first(groups)),
        variable("has_factory", Fact, bool, _has_factory(groups)),
        *(variable(f"project_claim_{letter}", Fact, float, _project_claim(letter)) for letter in DOCUMENTS),
        *(variable(f"claim_{letter}", Fact, float, _claim(letter)) for letter in DOCUMENTS),
        variable("gain", Fact, float, _gain),
        variable("is_chosen", Fact, bool, _is_chosen(groups)),
        variable("left", Fact, float, _left(groups)),
        variable("given_a", Fact, float, _given_a),
        variable("given_b", Fact, float, _given_b),
    ]


def _of_title(fact: Any, period: Any, node: Any, field: str) -> Array:
    """A parameter of each fact's title in its round."""
    table = by_recognition(node.recognitions, field)
    return np.asarray(table[codes(fact, "round", period), codes(fact, "recognition", period)])


def _is_first(groups: Groups) -> Formula:
    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        row = _of_title(fact, period, parameters(period).a, "first_row")
        return groups.is_first(fact, row + 1, fact("time", period))

    return formula


def _has_factory(groups: Groups) -> Formula:
    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        is_factory = _of_title(fact, period, parameters(period).a, "is_factory")
        day = days(fact, period)
        found: Array = groups.earliest(fact, is_factory, day) <= day
        return found

    return formula


def _claim(letter: str) -> Formula:
    """What a document would give for a fact, whatever else is given; 0 where nothing is due."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        node = parameters(period)[letter]
        is_software = np.asarray(fact.enterprise("size", period)) == SOFTWARE_ABOVE_SIZE
        is_due = (
            _of_title(fact, period, node, "pays")
            & (not_(_of_title(fact, period, node, "first_only")) | fact("is_first", period))
            & (not_(_of_title(fact, period, node, "needs_factory")) | fact("has_factory", period))
            & (not_(_of_title(fact, period, node, "needs_software")) | is_software)
            & not_(_of_title(fact, period, node, "may_be_barred") & fact("is_supported", period))
            & fact(f"in_force_{letter}", period)
        )
        amount = _of_title(fact, period, node, "amount").astype(np.float32)
        claim: Array = is_due * amount + fact(f"project_claim_{letter}", period)
        return claim

    return formula


def _project_claim(letter: str) -> Formula:
    """A share of what was invested, rounded down to the fen, up to the cap; 0 where nothing is due."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        pays, percent, cap, threshold = (
            of_category(fact, period, parameters, letter, each)
            for each in ("pays", "percent", "cap", "threshold")
        )
        invested = fact("invested", period)
        is_due = (
            pays
            & fact("is_invested_known", period)
            & (invested >= threshold)
            & not_(fact("is_supported", period))
            & fact(f"in_force_{letter}", period)
        )
        if letter == "a":
            is_due = is_due & fact("is_existing", period)
        claim: Array = is_due * min_(np.floor(invested * percent) / 100, cap)
        return claim

    return formula


def _gain(fact: Any, period: Any, _: Any) -> Array:
    """What giving the award under A adds, when it takes the place of the one under B."""
    claim = fact("claim_a", period)
    gain: Array = where(claim > 0, claim - fact("claim_b", period), 0)
    return gain


def _group(fact: Any, period: Any, parameters: Any, field: str, names: tuple[str, ...]) -> Array:
    """The limit that an award under A counts against, by year where it is a yearly one; 0 is none."""
    place = _of_title(fact, period, parameters(period).a, field)
    if field == "counted":
        place = where(fact("is_project", period), _PROJECTS, place)
    is_by_year = np.array([False, *(each in BY_YEAR for each in names)])[place]
    group: Array = where(fact("gain", period) > 0, place * 4 + is_by_year * years(fact, period), 0)
    return group


def _is_chosen(groups: Groups) -> Formula:
    """Whether an award is the one of a limit by number."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        group = _group(fact, period, parameters, "counted", COUNTED)
        chosen: Array = (group == 0) | groups.is_best(fact, group, fact("gain", period), tie_of(fact, period))
        return chosen

    return formula


def _left(groups: Groups) -> Formula:
    """What a limit by sum leaves to an award after those before it."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        group = _group(fact, period, parameters, "summed", SUMMED)
        limits = parameters(period).limits
        most = np.array([np.inf, *(limits[own_name(each)] for each in SUMMED)])[group >> 2]
        before = groups.sum_before(fact, group, fact("time", period), fact("claim_a", period))
        left: Array = max_(most - before, 0)
        return left

    return formula


def _given_a(fact: Any, period: Any, _: Any) -> Array:
    is_given = (fact("gain", period) > 0) & fact("is_chosen", period)
    given: Array = is_given * min_(fact("claim_a", period), fact("left", period))
    return given


def _given_b(fact: Any, period: Any, _: Any) -> Array:
    given: Array = (fact("given_a", period) == 0) * fact("claim_b", period)
    return given
