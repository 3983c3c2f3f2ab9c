"""Rows that no fact can reach."""

from __future__ import annotations

from pathlib import Path

from duixian.checks.unreachable import check_unreachable
from tests.checks.town import EQUIPMENT, GREEN, STEEL, changed, changed_lianyungang, codes, lianyungang, town


def test_every_row_of_the_real_documents_can_be_reached() -> None:
    assert check_unreachable(lianyungang()) == []


def test_every_row_of_the_town_can_be_reached() -> None:
    assert check_unreachable(town()) == []


def test_rows_above_may_take_everything_together(tmp_path: Path) -> None:
    """2星级 and 3星级 leave nothing of >= 2星级."""
    rows = "| N3a  | 贯标 | 2星级 | 首次 | 2万元 |\n  | N3b  | 贯标 | 3星级 | 首次 | 3万元 |\n"
    city = changed(tmp_path, GREEN, (rows, f"{rows}  | N3c  | 贯标 | >= 2星级 | 首次 | 3万元 |\n"))
    (problem,) = check_unreachable(city)
    assert problem.code == "checks.row-shadowed"
    assert (problem.found, problem.expected) == ("N3c", "N3a、N3b")


def test_a_row_for_renewals_is_not_shadowed_by_one_for_awards(tmp_path: Path) -> None:
    city = changed(
        tmp_path, GREEN, ("| N1f  | 绿色供应链 | 国家级 | 获评", "| N1f  | 绿色园区   | 国家级 | 复评")
    )
    assert check_unreachable(city) == []


def test_a_row_is_not_shadowed_by_one_with_a_condition(tmp_path: Path) -> None:
    head, line, row = (
        "| 编号 | 称号 | 等级  | 轮次 | 最高  |",
        "|------|------|-------|------|-------|",
        "| N3a  | 贯标 | 2星级 | 首次 | 2万元 |",
    )
    edits = (
        (head, f"{head} 条件 |"),
        (line, f"{line}------|"),
        (row, f"{row.replace('2星级', '3星级')} 有 认定(称号 = 绿色工厂) |"),
        ("3星级 | 首次 | 3万元 |\n", "3星级 | 首次 | 3万元 |  |\n"),
    )
    assert check_unreachable(changed(tmp_path, GREEN, *edits)) == []


def test_a_condition_against_the_titles_is_contradictory(tmp_path: Path) -> None:
    city = changed(
        tmp_path, GREEN, ("编号: N4\n触发: 认定\n", "编号: N4\n触发: 认定\n条件: 称号 = 绿色工厂\n")
    )
    assert codes(check_unreachable(city)) == ["condition-contradictory"]


def test_a_threshold_that_the_measure_excludes_is_never_met(tmp_path: Path) -> None:
    city = changed(tmp_path, STEEL, ("范围: 类别 含 技改\n", "范围: 类别 含 技改 且 投入额 < 50万元\n"))
    assert codes(check_unreachable(city)) == ["row-unreachable"]


def test_a_level_that_the_title_does_not_have_is_said_plainly(tmp_path: Path) -> None:
    """创新中心 exists from 市级 on."""
    edit = ("| B42b | 创新中心 | 省级   |", "| B42b | 创新中心 | 县级   |")
    (problem,) = check_unreachable(changed_lianyungang(tmp_path, EQUIPMENT, edit))
    assert problem.code == "checks.level-not-of-title"
    assert (problem.found, problem.expected) == ("县级", "市级、省级、国家级")


def test_a_row_under_an_option_that_does_not_hold_waits(tmp_path: Path) -> None:
    old = "| N3b  | 贯标 | 3星级 |"
    city = changed(
        tmp_path,
        GREEN,
        (old, old),
        ("编号: N3\n触发: 认定\n", "编号: N3\n触发: 认定\n条件: 口径 追溯 = 追溯\n"),
    )
    problems = check_unreachable(city)
    assert codes(problems) == ["row-waits", "row-waits"]
    assert {problem.expected for problem in problems} == {"追溯"}
