"""口径 名称 = 选项: what an expression says about an open question (口径的选项)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duixian.rules.expression import Comparator, DecidedAs, Expr, Not
from duixian.source.report import listed, nearest
from duixian.source.syntax import Node, comparator_of, place_of, tokens_of, unquoted

if TYPE_CHECKING:
    from duixian.source.desk import Desk
    from duixian.source.yaml_tree import Excerpt


def read_answer(node: Node, excerpt: Excerpt, desk: Desk) -> Expr | None:
    """Whether an option holds; None (and a problem) when the question has no such option. The use is noted."""
    question_token, sign, option_token = tokens_of(node)
    name, option = str(question_token), unquoted(option_token)
    question = desk.question(name, place_of(question_token, excerpt))
    if question is None:
        return None
    if option not in question.options:
        place, near = place_of(option_token, excerpt), nearest(option, question.options)
        desk.problem("unknown-answer", place, option, listed(question.options), question=name, near=near)
        return None
    desk.uses.named_options.setdefault(name, set()).add(option)
    comparator = comparator_of(sign)
    if comparator not in {Comparator.EQUAL, Comparator.UNEQUAL}:
        desk.problem("wrong-comparison", place_of(sign, excerpt), str(sign), "= !=", type="口径")
        return None
    decided = DecidedAs(name, option)
    return decided if comparator is Comparator.EQUAL else Not(decided)
