"""Sums over the results (汇总): by clause, by area, by treasury, by outcome. Unknown amounts are counted, never added as zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from duixian.exchange.results.results import Results
from duixian.exchange.results.words import basis_words
from duixian.rules.determination import Determination, Outcome

K = TypeVar("K", bound=Hashable)
ClauseKey = tuple[str, str]
"""Document number and clause id."""


@dataclass(slots=True)
class Tally:
    """How many determinations a group has, and their money in fen (汇总行).

    ``ceiling_fen`` and ``amount_fen`` add up the payable ones: what their rows allow, and what is left after choice and limits.
    ``undivided_fen`` is the part of ``amount_fen`` whose bearer is not known (分担待定).
    """

    count: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    enterprises: set[str] = field(default_factory=set)
    ceiling_fen: int = 0
    amount_fen: int = 0
    city_fen: int = 0
    county_fen: int = 0
    undivided_fen: int = 0
    unknown: int = 0

    def add(self, each: Determination) -> None:
        """Count one determination."""
        self.count += 1
        self.outcomes[each.outcome] += 1
        self.enterprises.add(each.enterprise)
        self.unknown += each.amount_fen is None
        if each.outcome is Outcome.PAYABLE and each.amount_fen is not None:
            self.ceiling_fen += each.ceiling_fen or 0
            self.amount_fen += each.amount_fen
            self._divide(each, each.amount_fen)

    def _divide(self, each: Determination, amount: int) -> None:
        share = each.share
        if share is None or share.city_fen is None or share.county_fen is None:
            self.undivided_fen += amount
        else:
            self.city_fen += share.city_fen
            self.county_fen += share.county_fen


def tally(determinations: Iterable[Determination]) -> Tally:
    """All of them together."""
    whole = Tally()
    for each in determinations:
        whole.add(each)
    return whole


def tallies(determinations: Iterable[Determination], key: Callable[[Determination], K]) -> dict[K, Tally]:
    """One tally for each key, in the order in which keys come."""
    groups: dict[K, Tally] = {}
    for each in determinations:
        groups.setdefault(key(each), Tally()).add(each)
    return groups


def by_clause(results: Results) -> dict[ClauseKey, Tally]:
    """By document and clause, in the order of the texts; clauses that give something but met no fact are there with zero.

    Facts that no clause is about come last, under ``("", "")``.
    """
    found = tallies(results.determinations, lambda each: (each.document, each.clause))
    wanted = dict.fromkeys(
        (policy.number, measure.clause) for policy in results.city.policies for measure in policy.measures
    )
    return {key: found.get(key, Tally()) for key in (*wanted, *(key for key in found if key not in wanted))}


def by_area(results: Results) -> dict[str, Tally]:
    """By the enterprise's area, in the order of the region; "" for those whose area is missing."""
    found = tallies(results.determinations, lambda each: results.area_of(each.enterprise))
    order = {name: place for place, name in enumerate(results.city.region.areas)}
    return {name: found[name] for name in sorted(found, key=lambda name: (order.get(name, len(order)), name))}


def by_outcome(results: Results) -> Mapping[Outcome, Tally]:
    """By outcome, all seven of them."""
    found = tallies(results.determinations, lambda each: each.outcome)
    return {outcome: found.get(outcome, Tally()) for outcome in Outcome}


def by_basis(results: Results) -> dict[str, Tally]:
    """Payable awards by the rule that says who bears them."""
    payable = [each for each in results.determinations if each.outcome is Outcome.PAYABLE]
    found = tallies(payable, lambda each: basis_words(each, results.language))
    return dict(sorted(found.items()))
