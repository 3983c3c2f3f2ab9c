"""Probes answer only where the other option could matter: a question that cannot touch a fact costs nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.rulebook import Option, RuleBook
from duixian.evaluate.way import decide_alone
from duixian.rules.asking import interpretations_in
from duixian.rules.decided import Choice
from duixian.rules.expression import All, DecidedAs, IfElse, Literal, Not, Shift, Sum, Type, YearOf
from duixian.rules.expression import Any as AnyOf
from duixian.rules.fact import Fact
from duixian.rules.measure import Again, History, Limit, Measure
from duixian.rules.policy import City, Exclusion, Policy, Remainder, ShareRule
from tests.evaluate.build import (
    KINDS,
    WAN,
    at_least,
    award,
    city,
    dossier,
    expression,
    fact,
    has_factory,
    measure,
    policy,
    project,
    question,
    rate_row,
    row,
    trigger,
    upper_support,
)

LENIENT = DecidedAs("问", "宽")
STOCK = trigger("存量企业", Type.FLAG)
DAY = trigger("竣工日期", Type.DATE)
BASE = trigger("有效投入额", Type.MONEY)
SUPPORT = fact("上级支持", "S", 事实编号="P", 级别="省级", 日期=date(2026, 1, 1))


def choice(lenient: Any, strict: Any) -> Any:
    return Choice("问", {"宽": lenient, "严": strict})


def invest(**keywords: Any) -> Measure:
    rows = keywords.pop("rows", (rate_row("a", 12, 500),))
    return measure("09", rows, kind="投资项目", **keywords)


def book(*policies: Policy) -> RuleBook:
    return RuleBook(city(*policies, questions=(question("问", ("宽", "严"), "宽"),)))


def options(*policies: Policy) -> tuple[Option, ...]:
    here = book(*policies)
    return here.options(here.programs[0])


def answers(rules: Policy, *facts: Fact) -> list[bool]:
    """Whether the probes of the one open option answer, fact by fact."""
    here = book(rules)
    (program,) = here.programs
    (option,) = here.options(program)
    view = DossierView(dossier(*facts), KINDS, date(2028, 12, 31))
    found = []
    for each in facts:
        if each.kind == program.measure.kind:
            candidate = decide_alone(program, each, view)
            assert candidate is not None
            found.append(any(probe(candidate, view) for probe in option.probes))
    return found


P, Q, R = project("P", 300, 存量企业=True), project("Q", 150, 存量企业=False), project("R", 300)


def test_a_condition_is_probed_by_what_it_gives() -> None:
    assert answers(policy(invest(condition=AnyOf((LENIENT, STOCK)))), P, Q, R) == [False, True, True]
    both = All((at_least("有效投入额", 200 * WAN), AnyOf((LENIENT, STOCK))))
    assert answers(policy(invest(condition=both)), P, Q, R) == [False, True, True]


def test_the_parts_of_a_condition_that_both_options_share_are_not_asked() -> None:
    unknown_anyway = project("U", None, 存量企业=True)
    shared = All((at_least("有效投入额", 200 * WAN), AnyOf((LENIENT, STOCK))))
    assert answers(policy(invest(condition=shared)), unknown_anyway) == [False]


def test_a_condition_matters_only_to_a_fact_that_has_a_row() -> None:
    rows = (row("a", 9, 称号="小巨人", 级别="省级"),)
    rule = policy(measure("03", rows, condition=AnyOf((LENIENT, has_factory()))))
    assert answers(rule, award("F", "小巨人", 级别="市级"), award("G", "小巨人", 级别="省级")) == [
        False,
        True,
    ]


def test_two_conditions_that_lack_the_same_fields_do_not_differ() -> None:
    both_ways = AnyOf((All((LENIENT, STOCK)), All((DecidedAs("问", "严"), Not(STOCK)))))
    assert answers(policy(invest(condition=both_ways)), R, P) == [False, True]


def test_conditions_that_lack_other_fields_differ() -> None:
    one_or_both = All((STOCK, AnyOf((LENIENT, at_least("有效投入额", 200 * WAN)))))
    assert answers(policy(invest(condition=one_or_both)), project("U", None)) == [True]


def test_a_scope_is_probed_on_the_facts_inside_of_it() -> None:
    assert answers(policy(invest(scope=AnyOf((LENIENT, STOCK)))), P, Q, R) == [False, True, True]


def test_a_row_is_probed_by_its_own_condition_and_title() -> None:
    rows = (
        row("a", 9, 称号="小巨人", condition=AnyOf((LENIENT, has_factory()))),
        row("b", 4, 称号="中小企业"),
    )
    rule = policy(measure("11", rows))
    without = (award("F", "小巨人"), award("G", "中小企业"))
    assert answers(rule, *without) == [True, False]
    assert answers(rule, *without, award("H", "智能工厂", "2026-01-01", 等级="卓越级"))[:2] == [False, False]


def test_a_row_is_probed_by_its_base() -> None:
    base = IfElse(LENIENT, BASE, Sum(BASE, Literal(0, Type.MONEY), 1))
    less = IfElse(LENIENT, BASE, Sum(BASE, Literal(WAN, Type.MONEY), -1))
    assert answers(policy(invest(rows=(rate_row("a", 12, 500, base),))), P, R) == [False, False]
    assert answers(policy(invest(rows=(rate_row("a", 12, 500, less),))), P, project("U", None)) == [
        True,
        False,
    ]


def test_dates_and_years_are_probed_by_their_value() -> None:
    days = choice(expression(DAY, Type.DATE), expression(Shift(DAY, 0, 0), Type.DATE))
    later = choice(expression(DAY, Type.DATE), expression(Shift(DAY, 1, 0), Type.DATE))
    assert answers(policy(invest(event_date=days)), P) == [False]
    assert answers(policy(invest(event_date=later)), P) == [True]
    years = choice(expression(YearOf(DAY), Type.YEAR), expression(YearOf(Shift(DAY, 6, 0)), Type.YEAR))
    assert answers(
        policy(invest(year=years)), project("P", 300, "2026-03-01"), project("Q", 300, "2026-09-01")
    ) == [False, True]


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-06-29", True), ("2026-06-30", False), ("2026-12-31", False),
     ("2027-01-01", True), ("2027-06-30", True), ("2027-07-01", False)],
)  # fmt: skip
def test_the_validity_is_probed_day_by_day(day: str, answer: bool) -> None:
    first, last = choice(date(2026, 1, 1), date(2026, 6, 30)), choice(date(2026, 12, 31), date(2027, 6, 30))
    assert answers(policy(invest(), first_day=first, last_day=last), project("P", 300, day)) == [answer]


def test_the_validity_does_not_matter_to_a_fact_without_a_date() -> None:
    rule = policy(invest(), first_day=choice(date(2026, 1, 1), date(2026, 6, 30)))
    assert answers(rule, fact("投资项目", "P", 有效投入额=WAN)) == [False]


def test_history_matters_only_where_there_is_some() -> None:
    rows = (row("a", 9, 称号="技术中心"),)
    rule = policy(measure("05", rows, history=History(again=choice(Again.AS_AWARDED, Again.NOTHING))))
    assert answers(rule, award("F", "技术中心")) == [False]
    assert answers(rule, award("F", "技术中心"), award("G", "技术中心", "2024-01-01")) == [True, True]
    alone = (award("F", "技术中心"), award("G", "小巨人"))
    assert answers(
        policy(measure("05", (*rows, row("b", 9, 称号="小巨人")), history=rule.measures[0].history)), *alone
    ) == [True, True]


def test_an_exemption_matters_only_to_what_is_barred_or_may_be() -> None:
    bars = Exclusion(
        "上级扶持", "（三十）", expression(upper_support()), choice(frozenset(["a"]), frozenset())
    )
    rule = policy(invest(), exclusions=(bars,))
    assert answers(rule, P, SUPPORT) == [True]
    assert answers(rule, P, fact("上级支持", "S", 事实编号="P", 日期=date(2026, 1, 1))) == [True]
    assert answers(rule, P) == [False]


def test_a_question_that_a_measure_does_not_name_is_no_option_of_it() -> None:
    assert options(policy(invest())) == ()
    (option,) = options(policy(invest(condition=AnyOf((LENIENT, STOCK)))))
    assert (option.interpretation, option.option) == ("问", "严")
    assert not any(
        (option.opens_scope, option.changes_limits, option.changes_ladders, option.changes_rivalry)
    )


def test_an_option_under_which_the_measure_stays_the_same_is_left_out() -> None:
    same = Limit(choice(("企业",), ("企业",)), max_count=1)
    other = Limit(choice(("企业",), ("企业", "年度")), max_count=1)
    assert options(policy(invest(limits=(same,)))) == ()
    assert [each.changes_limits for each in options(policy(invest(limits=(other,))))] == [True]
    fen = ShareRule(
        "（三一）", frozenset(), frozenset(), (3, 7), "3:7", choice(Remainder.COUNTY, Remainder.CITY)
    )
    assert [each.changes_remainder for each in options(policy(invest(), shares=(fen,)))] == [True]


def test_only_a_scope_that_hangs_on_the_question_can_bring_facts_in() -> None:
    assert [each.opens_scope for each in options(policy(invest(scope=AnyOf((LENIENT, STOCK)))))] == [True]
    assert [
        each.opens_scope for each in options(policy(invest(scope=STOCK, condition=AnyOf((LENIENT, STOCK)))))
    ] == [False]


def test_the_questions_of_a_rule_are_found_wherever_they_stand() -> None:
    inside = choice(expression(All((DecidedAs("二", "甲"), Not(DecidedAs("三", "乙"))))), expression(DAY))
    assert list(interpretations_in((inside, [frozenset([DecidedAs("四", "丙")])], "五", 6))) == [
        "问",
        "二",
        "三",
        "四",
    ]


def where_open(**keywords: Any) -> City:
    return city(
        policy(invest(condition=AnyOf((LENIENT, STOCK)))),
        questions=(question("问", ("宽", "严", "中"), "宽", **keywords),),
    )


def test_every_other_option_of_an_open_question_is_tried() -> None:
    assert RuleBook(where_open()).open == {"问": ("严", "中")}
    assert RuleBook(where_open(ruling="严")).open == {}
    assert RuleBook(where_open(), {"问": "中"}).open == {}
