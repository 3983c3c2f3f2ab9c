"""The rule book finds the measures that could be about a fact, in document order; and what a run leaves untold it tells."""

from __future__ import annotations

from datetime import date

from duixian.evaluate.engine import Engine
from duixian.evaluate.rulebook import RuleBook
from duixian.rules.determination import Determination, Outcome, Step, TraceLine
from duixian.rules.expression import Comparator, Compare, Literal, Type
from duixian.rules.fact import Fact
from duixian.rules.interpretation import Effect, Interpretation
from duixian.rules.measure import Measure, Selector
from duixian.rules.policy import City
from tests.evaluate.build import (
    CODE,
    award,
    city,
    determine,
    dossier,
    fact,
    measure,
    paid,
    policy,
    project,
    question,
    rate_row,
    row,
    trigger,
)

GIANT = measure("1", (row("a", 60, 称号="小巨人"),))
ANY_AWARD = measure("2", (row("b", 5, 级别="省级"),))
SEVERAL = measure("3", (row("c", 7, 称号=("小巨人", "中小企业")),))
INVEST = measure("4", (rate_row("d", 12, 500),), kind="投资项目")


_BIG = Compare(Comparator.ABOVE, trigger("有效投入额", Type.MONEY), Literal(10**12, Type.MONEY))


def about(where: City, each: Fact) -> list[str]:
    return [program.measure.id for program in RuleBook(where).about(each)]


def test_measures_are_found_by_title_and_those_without_titles_by_kind() -> None:
    where = city(policy(GIANT, ANY_AWARD, SEVERAL, INVEST))
    assert about(where, award("F", "小巨人")) == ["1", "2", "3"]
    assert about(where, award("F", "中小企业")) == ["2", "3"]
    assert about(where, award("F", "技术中心")) == ["2"]
    assert about(where, fact("认定", "F")) == ["2"]
    assert about(where, project("P", 1)) == ["4"]
    assert about(where, paid("Z", 1)) == []


def test_measures_come_in_document_order_whatever_leads_to_them() -> None:
    assert about(city(policy(SEVERAL, ANY_AWARD, GIANT)), award("F", "小巨人")) == ["3", "2", "1"]
    assert about(city(policy(SEVERAL, GIANT)), award("F", "小巨人")) == ["3", "1"]
    assert about(city(policy(ANY_AWARD), policy(GIANT, number="乙")), award("F", "小巨人")) == ["2", "1"]


def test_only_kinds_that_some_measure_is_about_trigger() -> None:
    book = RuleBook(city(policy(GIANT, INVEST)))
    assert [kind for kind in ("认定", "投资项目", "已兑付", "上级支持", "企业") if book.is_trigger(kind)] == [
        "认定",
        "投资项目",
    ]


def test_only_questions_that_the_rules_answer_are_open() -> None:
    procedure = Interpretation(
        "程序", "X2", "附则", "？", {"甲": "", "乙": ""}, "甲", "原文", Effect.PROCEDURE
    )
    of_fact = Interpretation("口径", "X3", "附则", "？", {"甲": "", "乙": ""}, "甲", "原文", Effect.FACT)
    where = city(policy(GIANT), questions=(question("问", ("宽", "严"), "严"), procedure, of_fact))
    assert RuleBook(where).open == {"问": ("宽",)}
    assert RuleBook(where).decisions == {"问": "严", "程序": "甲", "口径": "甲"}
    assert RuleBook(where, {"问": "宽"}).decisions["问"] == "宽"


def rows_of(only: Measure, **values: str | tuple[str, ...]) -> str:
    return determine(city(policy(only)), fact("投资项目", "P", 竣工日期=date(2026, 6, 30), **values))[
        f"{only.id}:P"
    ].row


def test_a_field_of_several_names_fits_when_one_of_them_does() -> None:
    several = measure(
        "5", (row("a", 1, 类别=("储能电池", "氢能")), row("b", 2, 类别="光伏")), kind="投资项目"
    )
    assert rows_of(several, 类别=("光伏", "氢能")) == "a"
    assert rows_of(several, 类别=("光伏", "别的")) == "b"
    assert rows_of(several, 类别=("别的",)) == ""


