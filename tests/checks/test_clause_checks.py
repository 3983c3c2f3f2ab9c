"""Kinds of clauses, control totals, annotations, titles that the text mentions."""

from __future__ import annotations

from pathlib import Path

import pytest

from duixian.checks.annotations import check_annotations
from duixian.checks.clause_kinds import check_clause_kinds
from duixian.checks.control_total import check_control_total
from duixian.checks.titles_in_text import check_titles_in_text, titles_of
from duixian.rules.clause import ClauseKind
from tests.checks.town import (
    EQUIPMENT,
    GREEN,
    MANUFACTURING,
    STEEL,
    changed,
    changed_lianyungang,
    codes,
    lianyungang,
    town,
)


@pytest.mark.parametrize(
    "check",
    [check_annotations, check_clause_kinds, check_control_total, check_titles_in_text],
    ids=lambda each: each.__name__,
)
def test_the_real_documents_pass(check: object) -> None:
    assert callable(check)
    assert check(lianyungang()) == []
    assert check(town()) == []


def test_the_documents_have_61_and_15_awards() -> None:
    totals = [sum(clause.atom_count for clause in policy.clauses) for policy in lianyungang().policies]
    assert totals == [15, 61]


def test_a_row_too_many_is_counted_too(tmp_path: Path) -> None:
    row = "| N1f  | 绿色供应链 | 国家级 | 获评 | 40万元#2 |\n"
    city = changed(tmp_path, GREEN, (row, f"{row}  {row.replace('N1f', 'N1g').replace('国家级', '省级  ')}"))
    (problem,) = check_control_total(city)
    assert (problem.found, problem.expected) == ("7", "6")


def test_a_total_without_any_row_is_told(tmp_path: Path) -> None:
    city = changed(
        tmp_path, STEEL, ("名称: 壮大规模\n类型: [任务, 目标]", "名称: 壮大规模\n类型: [任务, 目标]\n条目: 2")
    )
    (problem,) = check_control_total(city)
    assert (problem.found, problem.expected, problem.clause) == ("0", "2", "任务1")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("类型: [任务, 目标]", "类型: [任务]", ["rule-without-kind"]),
        ("类型: [任务, 分类]", "类型: [分类]", ["rule-without-kind"]),
        ("类型: [任务, 分类]", "类型: [任务]", ["rule-without-kind"]),
        ("类型: [就高, 有效期]", "类型: [程序]", ["rule-without-kind", "rule-without-kind"]),
        ("类型: [就高, 有效期]", "类型: [就高, 有效期, 排除]", ["kind-without-rule"]),
        ("类型: [公文]", "类型: [公文, 奖励]", ["kind-without-rule"]),
        ("类型: [公文]", "类型: [公文, 任务, 财政, 原则]", []),
    ],
)
def test_kinds_and_rules_answer_each_other(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert codes(check_clause_kinds(changed(tmp_path, STEEL, (old, new)))) == expected


def test_a_bar_that_only_an_option_raises_needs_no_kind() -> None:
    """连政办规〔2025〕6号 has no negative list; an officer may decide for one."""
    policy = lianyungang().policy("连政办规〔2025〕6号")
    assert policy.exclusions
    assert ClauseKind.EXCLUSION not in policy.clause(policy.exclusions[0].clause).kinds


def test_annotations_may_quote_white_space(tmp_path: Path) -> None:
    """装备制造业 高质量发展, with the space of the original."""
    quotes = [note.written for clause in lianyungang().policies[0].clauses for note in clause.annotations]
    assert "装备制造业 高质量发展" in quotes
    city = changed(tmp_path, GREEN, ("{原文: 类励,", "{原文: 40 万元,"))
    assert check_annotations(city) == []


def test_a_mended_scan_error_is_told(tmp_path: Path) -> None:
    city = changed_lianyungang(tmp_path, MANUFACTURING, ("不超过2万元类励", "不超过2万元奖励"))
    assert codes(check_annotations(city)) == ["annotation-absent"]


def test_titles_in_conditions_count_as_used() -> None:
    """CMMM needs a 智能工厂: named in the condition, not in the table."""
    measure = next(each for each in lianyungang().measures if each.id == "A11-2")
    assert {"智能制造能力成熟度", "智能工厂"} <= titles_of(measure)


def test_titles_in_conditions_with_several_names_count_too(tmp_path: Path) -> None:
    edits = (
        ("对市级精品每个", "对智能工厂和市级精品每个"),
        (
            "编号: N4\n触发: 认定\n",
            "编号: N4\n触发: 认定\n条件: 非 (有 认定(称号 属于 (智能工厂、绿色工厂)))\n",
        ),
    )
    assert check_titles_in_text(changed(tmp_path, GREEN, *edits)) == []


def test_the_longest_title_at_a_place_is_meant(tmp_path: Path) -> None:
    """近零碳工厂 is no mention of 零碳工厂."""
    edit = ("| A17b | 零碳工厂             | 国家级 |", "| A17b | 近零碳工厂           | 国家级 |")
    city = changed_lianyungang(tmp_path, MANUFACTURING, edit)
    assert {problem.expected for problem in check_titles_in_text(city)} <= {"零碳工厂"}


def test_clauses_without_awards_may_mention_any_title(tmp_path: Path) -> None:
    city = changed_lianyungang(
        tmp_path, EQUIPMENT, ("支持企业创建工业互联网标杆工厂", "支持企业创建绿色工厂和工业互联网标杆工厂")
    )
    assert check_titles_in_text(city) == []
