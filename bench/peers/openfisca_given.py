"""The choice among measures in OpenFisca (择优变量): what each measure gives in the end, and the outcome that this makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openfisca_core.model_api import max_, min_, select, where  # type: ignore[import-untyped]

from bench.peers.lines import NOT_HIGHEST, OVER_LIMIT, PAYABLE
from bench.peers.openfisca_groups import Array, Groups
from bench.peers.openfisca_law import BY_YEAR, COUNTED, SUMMED, own_name
from bench.peers.openfisca_variables import Formula, tie_of, years
from bench.peers.workload import PROJECTS_A
from duixian.rules.measure import Measure


def given_b(measure: Measure) -> Formula:
    """A claim under the earlier document yields to a greater one; a project's to the one that is chosen under the later document."""

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        claim = fact(f"{own_name(measure.id)}_claim", period)
        if measure.kind == "认定":
            given: Array = (claim >= fact("claim_a", period)) * claim
        else:
            given = (fact(f"{own_name(PROJECTS_A)}_given", period) == 0) * claim
        return given

    return formula


def given_a(groups: Groups) -> Callable[[Measure], Formula]:
    """A claim under the later document, when it is greater than the other, within the measure's limit."""

    def of(measure: Measure) -> Formula:
        def formula(fact: Any, period: Any, parameters: Any) -> Array:
            claim = fact(f"{own_name(measure.id)}_claim", period)
            gain = where(claim > 0, claim - fact("claim_b", period), 0)
            group = where(gain > 0, 1 + (years(fact, period) if measure.id in BY_YEAR else 0), 0)
            given: Array = (gain > 0) * claim
            if measure.id in COUNTED:
                given = groups.is_best(fact, group, gain, tie_of(fact, period)) * given
            if measure.id in SUMMED:
                before = groups.sum_before(fact, group, fact("time", period), claim)
                given = min_(given, max_(parameters(period).limits[own_name(measure.id)] - before, 0))
            return given

        return formula

    return of


def outcome(letter: str, measure: Measure) -> Formula:
    """What became of a fact under a measure: as it stood, or by the choice."""
    other = "a" if letter == "b" else "b"

    def formula(fact: Any, period: Any, parameters: Any) -> Array:
        own = own_name(measure.id)
        standing = fact(f"{own}_standing", period)
        told: Array = select(
            [standing != PAYABLE, fact(f"{own}_given", period) > 0, fact(f"claim_{other}", period) > 0],
            [standing, PAYABLE, NOT_HIGHEST],
            OVER_LIMIT,
        )
        return told

    return formula
