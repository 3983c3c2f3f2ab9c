"""差一步: what each enterprise misses, and what the step would bring."""

from __future__ import annotations

from datetime import date

from duixian.evaluate.engine import Engine
from duixian.evaluate.near import NearMiss, StepKind, near
from duixian.rules.expression import All, Type
from duixian.rules.fact import Fact
from duixian.rules.measure import Ladder, Promotion
from duixian.rules.vocabulary import Round
from tests.evaluate.build import (
    WAN,
    at_least,
    award,
    city,
    dossier,
    has_factory,
    measure,
    policy,
    project,
    rate_row,
    row,
    trigger,
)  # fmt: skip

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
ENGINE = Engine(city(policy(A09, A10, A11, A03)))


def steps(*facts: Fact, as_of: date = date(2028, 12, 31)) -> list[NearMiss]:
    return list(near(ENGINE, dossier(*facts), as_of))


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
