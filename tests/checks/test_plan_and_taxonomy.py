"""Targets, tasks and the taxonomy in the words of the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from duixian.checks.plan import check_plan
from duixian.checks.taxonomy import check_taxonomy
from tests.checks.town import EQUIPMENT, STEEL, changed, changed_lianyungang, codes, lianyungang, town


def test_the_real_plan_is_whole() -> None:
    assert check_plan(lianyungang()) == []
    assert check_plan(town()) == []


def test_the_real_taxonomy_is_in_the_words_of_the_text() -> None:
    assert check_taxonomy(lianyungang()) == []
    leaves = [branch for chain in lianyungang().policies[0].chains for branch in chain.branches]
    assert len(leaves) == 27
    assert check_taxonomy(town()) == []


def test_a_unit_may_be_written_by_its_alias() -> None:
    """（责任单位：经信局、财政局）: 工信局 by another name."""
    assert town().policies[0].tasks[0].units == ("工信局", "财政局")


def test_a_lost_task_leaves_a_gap(tmp_path: Path) -> None:
    city = changed_lianyungang(tmp_path, EQUIPMENT, ("编号: 9\n组", "编号: 17\n组"))
    assert codes(check_plan(city)) == ["task-number", "task-not-in-text"]


def test_a_product_must_stand_beside_its_leaf(tmp_path: Path) -> None:
    """掘进机 belongs to 煤机装备, and stands in the text of that leaf alone."""
    edit = ("产品: [板材, 型材,", "产品: [掘进机, 型材,")
    (problem,) = check_taxonomy(changed_lianyungang(tmp_path, EQUIPMENT, edit))
    assert (problem.found, problem.expected) == ("掘进机", "矿山机械")


def test_a_chain_of_another_name_is_told(tmp_path: Path) -> None:
    city = changed(tmp_path, STEEL, ("分类: 特种钢材\n", "分类: 特种合金\n"))
    (problem,) = check_taxonomy(city)
    assert (problem.found, problem.expected) == ("特种合金", "重点")


def test_a_unit_outside_the_list_of_units_is_looked_for_by_its_name(tmp_path: Path) -> None:
    city = town()
    task = replace(city.policies[0].tasks[1], units=("市长办",))
    one = replace(city, policies=(replace(city.policies[0], tasks=(city.policies[0].tasks[0], task)),))
    assert codes(check_plan(one)) == ["unit-not-in-text"]
