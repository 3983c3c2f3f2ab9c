"""Step 5, the marks of open questions, strict runs, and the order of results."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.evaluate.share import split_fen
from duixian.rules.decided import Choice
from duixian.rules.determination import CostShare, Outcome
from duixian.rules.expression import DecidedAs
from duixian.rules.policy import AfterPayment as After
from duixian.rules.policy import Cumulation, CumulationReach, Remainder, SameMatter, ShareRule
from duixian.rules.region import FiscalShare
from tests.evaluate.build import (
    CODE,
    WAN,
    award,
    city,
    codes,
    determine,
    measure,
    paid,
    policy,
    project,
    question,
    rate_row,
    row,
    wan_of,
)  # fmt: skip

COUNTIES = frozenset(["东海县", "赣榆区"])
RULES = (
    ShareRule("附则", frozenset(["（09）"]), COUNTIES, (3, 7), "市、县（区）3:7"),
    ShareRule("附则", frozenset(), frozenset(), None, "现行财政体制"),
)
A09 = measure("09", (rate_row("a", 12, 500),), kind="投资项目")
A03 = measure("03", (row("a", 60, 称号="小巨人"),))
WHERE = city(policy(A09, A03, shares=RULES))


def share_of(area: str | None, fact: object, where: object = WHERE) -> CostShare | None:
    subject = {"所属地区": area} if area else {}
    (found,) = determine(where, fact, **subject).values()  # type: ignore[arg-type]
    return found.share


def test_three_to_seven_in_the_named_counties() -> None:
    assert share_of("东海县", project("P", 200)) == CostShare(72_000_00, 168_000_00, "市、县（区）3:7")
    assert share_of("赣榆区", project("P", 10_000)) == CostShare(150 * WAN, 350 * WAN, "市、县（区）3:7")


def test_a_zone_inside_a_county_belongs_to_it_but_a_city_zone_stands_alone() -> None:
    assert share_of("赣榆经开区", project("P", 200)) == CostShare(72_000_00, 168_000_00, "市、县（区）3:7")
    assert share_of("市开发区", project("P", 200)) == CostShare(None, None, "现行财政体制")


def test_elsewhere_and_for_other_clauses_the_share_is_undecided() -> None:
    assert share_of("海州区", project("P", 200)) == CostShare(None, None, "现行财政体制")
    assert share_of("东海县", award("F", "小巨人")) == CostShare(None, None, "现行财政体制")


def test_an_unknown_area_leaves_the_share_undecided() -> None:
    found = determine(WHERE, project("P", 200))["09:P"]
    assert found.share == CostShare(None, None, "市、县（区）3:7")
    assert "share.area-unknown" in codes(found)
    assert found.outcome is Outcome.PAYABLE


def test_the_fiscal_table_settles_it_by_the_most_specific_line() -> None:
    lines = (
        FiscalShare("海州区", 5, 5, "体制一", date(2020, 1, 1)),
        FiscalShare("海州区", 6, 4, "体制二", date(2026, 1, 1)),
        FiscalShare("海州区", 8, 2, "专门规定", date(2026, 1, 1), document="甲〔2025〕1号", clause="（03）"),
        FiscalShare("海州区", 1, 9, "未到", date(2027, 1, 1)),
        FiscalShare("海州区", 1, 9, "已过", date(2026, 2, 1), date(2026, 2, 2)),
        FiscalShare("海州区", 1, 9, "别的文件", date(2026, 2, 1), document="乙"),
        FiscalShare("东海县", 1, 9, "别处", date(2020, 1, 1)),
    )
    where = city(policy(A09, A03, shares=RULES), fiscal=lines)
    assert share_of("海州区", project("P", 200), where) == CostShare(144_000_00, 96_000_00, "体制二")
    assert share_of("海州区", project("P", 200, "2025-12-15"), where) == CostShare(
        120_000_00, 120_000_00, "体制一"
    )
    assert share_of("海州区", award("F", "小巨人"), where) == CostShare(48 * WAN, 12 * WAN, "专门规定")
    assert share_of("赣榆经开区", award("F", "小巨人"), where) == CostShare(None, None, "现行财政体制")


def test_a_document_without_a_rule_is_undecided() -> None:
    found = determine(city(policy(A03)), award("F", "小巨人"), 所属地区="东海县")["03:F"]
    assert found.share == CostShare(None, None, "")
    assert "share.no-rule" in codes(found)


def test_nothing_payable_has_no_share() -> None:
    assert share_of("东海县", project("P", 200, "2020-01-01")) is None


@given(
    st.integers(0, 10**15),
    st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(any),
    st.sampled_from(Remainder),
)
def test_the_parts_of_a_share_add_up(amount: int, ratio: tuple[int, int], remainder: Remainder) -> None:
    city_fen, county_fen = split_fen(amount, ratio, remainder)
    assert city_fen + county_fen == amount
    assert city_fen >= 0
    assert county_fen >= 0
    whole = sum(ratio)
    assert abs(city_fen * whole - amount * ratio[0]) < whole


@pytest.mark.parametrize(("remainder", "parts"), [(Remainder.COUNTY, (0, 1)), (Remainder.CITY, (1, 0))])
def test_the_last_fen_goes_where_the_decision_says(remainder: Remainder, parts: tuple[int, int]) -> None:
    assert split_fen(1, (3, 7), remainder) == parts


def test_a_decision_about_the_last_fen_is_marked_only_where_a_fen_is_left() -> None:
    decided = Choice("尾差", {"县区承担": Remainder.COUNTY, "市级承担": Remainder.CITY})
    shares = (ShareRule("附则", frozenset(), frozenset(), (3, 7), "3:7", decided),)
    where = city(
        policy(A09, shares=shares), questions=(question("尾差", ("县区承担", "市级承担"), "县区承担"),)
    )
    even = determine(where, project("P", 200), 所属地区="东海县")["09:P"]
    odd = determine(where, project("P", None, 有效投入额=200 * WAN + 9), 所属地区="东海县")["09:P"]
    assert even.marks == ()
    assert [(each.interpretation, each.amount_fen, each.city_fen) for each in odd.marks] == [
        ("尾差", 24 * WAN + 1, 72_000_01)
    ]


QUESTION = question("条件", ("宽", "严"), "宽")
STRICTER = measure("07", (row("a", 5, 称号="目录产品"),), condition=DecidedAs("条件", "宽"))


def test_an_undecided_question_marks_what_another_option_would_give() -> None:
    where = city(policy(STRICTER), questions=(QUESTION,))
    (mark,) = determine(where, award("F", "目录产品"))["07:F"].marks
    assert mark == ("条件", "严", Outcome.INELIGIBLE, 0, None)


def test_a_decided_question_leaves_no_mark() -> None:
    where = city(policy(STRICTER), questions=(question("条件", ("宽", "严"), "宽", ruling="严"),))
    found = determine(where, award("F", "目录产品"))["07:F"]
    assert (found.marks, found.outcome) == ((), Outcome.INELIGIBLE)


def test_a_question_that_changes_nothing_here_is_not_mentioned() -> None:
    where = city(policy(STRICTER), questions=(QUESTION,))
    assert determine(where, award("F", "目录产品", "2020-01-01"))["07:F"].marks == ()


def test_strict_runs_hold_back_what_a_question_touches() -> None:
    where = city(policy(STRICTER, A03, shares=RULES), questions=(QUESTION,))
    found = determine(where, award("F", "目录产品"), award("G", "小巨人"), strict=True)
    assert (found["07:F"].outcome, found["07:F"].amount_fen, found["07:F"].share) == (
        Outcome.UNDECIDED,
        None,
        None,
    )
    assert found["07:F"].reason.args == (("条件",),)
    assert found["03:G"].outcome is Outcome.PAYABLE


def test_an_award_that_only_another_option_knows_is_listed_and_marked() -> None:
    scoped = measure("09", (rate_row("a", 12, 500),), kind="投资项目", scope=DecidedAs("条件", "严"))
    where = city(policy(scoped), questions=(QUESTION,))
    found = determine(where, project("P", 1000))["09:P"]
    assert (found.outcome, found.reason.code, found.amount_fen) == (
        Outcome.INELIGIBLE,
        "match.out-of-scope",
        0,
    )
    assert [(each.option, each.amount_fen) for each in found.marks] == [("严", 120 * WAN)]
    gone = city(
        policy(measure("09", scoped.rows, kind="投资项目", scope=DecidedAs("条件", "宽"))),
        questions=(QUESTION,),
    )
    marks = determine(gone, project("P", 1000))["09:P"].marks
    assert [(each.option, each.outcome, each.amount_fen) for each in marks] == [("严", Outcome.INELIGIBLE, 0)]


def test_a_question_that_only_moves_a_rival_marks_both() -> None:
    other = "乙〔2023〕2号"
    rule = Cumulation("附则", SameMatter.SAME_FACT, CumulationReach.OTHER_DOCUMENTS, After.DIFFERENCE)
    b43 = measure("43", (rate_row("b", 10, 500),), kind="投资项目", document=other)
    a09 = measure("09", (rate_row("a", 12, 500),), kind="投资项目", condition=DecidedAs("条件", "宽"))
    where = city(
        policy(b43, number=other, cumulation=rule), policy(a09, cumulation=rule), questions=(QUESTION,)
    )
    found = determine(where, project("P", 3000))
    assert [each.outcome for each in found["43:P"].marks] == [Outcome.PAYABLE]
    assert found["43:P"].marks[0].amount_fen == 300 * WAN
    assert found["09:P"].marks[0].amount_fen == 0


def test_a_rule_of_cumulation_that_hangs_on_a_decision_is_marked() -> None:
    reach = Choice(
        "范围", {"不同文件": CumulationReach.OTHER_DOCUMENTS, "全部条款": CumulationReach.ALL_CLAUSES}
    )
    rule = Cumulation("附则", SameMatter.SAME_OBJECT, reach, After.DIFFERENCE)
    one, two = measure("07", (row("a", 5, 称号="目录产品"),)), measure("15", (row("b", 40, 称号="小巨人"),))
    where = city(
        policy(one, two, cumulation=rule), questions=(question("范围", ("不同文件", "全部条款"), "不同文件"),)
    )
    found = determine(where, award("F", "目录产品", 对象="甲"), award("G", "小巨人", 对象="甲"))
    assert [each.outcome for each in found["07:F"].marks] == [Outcome.NOT_HIGHEST]
    assert found["15:G"].marks == ()
    apart = determine(where, award("F", "目录产品", 对象="甲"), award("G", "小巨人", 对象="乙"))
    assert all(each.marks == () for each in apart.values())


def test_what_another_option_does_after_a_payment_is_marked() -> None:
    after = Choice("已付", {"补差": After.DIFFERENCE, "不再": After.NOTHING})
    rule = Cumulation("附则", SameMatter.SAME_FACT, CumulationReach.OTHER_DOCUMENTS, after)
    where = city(policy(A09, cumulation=rule), questions=(question("已付", ("补差", "不再"), "补差"),))
    found = determine(where, project("P", 3000), paid("Z", 300, "P", document="乙"))["09:P"]
    assert wan_of(found) == 60
    assert [(each.option, each.outcome, each.amount_fen) for each in found.marks] == [
        ("不再", Outcome.NOT_HIGHEST, 0)
    ]


def test_results_come_in_document_order_and_unmatched_facts_last() -> None:
    where = city(policy(A09, A03))
    facts = [
        award("G", "小巨人"),
        award("X", "技术中心"),
        project("P", 200),
        award("F", "小巨人", "2026-04-01"),
    ]
    assert list(determine(where, *facts)) == ["09:P", "03:G", "03:F", ":X"]
    assert list(determine(where, *reversed(facts))) == ["09:P", "03:G", "03:F", ":X"]
    assert determine(where, *facts)["09:P"].key == (CODE, "甲〔2025〕1号", "09", "投资项目", "P")


def test_facts_that_trigger_nothing_leave_no_row() -> None:
    assert determine(city(policy(A09)), paid("Z", 1, "P")) == {}
