"""差一步: what each enterprise misses, and what the step would bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from duixian.evaluate.engine import Engine
from duixian.evaluate.near import NearMiss, StepKind, near
from duixian.rules.expression import (
    All,
    Comparator,
    Compare,
    Exists,
    FieldRef,
    IfElse,
    Literal,
    Scope,
    Sum,
    Type,
)
from duixian.rules.fact import Fact
from duixian.rules.measure import Ladder, Promotion, Selector
from duixian.rules.policy import Policy
from duixian.rules.vocabulary import Round
from tests.evaluate.build import (
    CODE,
    WAN,
    at_least,
    award,
    city,
    dossier,
    equals,
    fact,
    has_factory,
    looked_at,
    measure,
    paid,
    policy,
    project,
    rate_row,
    row,
    trigger,
)

A09 = measure(
    "09",
    (rate_row("A09", 12, 500),),
    kind="投资项目",
    condition=All((trigger("存量企业", Type.FLAG), at_least("有效投入额", 200 * WAN))),
)
A10 = measure(
    "10", (row("A10a", 50, 称号="智能工厂", 等级="先进级"), row("A10b", 200, 称号="智能工厂", 等级="卓越级"))
)
A11 = measure("11", (row("A11b", 20, 称号="目录产品"),), condition=has_factory())
A03 = measure(
    "03",
    (
        row("A03c", 60, Round.AWARDED, 称号="小巨人"),
        row("A03e", 20, Round.AWARDED, 称号="中小企业"),
        row("A03f", 5, Round.RENEWED, 称号="中小企业"),
    ),
    ladders=(Ladder("梯度", ("企业",), Promotion.FULL, frozenset(["A03c", "A03e"])),),
)
AS_OF = date(2028, 12, 31)


def steps(*facts: Fact, as_of: date = AS_OF) -> list[NearMiss]:
    return list(near(Engine(city(policy(A09, A10, A11, A03))), dossier(*facts), as_of))


def test_a_threshold_is_told_with_its_gap_and_what_it_would_bring() -> None:
    (step,) = steps(project("P", 180, 存量企业=True))
    assert (step.kind, step.needed, step.gap_fen, step.potential_fen) == (
        StepKind.THRESHOLD,
        "有效投入额 ≥ 200万元",
        20 * WAN,
        24 * WAN,
    )
    assert (step.clause, step.row, step.fact) == ("（09）", "A09", "P")


def test_another_condition_is_told_by_its_words() -> None:
    (step,) = steps(project("P", 300, 存量企业=False))
    assert (step.kind, step.needed, step.gap_fen, step.potential_fen) == (
        StepKind.CONDITION,
        "存量企业",
        None,
        36 * WAN,
    )


def test_two_failing_conditions_are_no_single_step() -> None:
    assert steps(project("P", 180, 存量企业=False)) == []
    assert steps(project("P", 180)) == []


def test_missing_facts_are_a_step() -> None:
    (step,) = steps(project("P", 300))
    assert (step.kind, step.needed, step.potential_fen) == (StepKind.FACTS, "投资项目.存量企业", 36 * WAN)


def test_a_missing_second_fact_is_a_step() -> None:
    (step,) = steps(award("F", "目录产品"))
    assert (step.kind, step.potential_fen) == (StepKind.CONDITION, 20 * WAN)
    assert step.needed.startswith("有 认定")


def test_the_next_rung_is_the_lowest_above() -> None:
    (step,) = steps(award("F", "智能工厂", 等级="基础级"))
    assert (step.kind, step.row, step.potential_fen) == (StepKind.NEXT_RUNG, "A10a", 50 * WAN)
    (step,) = steps(award("F", "智能工厂", 等级="先进级"))
    assert (step.row, step.needed, step.potential_fen) == ("A10b", "智能工厂、卓越级", 200 * WAN)
    assert steps(award("F", "智能工厂", 等级="卓越级")) == []


def test_a_ladder_leads_from_title_to_title() -> None:
    (step,) = steps(award("F", "中小企业", 轮次="获评"))
    assert (step.kind, step.row, step.potential_fen) == (StepKind.NEXT_RUNG, "A03c", 60 * WAN)
    assert steps(award("F", "中小企业", 轮次="获评"), award("G", "小巨人", "2027-01-01", 轮次="获评")) == []
    assert steps(award("F", "中小企业", 轮次="复评")) == []


def test_a_fact_out_of_force_has_no_step() -> None:
    assert steps(award("F", "中小企业", "2020-01-01", 轮次="获评")) == []
    assert steps(project("P", 180, 存量企业=True), as_of=date(2026, 1, 1)) == []


def told(
    *facts: Fact, rules: Policy, as_of: date = AS_OF
) -> list[tuple[StepKind, str, str, str, int | None, int | None]]:
    found = near(Engine(city(rules)), dossier(*facts), as_of)
    return [(each.kind, each.fact, each.row, each.needed, each.gap_fen, each.potential_fen) for each in found]


def test_a_step_names_the_enterprise_the_document_and_the_clause() -> None:
    (step,) = steps(project("P", 180, 存量企业=True))
    assert (step.enterprise, step.document, step.clause, step.measure) == (
        CODE,
        "甲〔2025〕1号",
        "（09）",
        "事项09",
    )


def test_several_missing_fields_are_one_step() -> None:
    (step,) = steps(project("P", None))
    assert (step.kind, step.needed, step.potential_fen) == (
        StepKind.FACTS,
        "投资项目.存量企业、投资项目.有效投入额",
        None,
    )
    assert (step.row, step.gap_fen) == ("A09", None)


def test_steps_come_in_document_order_then_by_fact() -> None:
    facts = (
        award("Z", "智能工厂", 等级="基础级"),
        project("Q", 190, 存量企业=True),
        project("P", 180, 存量企业=True),
    )
    assert [(each.measure, each.fact) for each in steps(*facts)] == [
        ("事项09", "P"),
        ("事项09", "Q"),
        ("事项10", "Z"),
    ]


def test_a_threshold_that_is_not_money_or_not_to_be_reached_is_told_by_its_words() -> None:
    most = Compare(Comparator.AT_MOST, trigger("有效投入额", Type.MONEY), Literal(200 * WAN, Type.MONEY))
    above = Compare(Comparator.ABOVE, trigger("有效投入额", Type.MONEY), Literal(300 * WAN, Type.MONEY))
    year = Compare(Comparator.AT_LEAST, trigger("年度", Type.YEAR), Literal(2027, Type.YEAR))
    for condition, kind, gap in (
        (most, StepKind.CONDITION, None),
        (above, StepKind.THRESHOLD, 0),
        (year, StepKind.CONDITION, None),
    ):
        rules = policy(measure("09", (rate_row("a", 10, None),), kind="投资项目", condition=condition))
        (step,) = told(project("P", 300, 年度=2026), rules=rules)
        assert (step[0], step[4], step[5]) == (kind, gap, 30 * WAN)


def test_a_threshold_against_another_amount_or_another_fact_is_told_by_its_words() -> None:
    base = trigger("有效投入额", Type.MONEY)
    double = Compare(Comparator.ABOVE, base, Sum(base, base, 1))
    literal_first = Compare(Comparator.AT_LEAST, Literal(200 * WAN, Type.MONEY), base)
    whole = Compare(
        Comparator.AT_LEAST,
        FieldRef(Scope.ENTERPRISE, "有效投入额", Type.MONEY),
        Literal(900 * WAN, Type.MONEY),
    )
    for condition in (double, literal_first, whole):
        rules = policy(measure("09", (rate_row("a", 10, None),), kind="投资项目", condition=condition))
        found = near(Engine(city(rules)), dossier(project("P", 300), 有效投入额=WAN), AS_OF)
        assert [(each.kind, each.gap_fen, each.potential_fen) for each in found] == [
            (StepKind.CONDITION, None, 30 * WAN)
        ]


def test_the_condition_of_a_row_is_a_step_as_well() -> None:
    rules = policy(measure("10", (row("a", 50, 称号="智能工厂", condition=at_least("对象", 5 * WAN)),)))
    assert told(award("F", "智能工厂", 对象=2 * WAN), rules=rules) == [
        (StepKind.THRESHOLD, "F", "a", "对象 ≥ 5万元", 3 * WAN, 50 * WAN)
    ]


def test_a_failing_condition_beside_an_unknown_one_is_no_single_step() -> None:
    rows = (row("a", 50, 称号="智能工厂", condition=equals("对象", "甲", Type.TEXT)),)
    rules = policy(measure("10", rows, condition=equals("级别", "省级", Type.LEVEL)))
    assert told(award("F", "智能工厂", 对象="甲", 级别="市级"), rules=rules)[0][:2] == (
        StepKind.CONDITION,
        "F",
    )
    assert told(award("F", "智能工厂", 对象="乙"), rules=rules) == []
    assert told(award("F", "智能工厂", 级别="市级"), rules=rules) == []


def test_a_base_that_depends_on_other_facts_is_computed_from_the_dossier() -> None:
    both = IfElse(has_project(), trigger("有效投入额", Type.MONEY), Literal(0, Type.MONEY))
    rules = policy(
        measure(
            "09",
            (rate_row("a", 10, None, both),),
            kind="投资项目",
            condition=at_least("有效投入额", 200 * WAN),
        )
    )
    assert told(project("P", 180), rules=rules)[0][4:] == (20 * WAN, 20 * WAN)
    flag = policy(
        measure(
            "09", (rate_row("a", 10, None, both),), kind="投资项目", condition=trigger("存量企业", Type.FLAG)
        )
    )
    assert told(project("P", 180, 存量企业=False), rules=flag)[0][4:] == (None, 18 * WAN)


def has_project() -> Exists:
    return Exists(
        "投资项目",
        Compare(Comparator.EQUAL, looked_at("编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER)),
    )


RUNGS = (
    row("a", 5, 称号="目录产品"),
    row("b", 20, 称号="中小企业"),
    row("c", 60, 称号="小巨人"),
    row("d", 90, 称号="技术中心"),
)


def ladders(*groups: str) -> Policy:
    climb = tuple(Ladder(rows, ("企业",), Promotion.FULL, frozenset(rows)) for rows in groups)
    return policy(measure("03", RUNGS, ladders=climb))


def test_the_next_rung_is_looked_for_on_every_ladder_of_the_row() -> None:
    assert [each[2] for each in told(award("F", "目录产品"), rules=ladders("ad", "ac"))] == ["c"]
    assert [each[2] for each in told(award("F", "目录产品"), rules=ladders("ac", "ad"))] == ["c"]
    assert [each[2] for each in told(award("F", "中小企业"), rules=ladders("ad", "ac"))] == []
    assert [each[2] for each in told(award("F", "小巨人"), rules=ladders("abc"))] == []


def test_a_rung_of_the_same_amount_is_no_step_up() -> None:
    same = (row("a", 20, 称号="中小企业"), row("b", 20, 称号="小巨人"))
    rules = policy(measure("03", same, ladders=(Ladder("梯", ("企业",), Promotion.FULL, frozenset("ab")),)))
    assert told(award("F", "中小企业"), rules=rules) == []


def test_a_rate_has_no_rung_above_it() -> None:
    assert (
        told(
            project("P", 300),
            rules=policy(measure("09", (rate_row("a", 5, None), rate_row("b", 10, None)), kind="投资项目")),
        )
        == []
    )


def test_without_titles_a_table_s_other_rows_are_no_family() -> None:
    rows = (row("a", 5, 级别="市级"), row("b", 20, 级别="省级"))
    assert told(award("F", "小巨人", 级别="市级"), rules=policy(measure("03", rows))) == []


def test_a_rung_that_pays_renewals_is_never_the_next() -> None:
    rows = (
        row("a", 5, Round.AWARDED, 称号="技术中心", 级别="省级"),
        row("b", 20, Round.RENEWED, 称号="技术中心", 级别="国家级"),
        row("c", 50, Round.AWARDED, 称号="技术中心", 级别="国家级"),
    )
    assert [
        each[2]
        for each in told(award("F", "技术中心", 级别="省级", 轮次="获评"), rules=policy(measure("05", rows)))
    ] == ["c"]


def test_an_ineligible_award_is_shown_what_its_title_pays() -> None:
    rules = policy(
        measure(
            "10",
            (row("a", 50, 称号="智能工厂", 等级="先进级"), row("b", 200, 称号="智能工厂", 等级="卓越级")),
        )
    )
    assert told(award("F", "智能工厂", 等级="基础级"), rules=rules) == [
        (StepKind.NEXT_RUNG, "F", "a", "智能工厂、先进级", None, 50 * WAN)
    ]
    assert told(award("F", "小巨人"), rules=rules) == []


def test_a_fact_that_fails_its_condition_is_not_sent_to_its_own_row() -> None:
    rules = policy(
        measure(
            "10", (row("a", 50, 称号="智能工厂", 等级="先进级"),), condition=equals("对象", "甲", Type.TEXT)
        )
    )
    found = told(award("F", "智能工厂", 等级="先进级", 对象="乙"), rules=rules)
    assert [each[0] for each in found] == [StepKind.CONDITION]


def test_facts_that_trigger_nothing_and_later_facts_have_no_step() -> None:
    assert steps(paid("Z", 5), fact("上级支持", "S", 日期=date(2026, 1, 1))) == []
    assert steps(project("P", 180, "2027-01-01", 存量企业=True), as_of=date(2026, 12, 31)) == []


def test_a_fact_that_fails_its_condition_is_never_sent_to_a_lower_rung() -> None:
    only_here = equals("对象", "甲", Type.TEXT)
    rows = (row("a", 50, 称号="智能工厂", 等级="先进级"), row("b", 200, 称号="智能工厂", 等级="卓越级"))
    rules = policy(measure("10", rows, condition=only_here))
    assert [each[:3] for each in told(award("F", "智能工厂", 等级="卓越级", 对象="乙"), rules=rules)] == [
        (StepKind.CONDITION, "F", "b")
    ]
    firsts = (
        row("a", 20, Round.FIRST, 称号="技术中心", 级别="省级"),
        row("b", 50, Round.FIRST, 称号="技术中心", 级别="国家级"),
    )
    again = (award("E", "技术中心", "2020-01-01", 级别="国家级"), award("F", "技术中心", 级别="国家级"))
    assert told(*again, rules=policy(measure("04", firsts))) == []


def test_a_grade_and_above_is_the_own_rung_of_every_grade_above() -> None:
    above = Selector("等级", Comparator.AT_LEAST, ("卓越级",))
    rows = (
        row("a", 50, 称号="智能工厂", 等级="先进级"),
        row("b", 200, 称号="智能工厂", 等级=above),
        row("c", 900, 称号="小巨人"),
    )
    rules = policy(measure("10", rows, condition=equals("对象", "甲", Type.TEXT)))
    assert [each[0] for each in told(award("F", "智能工厂", 等级="领航级", 对象="乙"), rules=rules)] == [
        StepKind.CONDITION
    ]
    assert [each[2] for each in told(award("F", "智能工厂", 等级="先进级", 对象="甲"), rules=rules)] == ["b"]


def test_the_next_rung_is_the_lowest_wherever_it_stands_in_the_table() -> None:
    climb = Ladder("梯", ("企业",), Promotion.FULL, frozenset("abcd"))
    rules = policy(measure("03", RUNGS[::-1], ladders=(climb,)))
    assert [each[2] for each in told(award("F", "目录产品"), rules=rules)] == ["b"]


def test_a_fact_without_a_row_is_told_no_condition() -> None:
    rows = (row("a", 50, 称号="技术中心", 级别="省级"),)
    rules = policy(measure("05", rows, condition=equals("对象", "甲", Type.TEXT)))
    found = told(award("F", "技术中心", 级别="市级", 对象="乙"), rules=rules)
    assert [each[0] for each in found] == [StepKind.NEXT_RUNG]


def test_two_facts_that_lead_to_one_rung_are_one_step() -> None:
    rungs = measure("10", (*A10.rows, row("A10c", 400, 称号="智能工厂", 等级="领航级")))
    engine = Engine(city(policy(rungs)))
    lower, higher = award("F", "智能工厂", 等级="先进级"), award("G", "智能工厂", "2027-01-01", 等级="卓越级")
    found = near(engine, dossier(lower, higher), date(2028, 12, 31))
    assert [(step.fact, step.row) for step in found] == [("G", "A10c")]
    plants = [replace(each, values={**each.values, "对象": each.id}) for each in (lower, higher)]
    found = near(engine, dossier(*plants), date(2028, 12, 31))
    assert [(step.fact, step.row) for step in found] == [("F", "A10c"), ("G", "A10c")]


def test_a_lower_level_is_no_way_up() -> None:
    rows = (row("a", 20, 称号="技术中心", 级别="省级"), row("b", 10, 称号="技术中心", 级别="国家级"))
    engine = Engine(city(policy(measure("05", rows))))
    assert near(engine, dossier(award("F", "技术中心", 级别="国家级")), date(2028, 12, 31)) == ()
    (step,) = near(engine, dossier(award("F", "技术中心", 级别="市级")), date(2028, 12, 31))
    assert step.row == "b"


def test_a_barred_award_is_no_rung_to_climb_from() -> None:
    barred = measure("03", A03.rows, condition=Literal(False, Type.FLAG), ladders=A03.ladders)
    found = near(
        Engine(city(policy(barred))), dossier(award("F", "中小企业", 轮次="获评")), date(2028, 12, 31)
    )
    assert StepKind.NEXT_RUNG not in {step.kind for step in found}
