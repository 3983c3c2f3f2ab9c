"""All static checks (全部检查), in the order in which an author would want to hear of them."""

from __future__ import annotations

from collections.abc import Callable

from duixian.checks.annotations import check_annotations
from duixian.checks.ceilings import check_ceilings
from duixian.checks.clause_kinds import check_clause_kinds
from duixian.checks.cliffs import check_cliffs
from duixian.checks.comparisons import check_comparisons
from duixian.checks.control_total import check_control_total
from duixian.checks.coverage import check_coverage
from duixian.checks.fair_competition import check_fair_competition
from duixian.checks.lattice import check_lattice
from duixian.checks.maximum import check_maximum
from duixian.checks.names_in_sentence import check_names_in_sentence
from duixian.checks.open_interpretations import check_open_interpretations
from duixian.checks.overlaps import check_overlaps
from duixian.checks.pairing import check_pairing
from duixian.checks.plan import check_plan
from duixian.checks.taxonomy import check_taxonomy
from duixian.checks.titles_in_text import check_titles_in_text
from duixian.checks.units import check_units
from duixian.checks.unreachable import check_unreachable
from duixian.checks.validity import check_validity
from duixian.checks.verbatim import check_verbatim
from duixian.errors import Problem, sorted_problems
from duixian.rules.policy import City

Check = Callable[[City], list[Problem]]
"""A check: a pure function of a city; what it finds is data."""

TEXT_CHECKS: tuple[Check, ...] = (
    check_verbatim,
    check_coverage,
    check_pairing,
    check_names_in_sentence,
    check_ceilings,
    check_comparisons,
    check_control_total,
    check_titles_in_text,
    check_clause_kinds,
    check_annotations,
)
"""Does every rule stand in the text, and every figure of the text in a rule?"""
RULE_CHECKS: tuple[Check, ...] = (
    check_units,
    check_unreachable,
    check_overlaps,
    check_validity,
    check_plan,
    check_taxonomy,
)
"""Do the rules make sense by themselves and together?"""
OUTLOOK: tuple[Check, ...] = (
    check_lattice,
    check_cliffs,
    check_maximum,
    check_open_interpretations,
    check_fair_competition,
)
"""What whoever signs the policy should know."""
CHECKS: tuple[Check, ...] = TEXT_CHECKS + RULE_CHECKS + OUTLOOK


def check_city(city: City) -> tuple[Problem, ...]:
    """Everything that the checks find in a city that was read without errors, by place."""
    return tuple(sorted_problems([problem for check in CHECKS for problem in check(city)]))
