"""An expression under decisions carries nothing that they settle."""

from __future__ import annotations

import pytest

from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
    IfElse,
    Literal,
    Not,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.rules.folding import NO, YES, fold
from tests.evaluate.build import trigger

DECISIONS = {"问": "宽"}
HOLDS, FAILS = DecidedAs("问", "宽"), DecidedAs("问", "严")
A, B, C = (trigger(name, Type.FLAG) for name in "甲乙丙")
DAY, MONEY, YEAR = trigger("日期", Type.DATE), trigger("金额", Type.MONEY), trigger("年度", Type.YEAR)
OPTION = Contains(trigger("类别", Type.OPTIONS), ("储能",))


def chosen(then: Expr, otherwise: Expr) -> IfElse:
    return IfElse(HOLDS, then, otherwise)


@pytest.mark.parametrize(
    ("expr", "folded"),
    [
        (HOLDS, YES),
        (FAILS, NO),
        (A, A),
        (OPTION, OPTION),
        (All((HOLDS, A)), A),
        (All((A, HOLDS, B)), All((A, B))),
        (All((A, FAILS, B)), NO),
        (All((HOLDS, HOLDS)), YES),
        (All((A, All((B, C)))), All((A, B, C))),
        (All((A, Any((B, C)))), All((A, Any((B, C))))),
        (All((A, Any((HOLDS, B)))), A),
        (Any((FAILS, A)), A),
        (Any((A, FAILS, B)), Any((A, B))),
        (Any((A, HOLDS)), YES),
        (Any((FAILS, FAILS)), NO),
        (Any((A, Any((B, C)))), Any((A, B, C))),
        (Any((A, All((B, C)))), Any((A, All((B, C))))),
        (Not(HOLDS), NO),
        (Not(FAILS), YES),
        (Not(A), Not(A)),
        (Not(All((HOLDS, A))), Not(A)),
        (Not(All((FAILS, A))), YES),
        (chosen(A, B), A),
        (IfElse(FAILS, A, B), B),
        (IfElse(A, chosen(B, C), C), IfElse(A, B, C)),
        (IfElse(A, B, chosen(C, B)), IfElse(A, B, C)),
        (IfElse(All((A, HOLDS)), B, C), IfElse(A, B, C)),
        (Exists("认定", All((A, HOLDS))), Exists("认定", A)),
        (Compare(Comparator.AT_LEAST, chosen(MONEY, A), MONEY), Compare(Comparator.AT_LEAST, MONEY, MONEY)),
        (Compare(Comparator.BELOW, MONEY, chosen(YEAR, A)), Compare(Comparator.BELOW, MONEY, YEAR)),
        (Shift(chosen(DAY, A), 3, 5), Shift(DAY, 3, 5)),
        (Sum(chosen(MONEY, A), YEAR, -1), Sum(MONEY, YEAR, -1)),
        (Sum(YEAR, chosen(MONEY, A), 1), Sum(YEAR, MONEY, 1)),
        (YearOf(chosen(DAY, A)), YearOf(DAY)),
        (YearEnd(chosen(YEAR, A)), YearEnd(YEAR)),
    ],
)
def test_what_the_decisions_settle_is_left_out(expr: Expr, folded: Expr) -> None:
    assert fold(expr, DECISIONS) == folded


def test_a_flag_in_the_place_of_a_decision_is_no_decision() -> None:
    assert fold(Literal(5, Type.MONEY), DECISIONS) == Literal(5, Type.MONEY)
