"""Shapes: facts with the same names are alike, whatever their money and days."""

from __future__ import annotations

from duixian.kernel.layout import KindLayout, Layout
from duixian.kernel.shapes import OTHER, Shapes
from tests.evaluate.build import city, measure, policy, row

ROWS = (row("a", 1, 称号="小巨人", 对象=("甲", "乙")), row("b", 1, 称号="技术中心", 级别="省级"))


def layout() -> KindLayout:
    return Layout(city(policy(measure("08", ROWS)))).kinds["认定"]


def test_the_same_values_are_one_shape() -> None:
    shapes = Shapes(layout())
    one = shapes.number_of({"称号": "小巨人", "级别": "省级", "日期": 1})
    assert shapes.number_of({"级别": "省级", "称号": "小巨人"}) == one
    assert len(shapes.all) == 1
    assert shapes.all[one].values == {"称号": "小巨人", "级别": "省级"}
    assert shapes.all[one].title == "小巨人"


def test_a_missing_value_is_none_of_the_others() -> None:
    shapes = Shapes(layout())
    numbers = [
        shapes.number_of({"称号": "小巨人", **level}) for level in ({}, {"级别": "市级"}, {"级别": "省级"})
    ]
    assert numbers == [0, 1, 2]
    assert "级别" not in shapes.all[0].values


def test_a_fact_without_a_title_has_none() -> None:
    shapes = Shapes(layout())
    assert shapes.all[shapes.number_of({})].title == ""


def test_texts_that_no_row_asks_for_are_alike() -> None:
    shapes = Shapes(layout())
    numbers = [shapes.number_of({"对象": text}) for text in ("丙", "丁", "甲", "乙", "丙")]
    assert numbers == [0, 0, 1, 2, 0]
    assert shapes.all[0].values == {"对象": OTHER}
    assert shapes.number_of({}) == 3


def test_a_shape_is_found_by_its_key_as_by_its_values() -> None:
    shapes = Shapes(layout())
    values = {"称号": "技术中心", "级别": "省级", "对象": "甲"}
    key = tuple(values.get(name) for name in shapes.coded)
    assert shapes.number(key) == shapes.number_of(values)
    assert shapes.keys[shapes.number(key)] == key


def test_several_names_in_another_order_are_another_shape() -> None:
    chosen = row("a", 1, 类别="整机")
    here = Layout(city(policy(measure("09", (chosen,), kind="投资项目")))).kinds["投资项目"]
    shapes = Shapes(here)
    assert shapes.number_of({"类别": ("整机", "部件")}) != shapes.number_of({"类别": ("部件", "整机")})
