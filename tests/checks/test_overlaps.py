"""Awards that one fact can bring at once, and what settles them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from duixian.checks.overlaps import check_overlaps, counts_objects, meetings
from duixian.checks.window import Window
from duixian.rules.measure import Measure
from tests.checks.town import GREEN, changed, changed_lianyungang, codes, lianyungang, town

DECEMBER = Window(date(2025, 12, 1), date(2025, 12, 31))


def _measure(id_: str) -> Measure:
    return next(each for each in lianyungang().measures if each.id == id_)


def test_technical_upgrades_of_december_2025_fall_under_both_documents() -> None:
    """A09 (12%) and B43 (10%): both documents say 就高不重复."""
    problem = next(
        each
        for each in check_overlaps(lianyungang())
        if each.found.startswith("B43 ") and each.expected.startswith("A09 ")
    )
    assert problem.code == "checks.overlap"
    assert problem.detail["window"] == str(DECEMBER)
    assert problem.detail["settled"] == "连政办发〔2023〕36号附则、连政办规〔2025〕6号附则一"
    assert problem.detail["rows"] == "B43 × A09"


def test_these_and_no_other_measures_of_the_city_meet() -> None:
    pairs = {(meeting.one.id, meeting.two.id) for meeting in meetings(lianyungang())}
    assert pairs == {("B43", "B44c"), ("B43", "A09"), ("B44c", "A09")}


def test_within_the_equipment_document_nothing_settles_two_subsidies_of_one_project() -> None:
    """Its 就高 is about 我市其他扶持政策 only, so B43 and B44c are both paid."""
    unsettled = [each for each in check_overlaps(lianyungang()) if each.code == "checks.overlap-unsettled"]
    assert [(each.found[:3], each.expected[:4]) for each in unsettled] == [("B43", "B44c")]


def test_documents_that_never_apply_together_do_not_meet(tmp_path: Path) -> None:
    edits = (
        ("自 2025 年 12 月 1 日起实施", "自 2026 年 1 月 1 日起实施"),
        (
            "不追溯: 2025年12月1日, 追溯至2025年初: 2025年1月1日",
            "不追溯: 2026年1月1日, 追溯至2025年初: 2026年1月1日",
        ),
    )
    city = changed_lianyungang(tmp_path, "manufacturing-2025", *edits)
    assert {(each.one.id, each.two.id) for each in meetings(city)} == {("B43", "B44c")}


def test_an_option_alone_can_make_documents_meet(tmp_path: Path) -> None:
    edits = (
        ("自2025年12月1日起实施,", "自2026年2月1日起实施,"),
        ("不追溯: 2025年12月1日, 追溯: 2025年1月1日", "不追溯: 2026年2月1日, 追溯: 2025年1月1日"),
    )
    (meeting,) = meetings(changed(tmp_path, GREEN, *edits))
    assert meeting.window.days == 0


def test_an_award_and_a_renewal_are_never_of_one_fact(tmp_path: Path) -> None:
    edits = (
        ("对市级精品每个给予", "对绿色工厂复评每个给予"),
        ("| N4   | 精品 | 获评 |", "| N4   | 绿色工厂 | 复评 |"),
    )
    city = changed(tmp_path, GREEN, *edits)
    rows = [row for each in meetings(city) if each.two.id == "N4" for row, _ in each.rows]
    assert [row.id for row in rows] == ["N1c", "N1d"]


def test_all_clauses_settle_measures_of_one_document(tmp_path: Path) -> None:
    edits = (
        ("对市级精品每个给予", "对绿色工厂每个给予"),
        ("| N4   | 精品 | 获评 |", "| N4   | 绿色工厂 | 获评 |"),
        ("不同文件: 不同文件, 全部条款: 全部条款", "不同文件: 全部条款, 全部条款: 全部条款"),
    )
    assert "overlap" in codes(check_overlaps(changed(tmp_path, GREEN, *edits)))


def test_rows_with_equal_sums_may_overlap(tmp_path: Path) -> None:
    """The upper row wins, and it does not matter."""
    edits = (
        (
            "| N1b  | 绿色工厂   | 省级   | 获评 | 40万元#1 |",
            "| N1b  | 绿色工厂   | >= 省级 | 获评 | 80万元 |",
        ),
        ("80万元、40万元类励", "80万元类励"),
        ("40万元#2 |\n  | N1f", "40万元 |\n  | N1f"),
        ("国家级 | 获评 | 40万元#2 |", "国家级 | 获评 | 40万元 |"),
    )
    assert "rows-overlap" not in codes(check_overlaps(changed(tmp_path, GREEN, *edits)))


def test_objects_are_counted_where_a_limit_a_ladder_or_the_history_says_so() -> None:
    city = lianyungang()
    assert counts_objects(_measure("A07"), city)
    assert counts_objects(_measure("B41-2"), city)
    assert not counts_objects(_measure("A03"), city)


def test_awards_of_one_object_are_named_for_both_documents() -> None:
    problem = next(each for each in check_overlaps(lianyungang()) if each.code == "checks.object-between")
    assert "B41-2 首台（套）重大装备" in problem.found
    assert "A07 新技术新产品目录" in problem.expected
    assert problem.detail["holding"] == "同一对象"


def test_without_a_rule_about_objects_there_is_no_note(tmp_path: Path) -> None:
    city = changed(
        tmp_path,
        GREEN,
        ("同一: {口径: 同一事项, 同一事实: 同一事实, 同一对象: 同一对象}", "同一: 同一事实"),
        ("已兑付: 补差", "已兑付: {口径: 同一事项, 同一事实: 补差, 同一对象: 不再兑付}"),
    )
    # The other document still knows objects.
    assert codes(check_overlaps(city)).count("object-between") == 1
    assert check_overlaps(town())