def test_a_plain_field_fits_one_of_several_names() -> None:
    several = measure("5", (row("a", 1, 项目名称=("甲", "乙")),), kind="投资项目")
    assert (rows_of(several, 项目名称="乙"), rows_of(several, 项目名称="丙")) == ("a", "")


def test_what_a_row_asks_for_is_told_with_its_comparison() -> None:
    only = measure(
        "5", (row("a", 1, 称号="智能工厂", 等级=Selector("等级", Comparator.AT_LEAST, ("卓越级",))),)
    )
    found = determine(city(policy(only)), award("F", "智能工厂", 等级="先进级"))["5:F"]
    assert found.reason.args == ((f"智能工厂、{Comparator.AT_LEAST.value} 卓越级",),)


def test_a_row_of_the_same_words_is_told_once() -> None:
    only = measure(
        "5", (row("a", 1, 称号="技术中心", 级别="省级"), row("b", 2, 称号="技术中心", 级别="省级"))
    )
    found = determine(city(policy(only)), award("F", "技术中心", 级别="市级"))["5:F"]
    assert found.reason.args == (("技术中心、省级",),)


def test_a_fact_that_no_measure_is_about_is_told_in_full() -> None:
    line = TraceLine(Step.MATCH, "match.no-measure", "")
    found = determine(city(policy(GIANT)), award("F", "技术中心"))[":F"]
    assert found == Determination(
        enterprise=CODE, document="", clause="", measure_id="", measure="", row="", fact_kind="认定", fact="F",
        outcome=Outcome.INELIGIBLE, ceiling_fen=None, base_fen=None, rate=None, is_exact=False, amount_fen=0, reason=line,
        trace=(line,), share=None, marks=(), missing=(), year=None,
    )  # fmt: skip


def test_facts_that_no_measure_is_about_come_last_by_kind_and_id() -> None:
    where = city(policy(GIANT, measure("4", INVEST.rows, kind="投资项目", scope=_BIG)))
    facts = (
        project("Q", 1),
        award("H", "技术中心"),
        award("G", "技术中心"),
        project("P", 1),
        award("F", "小巨人"),
    )
    found = Engine(where).determine(dossier(*facts), date(2028, 12, 31))
    assert [each.fact for each in found] == ["F", "P", "Q", "G", "H"]


def test_a_later_fact_is_told_under_every_measure_that_is_about_it() -> None:
    where = city(policy(GIANT, ANY_AWARD, SEVERAL))
    found = determine(
        where,
        award("F", "小巨人", "2026-06-01"),
        award("G", "技术中心", "2026-07-01", 级别="省级"),
        as_of="2026-05-31",
    )
    assert {key: each.outcome for key, each in found.items()} == dict.fromkeys(
        ("1:F", "2:F", "3:F", "2:G"), Outcome.NOT_IN_FORCE
    )
    assert [each.reason.args for each in found.values()] == [(date(2026, 6, 1), date(2026, 5, 31))] * 2 + [
        (date(2026, 7, 1), date(2026, 5, 31)),
        (date(2026, 6, 1), date(2026, 5, 31)),
    ]


def test_results_of_one_measure_come_by_date_then_id_and_undated_ones_first() -> None:
    facts = (
        award("Z", "小巨人", "2026-01-01"),
        award("B", "小巨人", "2026-02-01"),
        award("A", "小巨人", "2026-02-01"),
    )
    found = determine(city(policy(GIANT)), *facts, fact("认定", "Y", 称号="小巨人"))
    assert list(found) == ["1:Y", "1:Z", "1:A", "1:B"]


def test_a_later_fact_that_no_measure_is_about_is_told_as_such() -> None:
    found = determine(city(policy(GIANT)), award("F", "技术中心", "2026-06-01"), as_of="2026-05-31")
    assert {key: (each.outcome, each.reason.code) for key, each in found.items()} == {
        ":F": (Outcome.INELIGIBLE, "match.no-measure")
    }


def test_the_names_that_a_row_takes_are_all_told() -> None:
    found = determine(city(policy(SEVERAL)), award("F", "中小企业"))["3:F"]
    assert found.trace[0].args[-1] == "小巨人、中小企业"
