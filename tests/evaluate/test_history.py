"""What counts as an earlier recognition, and what it does to 获评, 首次 and 复评."""

from __future__ import annotations

from duixian.rules.determination import Determination, Outcome
from duixian.rules.expression import Comparator
from duixian.rules.fact import Fact
from duixian.rules.measure import Again, AwardRow, FirstAmong, History, Selector
from duixian.rules.vocabulary import Round
from tests.evaluate.build import award, city, codes, determine, fact, measure, policy, row

PROVINCE = {"级别": "省级"}
AWARDED = row("a", 20, Round.AWARDED, 称号="技术中心", 级别="省级")
RENEWED = row("b", 5, Round.RENEWED, 称号="技术中心", 级别="省级")
FIRST = row("f", 50, Round.FIRST, 称号="技术中心", 级别="省级")
PLAIN = History()
NOW = award("N", "技术中心", **PROVINCE)


def last(rows: tuple[AwardRow, ...], *facts: Fact, history: History = PLAIN) -> Determination:
    found = determine(city(policy(measure("05", rows, history=history))), *facts)
    return found["05:N"]


def test_the_stated_round_is_taken_without_a_look_at_history() -> None:
    before = award("E", "技术中心", "2024-01-01", **PROVINCE)
    for stated, row_id in (("获评", "a"), ("首次", "a"), ("复评", "b")):
        found = last((AWARDED, RENEWED), before, award("N", "技术中心", 轮次=stated, **PROVINCE))
        assert (found.row, found.outcome, codes(found)[1]) == (row_id, Outcome.PAYABLE, "entitle.ceiling")


def test_a_renewal_without_a_renewal_row_gives_nothing() -> None:
    before = award("E", "技术中心", "2024-01-01", **PROVINCE)
    found = last((AWARDED,), before, NOW)
    assert (found.outcome, found.reason.code, found.reason.args) == (
        Outcome.INELIGIBLE,
        "match.round-by-history",
        ("获评", "复评", "E"),
    )
    stated = last((AWARDED,), before, award("N", "技术中心", 轮次="复评", **PROVINCE))
    assert (stated.outcome, stated.reason.code, stated.reason.args) == (
        Outcome.INELIGIBLE,
        "match.other-round",
        ("获评", "复评"),
    )


def test_an_award_without_an_award_row_gives_nothing() -> None:
    found = last((RENEWED,), NOW)
    assert (found.outcome, found.row) == (Outcome.INELIGIBLE, "b")
    stated = last((RENEWED,), award("N", "技术中心", 轮次="获评", **PROVINCE))
    assert (stated.outcome, stated.reason.code, stated.reason.args) == (
        Outcome.INELIGIBLE,
        "match.other-round",
        ("复评", "获评"),
    )


def test_an_unstated_round_after_an_earlier_recognition_is_a_renewal_whatever_again_says() -> None:
    before = award("E", "技术中心", "2024-01-01", **PROVINCE)
    for again in Again:
        assert last((AWARDED, RENEWED), before, NOW, history=History(again=again)).row == "b"


def test_a_stated_award_without_history_is_an_award_whatever_again_says() -> None:
    for again in Again:
        found = last(
            (AWARDED, RENEWED), award("N", "技术中心", 轮次="获评", **PROVINCE), history=History(again=again)
        )
        assert (found.row, found.outcome) == ("a", Outcome.PAYABLE)


def test_the_earliest_recognition_is_named() -> None:
    """Earliest by its day, not by its number."""
    facts = (
        award("E1", "技术中心", "2024-06-01", **PROVINCE),
        award("E2", "技术中心", "2023-01-01", **PROVINCE),
        NOW,
    )
    assert last((FIRST,), *facts).reason.args == ("E2",)


def test_recognitions_of_another_title_are_passed_over() -> None:
    rows = (row("f", 50, Round.FIRST, 称号=("技术中心", "中小企业"), 级别="省级"),)
    others = (award("E0", "小巨人", "2022-01-01", **PROVINCE), fact("认定", "E1", **PROVINCE))
    assert last(rows, *others, NOW).outcome is Outcome.PAYABLE
    found = last(rows, *others, award("E2", "中小企业", "2023-01-01", **PROVINCE), NOW)
    assert (found.outcome, found.reason.args) == (Outcome.INELIGIBLE, ("E2",))


