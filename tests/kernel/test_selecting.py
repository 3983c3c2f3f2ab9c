"""Selectors against shapes: yes, no, or the fields that are missing."""

from __future__ import annotations

from typing import Any

import pytest

from duixian.kernel.layout import Layout
from duixian.kernel.selecting import selected, titles_of
from duixian.kernel.still import Shape
from duixian.rules.expression import Comparator
from duixian.rules.fact import Value
from duixian.rules.measure import AwardRow, Selector
from tests.evaluate.build import VOCABULARY, city, measure, policy, row

BITS = {"级别": 1, "等级": 2, "类别": 4}


def selects(chosen: AwardRow, kind: str = "认定", title: str = "智能工厂", **values: Value) -> int:
    here = Layout(city(policy(measure("08", (chosen,), kind=kind)))).kinds[kind]
    return selected(chosen, Shape(values, title), here, VOCABULARY, BITS.__getitem__)


def at_least(field: str, name: str, comparator: Comparator = Comparator.AT_LEAST) -> AwardRow:
    chosen: dict[str, Any] = {field: Selector(field, comparator, (name,))}
    return row("a", 1, **chosen)


def test_one_of_several_names_is_taken() -> None:
    chosen = row("a", 1, 级别=("省级", "国家级"))
    assert [selects(chosen, 级别=each) for each in ("市级", "省级", "国家级")] == [0, 1, 1]


def test_the_title_is_for_others_to_look_at() -> None:
    assert selects(row("a", 1, 称号="小巨人")) == 1
    here = Layout(city(policy(measure("08", (row("a", 1, 称号=("小巨人", "技术中心")),))))).kinds["认定"]
    assert titles_of(row("a", 1, 称号=("小巨人", "技术中心")), here) == {"小巨人", "技术中心"}
    assert titles_of(row("a", 1, 级别="省级"), here) == frozenset()


@pytest.mark.parametrize(
    ("comparator", "taken"),
    [
        (Comparator.AT_LEAST, [0, 1, 1]),
        (Comparator.AT_MOST, [1, 1, 0]),
        (Comparator.ABOVE, [0, 0, 1]),
        (Comparator.BELOW, [1, 0, 0]),
        (Comparator.UNEQUAL, [1, 0, 1]),
    ],
)
def test_levels_and_grades_are_taken_by_rank(comparator: Comparator, taken: list[int]) -> None:
    level, grade = at_least("级别", "省级", comparator), at_least("等级", "先进级", comparator)
    assert [selects(level, 级别=each) for each in ("市级", "省级", "国家级")] == taken
    assert [selects(grade, 等级=each) for each in ("基础级", "先进级", "卓越级")] == taken


def test_a_grade_that_the_title_does_not_have_is_never_taken() -> None:
    assert selects(at_least("等级", "基础级"), title="小巨人", 等级="先进级") == 0


def test_one_of_the_several_names_of_a_fact_is_enough() -> None:
    chosen = row("a", 1, 类别=("整机", "软件"))
    assert selects(chosen, "投资项目", "", 类别=("部件", "软件")) == 1
    assert selects(chosen, "投资项目", "", 类别=("部件",)) == 0


def test_what_is_missing_is_told_unless_another_field_says_no() -> None:
    chosen = row("a", 1, 级别="省级", 等级="先进级")
    assert selects(chosen) == -3
    assert selects(chosen, 级别="省级") == -2
    assert selects(chosen, 级别="市级") == 0
    assert selects(chosen, 等级="先进级") == -1
