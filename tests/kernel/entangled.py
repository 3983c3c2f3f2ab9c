"""A dossier that is really too entangled for the loop: one award more under one limit than it chooses among."""

from __future__ import annotations

from duixian.kernel.bounds import MOST_ALIVE
from duixian.rules.fact import Dossier, Fact
from duixian.rules.measure import Limit
from duixian.rules.policy import City
from tests.evaluate.build import award, city, dossier, measure, policy, question, row


def tied_city() -> City:
    """Two awards at most; facts of another title are nobody's."""
    one = measure("08", (row("a", 20, 称号="小巨人"),), limits=(Limit(("企业",), max_count=2),))
    return city(policy(one), questions=(question("问", ("甲", "乙"), "甲"),))


def tied_awards(count: int = MOST_ALIVE + 1) -> tuple[Fact, ...]:
    """So many awards that all want the two places."""
    return tuple(award(f"F{place:04}", "小巨人") for place in range(count))


def too_entangled() -> Dossier:
    """More than the loop chooses among."""
    return dossier(*tied_awards())
