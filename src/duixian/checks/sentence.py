"""The very sentence of the official text that an award rests on (原文引句)."""

from __future__ import annotations

from duixian.checks.anchor import Anchor, anchors_of
from duixian.checks.clause_text import read_clause_text
from duixian.rules.clause import Clause
from duixian.rules.determination import Determination
from duixian.rules.measure import AwardRow, FixedSum, RateOfBase
from duixian.rules.policy import City


def sentence_of(city: City, determination: Determination) -> str:
    """The sentence that carries the amount of the row, else the whole clause; "" where no clause is meant."""
    if not determination.document:
        return ""
    policy = city.policy(determination.document)
    clause = policy.clause(determination.clause)
    for measure in policy.measures:
        row = measure.rows_by_id.get(determination.row)
        if measure.id == determination.measure_id and row is not None:
            return row_sentence(clause, row)
    return one_line(clause.text)


def row_sentence(clause: Clause, row: AwardRow) -> str:
    """The sentence of a row's amount; the whole clause where that place is not certain."""
    anchors = [
        each for each in anchors_of(clause) if each.binding.row == row.id and each.quantity is not None
    ]
    if not anchors:
        return one_line(clause.text)
    best = next((each for each in anchors if each.binding.value in _amounts(row)), anchors[0])
    return one_line(_sentence(clause, best))


def one_line(text: str) -> str:
    """A text without headings and line ends, which are the page's and not the sentence's."""
    lines = (part.strip() for part in text.splitlines())
    return "".join(line.removeprefix("- ") for line in lines if not line.startswith("#"))


def _sentence(clause: Clause, anchor: Anchor) -> str:
    assert anchor.quantity is not None
    text = read_clause_text(clause.text)
    start, end = text.sentence_at(anchor.quantity.start)
    return clause.text[text.origin[start] : text.origin[end - 1] + 1]


def _amounts(row: AwardRow) -> tuple[object, ...]:
    match row.amount:
        case FixedSum(fen=fen):
            return (fen,)
        case RateOfBase(rate=rate, cap_fen=cap):
            return (rate, cap)
