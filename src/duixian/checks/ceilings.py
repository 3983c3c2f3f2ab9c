"""A ceiling is not an amount (上限与定额): 最高 and 不超过 make a ceiling, a sum without them is exact.

Why: under a ceiling the city may pay less; an exact sum is owed. Writing one for the other gives away money or withholds it,
and no figure looks wrong.

Example: the text gives 分别给予50万元、20万元, and the table has a column 最高.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duixian.checks.anchor import Anchor
from duixian.checks.clause_text import read_clause_text
from duixian.checks.finding import finding
from duixian.checks.pairing import amount_anchors
from duixian.errors import Problem
from duixian.rules.clause import Clause
from duixian.rules.measure import AwardRow, FixedSum, Measure, RateOfBase
from duixian.rules.policy import City
from duixian.source.quantity import Quantity, QuantityKind

CEILING_WORDS = ("最高", "不超过", "不高于", "至多", "上限", "以内", "以下")
_PIECE_ENDS = re.compile(r"[,。;:!?]")


def check_ceilings(city: City) -> list[Problem]:
    """Sums and rates that the text caps and the rule pays in full, or the reverse."""
    problems: list[Problem] = []
    for policy in city.policies:
        clauses = {clause.id: clause for clause in policy.clauses}
        for measure in policy.measures:
            problems += _check(measure, clauses[measure.clause])
    return problems


def _check(measure: Measure, clause: Clause) -> Iterator[Problem]:
    text = read_clause_text(clause.text)
    for row, anchor, quantity in _main_figures(measure, clause):
        start, end = text.sentence_at(quantity.start)
        before = text.words[start : text.index_of(quantity.start)]
        behind = text.words[text.index_of(quantity.end) : end]
        near = _PIECE_ENDS.split(before)[-1]
        is_ceiling = _has_ceiling_word(near) or behind.startswith(CEILING_WORDS)
        # 最高不超过80万元，复评的15万元 leaves open what the second is; and a cap makes a ceiling of a plain rate.
        is_open = _has_ceiling_word(before) or (
            isinstance(row.amount, RateOfBase) and row.amount.cap_fen is not None
        )
        if is_ceiling is row.amount.is_exact and (is_ceiling or not is_open):
            code = "checks.ceiling-as-exact" if is_ceiling else "checks.exact-as-ceiling"
            found = near + quantity.written
            yield finding(
                code, anchor.binding.place, anchor.binding.written, found, clause=clause.id, row=row.id
            )


def _has_ceiling_word(words: str) -> bool:
    return any(word in words for word in CEILING_WORDS)


def _main_figures(measure: Measure, clause: Clause) -> Iterator[tuple[AwardRow, Anchor, Quantity]]:
    """The sum of each row, or its rate."""
    for kind, column in ((FixedSum, QuantityKind.MONEY), (RateOfBase, QuantityKind.PERCENT)):
        for row, anchor, quantity in amount_anchors(measure, clause, column.value):
            if isinstance(row.amount, kind):
                yield row, anchor, quantity
