"""The taxonomy in the words of the text (产业链分类): every leaf and product stands in a clause that classifies.

Why: enterprises are put under these words; a product that the text does not name classifies somebody by mistake.

Example: 产品: [半潜式深水网箱] where the text says 半潜式网箱.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.clause_text import ClauseText, read_clause_text
from duixian.checks.finding import finding
from duixian.errors import Problem
from duixian.rules.clause import ClauseKind
from duixian.rules.policy import City
from duixian.rules.target import Chain


def check_taxonomy(city: City) -> list[Problem]:
    """Chains, leaves and products that no classifying clause names, and leaves that stand twice."""
    problems: list[Problem] = []
    for policy in city.policies:
        # A chain gathers leaves from several clauses, so its words are looked for in all of them.
        texts = [read_clause_text(each.text) for each in policy.clauses if ClauseKind.TAXONOMY in each.kinds]
        for chain in policy.chains:
            problems += _words(chain, texts)
    return problems


def _words(chain: Chain, texts: list[ClauseText]) -> Iterator[Problem]:
    for branch in chain.branches:
        leaf = [text for text in texts if text.says(branch.name)]
        for product in branch.products:
            # The product must stand beside its leaf where the text has the leaf.
            if not any(text.says(product) for text in leaf or texts):
                yield finding(
                    "checks.product-not-in-text", chain.place, product, branch.name, clause=chain.clause
                )
        if not leaf:
            yield finding(
                "checks.leaf-not-in-text", chain.place, branch.name, chain.name, clause=chain.clause
            )
    if not any(text.says(chain.name) for text in texts):
        yield finding("checks.leaf-not-in-text", chain.place, chain.name, chain.tier, clause=chain.clause)
