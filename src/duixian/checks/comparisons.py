"""Thresholds as the text counts them (以上、以下、超过、不足): 以上 and 不低于 include the figure, 超过 and 不足 do not.

Why: 民法典 第一千二百五十九条 says which words include the number; one project of exactly 200万元 hangs on it.

Example: the text says 投入额200万元以上, and the condition says 投入额 > 200万元.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from duixian.checks.anchor import anchors_of
from duixian.checks.clause_text import ClauseText, read_clause_text
from duixian.checks.finding import finding
from duixian.checks.possible import as_number
from duixian.checks.walk import parts_within
from duixian.errors import Place, Problem
from duixian.rules.clause import Clause
from duixian.rules.expression import TRUE, Comparator, Compare, Expression, Literal, Type
from duixian.rules.measure import Measure
from duixian.rules.policy import City
from duixian.source.quantity import Quantity, QuantityKind

BEFORE: tuple[tuple[str, Comparator], ...] = (
    ("不低于", Comparator.AT_LEAST),
    ("不少于", Comparator.AT_LEAST),
    ("不小于", Comparator.AT_LEAST),
    ("达到", Comparator.AT_LEAST),
    ("不超过", Comparator.AT_MOST),
    ("不高于", Comparator.AT_MOST),
    ("不大于", Comparator.AT_MOST),
    ("超过", Comparator.ABOVE),
    ("高于", Comparator.ABOVE),
    ("大于", Comparator.ABOVE),
    ("低于", Comparator.BELOW),
    ("不足", Comparator.BELOW),
    ("不满", Comparator.BELOW),
    ("未满", Comparator.BELOW),
)
"""Words in front of the figure, the longer ones first: 不超过 is not 超过."""
BEHIND: tuple[tuple[str, Comparator], ...] = (
    ("以上", Comparator.AT_LEAST),
    ("及以上", Comparator.AT_LEAST),
    ("(含)以上", Comparator.AT_LEAST),
    ("以下", Comparator.AT_MOST),
    ("及以下", Comparator.AT_MOST),
    ("以内", Comparator.AT_MOST),
)
_BRACKET = re.compile(r"\((?!含|及)[^()]*\)")


def check_comparisons(city: City) -> list[Problem]:
    """Conditions on money that include the figure where the text does not, or the reverse."""
    problems: list[Problem] = []
    for policy in city.policies:
        clauses = {clause.id: clause for clause in policy.clauses}
        for measure in policy.measures:
            problems += _check(measure, clauses[measure.clause])
    return problems


def _check(measure: Measure, clause: Clause) -> Iterator[Problem]:
    text = read_clause_text(clause.text)
    for expression in _conditions(measure):
        for part in parts_within(expression.root):
            match part:
                case Compare(comparator=comparator, right=Literal(type=Type.MONEY) as right):
                    said = [said_of(text, each) for each in _quantities(clause, as_number(right))]
                    known = [(word, wanted) for word, wanted in (one for one in said if one)]
                    if known and comparator not in {wanted for _, wanted in known}:
                        words = "、".join(dict.fromkeys(word for word, _ in known))
                        yield finding(
                            "checks.threshold-word",
                            _place_of(as_number(right), expression, clause),
                            comparator.value,
                            known[0][1].value,
                            clause=clause.id,
                            measure=measure.id,
                            words=words,
                        )


def _conditions(measure: Measure) -> Iterator[Expression]:
    everything = (measure.scope, measure.condition, *(row.condition for row in measure.rows))
    return (each for each in everything if each is not TRUE)


def _place_of(fen: int, expression: Expression, clause: Clause) -> Place:
    """Where the condition writes the figure."""
    lines = range(expression.place.line, expression.place.end_line + 1)
    written = (each.place for each in clause.bindings if each.value == fen and each.place.line in lines)
    return next(written, expression.place)


def _quantities(clause: Clause, fen: int) -> tuple[Quantity, ...]:
    """The places of the text that a threshold of so many fen is bound to."""
    return tuple(
        dict.fromkeys(
            quantity
            for anchor in anchors_of(clause)
            if anchor.binding.kind == QuantityKind.MONEY.value and anchor.binding.value == fen
            for quantity in anchor.covered
        )
    )


def said_of(text: ClauseText, quantity: Quantity) -> tuple[str, Comparator] | None:
    """The word of comparison around a figure, and what it means; None when there is none."""
    start, end = text.sentence_at(quantity.start)
    before = text.words[start : text.index_of(quantity.start)]
    behind = _BRACKET.sub("", text.words[text.index_of(quantity.end) : end])
    for word, comparator in BEFORE:
        if before.endswith(word):
            return word, comparator
    return next((each for each in BEHIND if behind.startswith(each[0])), None)
