"""The most that one enterprise can get in a year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from duixian.checks.maximum import check_maximum, yearly_maximum
from duixian.money import format_wan
from duixian.rules.policy import City
from tests.checks.town import GREEN, changed, changed_lianyungang, codes, lianyungang, town


def _fen(city: City, number: str) -> dict[str, str]:
    maximum = yearly_maximum(city.policy(number), city)
    return {each.measure.id: format_wan(each.fen) for each in maximum.measures if each.fen}


def _unbounded(city: City, number: str) -> dict[str, str]:
    maximum = yearly_maximum(city.policy(number), city)
    return {row.row.id: row.per for each in maximum.measures for row in each.unbounded}


def test_limits_ladders_and_first_times_bound_the_manufacturing_document() -> None:
    found = _fen(lianyungang(), "连政办规〔2025〕6号")
    assert found["A03"] == "160万元"  # 80 + 60 + 20: no renewal beside an award
    assert found["A09"] == "500万元"  # one project a year
    assert found["A10"] == "650万元"  # 50 + 200 + 400 as long as each step is paid in full
    assert found["A15-3"] == "20万元"  # 每个企业每年不超过20万元, however many products
    assert found["A14-2"] == "5万元"  # one of two registrations: 首次 is among the row


def test_what_is_counted_per_piece_has_no_bound() -> None:
    assert _unbounded(lianyungang(), "连政办规〔2025〕6号") == dict.fromkeys(
        ["A07", "A13b", "A15b", "A16f"], "对象"
    )


def test_a_sum_per_enterprise_bounds_any_number_of_projects() -> None:
    """B43: 单个企业支持额度最高不超过500万元."""
    assert _fen(lianyungang(), "连政办发〔2023〕36号") == {
        "B43": "500万元",
        "B44a": "200万元",
        "B44c": "500万元",
    }


def test_a_limit_per_project_bounds_no_enterprise() -> None:
    assert _unbounded(lianyungang(), "连政办发〔2023〕36号")["B41a"] == "项目名称"


def test_a_ladder_of_differences_leaves_the_highest_rung(tmp_path: Path) -> None:
    edits = (("全给: 全额, 给差额: 补差", "全给: 补差, 给差额: 全额"),)
    # 80 + 40 + 40, and the 5 of renewing the provincial title beside the national award.
    assert _fen(changed(tmp_path, GREEN, *edits), "镇政规〔2025〕2号")["N1"] == "165万元"
    assert _fen(town(), "镇政规〔2025〕2号")["N1"] == "200万元"


def test_a_ladder_across_measures_joins_them(tmp_path: Path) -> None:
    """绿色与零碳工厂 stands on both tables; where only the higher is paid, the document is less than its measures."""
    city = lianyungang()
    before = yearly_maximum(city.policy("连政办规〔2025〕6号"), city).fen
    folder = changed_lianyungang(
        tmp_path,
        "manufacturing-2025",
        (
            "{口径: 绿色与零碳工厂, 可兼得: 全额, 取高: 就高}, 行: [A16c",
            "{口径: 绿色与零碳工厂, 可兼得: 就高, 取高: 就高}, 行: [A16c",
        ),
    )
    after = yearly_maximum(folder.policy("连政办规〔2025〕6号"), folder).fen
    assert format_wan(before - after) == "120万元"


def test_each_title_of_a_row_counts_once(tmp_path: Path) -> None:
    edits = (
        ("对获评国家级绿色园区、绿色供应链的", "对获评国家级绿色园区、绿色供应链的每项"),
        ("| N1e  | 绿色园区   | 国家级 |", "| N1e  | 绿色园区、绿色供应链 | 国家级 |"),
        ("  | N1f  | 绿色供应链 | 国家级 | 获评 | 40万元#2 |\n", ""),
        ("条目: 6", "条目: 5"),
    )
    assert _fen(changed(tmp_path, GREEN, *edits), "镇政规〔2025〕2号")["N1"] == "200万元"


def test_first_of_each_title_counts_titles(tmp_path: Path) -> None:
    history = "限制:\n  - {每: [企业], 项数: 1, 一次性: 是}\n"
    edits = ((history, "历史: {首次比较: 称号}\n"), ("的一次性奖励", "的奖励"))
    assert _fen(changed(tmp_path, GREEN, *edits), "镇政规〔2025〕2号")["N3"] == "5万元"


def test_a_limit_per_grade_counts_grades(tmp_path: Path) -> None:
    edits = (
        ("每: [企业], 项数: 1, 一次性: 是", "每: [企业, 等级], 项数: 1, 一次性: 是"),
        ("| 贯标 | 2星级 | 首次", "| 贯标 | <= 2星级 | 首次"),
    )
    assert _fen(changed(tmp_path, GREEN, *edits), "镇政规〔2025〕2号")["N3"] == "5万元"


def test_the_note_lists_what_makes_up_the_sum() -> None:
    first, second, together = check_maximum(lianyungang())
    assert codes([first, second, together]) == ["maximum", "maximum", "maximum-together"]
    assert "A12 重点工业互联网平台：320万元（A12a×6、A12b）" in second.detail["table"]
    assert "A07 新技术新产品目录：5万元／对象" in second.detail["unbounded"]
    assert together.found == "4330万元"


def test_a_city_of_one_document_has_no_sum_of_documents(tmp_path: Path) -> None:
    city = changed(tmp_path, GREEN)
    assert codes(check_maximum(_only(city, "镇政规〔2025〕2号"))) == ["maximum"]


def _only(city: City, number: str) -> City:
    return replace(city, policies=(city.policy(number),))