def test_a_recognition_that_another_row_takes_counts_only_among_the_measure() -> None:
    rows = (FIRST, row("g", 9, 称号="小巨人"))
    before = award("E", "小巨人", "2024-01-01")
    assert last(rows, before, NOW).outcome is Outcome.PAYABLE
    assert last(rows, before, NOW, history=History(first_among=FirstAmong.TITLE)).outcome is Outcome.PAYABLE
    among_all = last(rows, before, NOW, history=History(first_among=FirstAmong.MEASURE))
    assert (among_all.outcome, among_all.reason.args) == (Outcome.INELIGIBLE, ("E",))


def test_everything_that_the_earlier_record_lacks_is_named() -> None:
    rows = (row("f", 50, Round.FIRST, 称号="技术中心", 级别="省级", 等级="先进级"),)
    now = award("N", "技术中心", 等级="先进级", 对象="甲", **PROVINCE)
    per = History(first_per=("企业", "对象"))
    found = last(rows, award("E", "技术中心", "2024-01-01"), now, history=per)
    assert (found.outcome, set(found.missing)) == (Outcome.UNKNOWN, {"认定.级别", "认定.等级", "认定.对象"})
    two = last(
        rows,
        award("E", "技术中心", "2023-01-01", 等级="先进级"),
        award("E2", "技术中心", "2024-01-01", **PROVINCE),
        now,
    )
    assert set(two.missing) == {"认定.级别", "认定.等级"}


def test_a_record_that_surely_counts_outweighs_one_that_may() -> None:
    facts = (award("E1", "技术中心", "2023-01-01"), award("E2", "技术中心", "2024-01-01", **PROVINCE), NOW)
    found = last((FIRST,), *facts)
    assert (found.outcome, found.reason.args) == (Outcome.INELIGIBLE, ("E2",))


def test_a_record_at_another_level_or_of_another_object_does_not_hide_one_that_counts() -> None:
    counts = award("E2", "技术中心", "2024-01-01", 对象="甲", **PROVINCE)
    now = award("N", "技术中心", 对象="甲", **PROVINCE)
    per = History(first_per=("企业", "对象"))
    for passed_over in (
        award("E1", "技术中心", "2023-01-01", 级别="市级", 对象="甲"),
        award("E1", "技术中心", "2023-01-01", 对象="乙", **PROVINCE),
    ):
        assert last((FIRST,), passed_over, counts, now, history=per).reason.args == ("E2",)


def test_among_the_rows_of_a_measure_an_unknown_one_leaves_it_open() -> None:
    rows = (FIRST, row("g", 9, Round.FIRST, 称号="技术中心", 等级="先进级"))
    found = last(
        rows, award("E", "技术中心", "2024-01-01"), NOW, history=History(first_among=FirstAmong.MEASURE)
    )
    assert (found.outcome, set(found.missing)) == (Outcome.UNKNOWN, {"认定.级别", "认定.等级"})


def test_a_record_with_the_same_id_is_the_same_recognition() -> None:
    twin = Fact("认定", "N", NOW.enterprise, {**NOW.values, "日期": NOW.values["日期"]})
    assert last((FIRST,), twin, NOW).outcome is Outcome.PAYABLE


def test_an_earlier_grade_is_ranked_within_its_own_title() -> None:
    above = Selector("等级", Comparator.AT_LEAST, ("先进级",))
    rows = (row("f", 50, Round.FIRST, 称号="智能工厂", 等级=above),)
    now = award("N", "智能工厂", 等级="卓越级")
    higher = last(rows, award("E", "智能工厂", "2024-01-01", 等级="领航级"), now)
    assert (higher.outcome, higher.reason.args) == (Outcome.INELIGIBLE, ("E",))
    assert last(rows, award("E", "智能工厂", "2024-01-01", 等级="基础级"), now).outcome is Outcome.PAYABLE
