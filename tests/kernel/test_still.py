"""What a shape settles: three-valued logic over coded fields, ranks of levels and grades."""

from __future__ import annotations

from itertools import product
from typing import Any as Anything

import pytest

from duixian.kernel.still import Answer, Lacking, Shape, ranks_hold, settle
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    Exists,
    Expr,
    IfElse,
    Literal,
    Not,
    Type,
)
from duixian.rules.fact import Value
from tests.evaluate.build import VOCABULARY, trigger

FIELDS = ("甲", "乙", "丙")
THREE: tuple[bool | None, ...] = (True, False, None)
"""Yes, no, unknown."""
FACTORY, NO_TITLE = "智能工厂", ""


def bit(name: str) -> int:
    return 1 << FIELDS.index(name) if name in FIELDS else 1 << 10


def flag(name: str) -> Expr:
    return trigger(name, Type.FLAG)


def settled(expr: Expr, title: str = NO_TITLE, **values: Value | None) -> Answer:
    known = {name: value for name, value in values.items() if value is not None}
    return settle(expr, Shape(known, title), VOCABULARY, bit)


def mask_of(**values: bool | None) -> Lacking:
    return Lacking(sum(bit(name) for name, value in values.items() if value is None))


@pytest.mark.parametrize(("one", "two", "three"), list(product(THREE, repeat=3)))
def test_all_and_any_are_known_as_soon_as_one_part_decides(
    one: bool | None, two: bool | None, three: bool | None
) -> None:
    parts = tuple(map(flag, FIELDS))
    values: dict[str, Anything] = dict(zip(FIELDS, (one, two, three), strict=True))
    lacking = mask_of(**values)
    every = False if False in values.values() else lacking if lacking.mask else True
    some = True if True in values.values() else lacking if lacking.mask else False
    assert settled(All(parts), **values) == every
    assert settled(Any(parts), **values) == some


@pytest.mark.parametrize("value", THREE)
def test_not_turns_what_is_known(value: bool | None) -> None:
    expected = Lacking(1) if value is None else not value
    assert settled(Not(flag("甲")), 甲=value) == expected


@pytest.mark.parametrize(("one", "two", "three"), list(product(THREE, repeat=3)))
def test_a_choice_between_equal_values_needs_no_condition(
    one: bool | None, two: bool | None, three: bool | None
) -> None:
    answers = {"乙": two if two is not None else Lacking(2), "丙": three if three is not None else Lacking(4)}
    alike = answers["乙"] if answers["乙"] == answers["丙"] else Lacking(1)
    expected = alike if one is None else answers["乙" if one else "丙"]
    assert settled(IfElse(flag("甲"), flag("乙"), flag("丙")), 甲=one, 乙=two, 丙=three) == expected


def test_both_sides_of_a_comparison_can_be_missing() -> None:
    compare = Compare(Comparator.EQUAL, trigger("甲", Type.OPTION), trigger("乙", Type.OPTION))
    assert settled(compare) == Lacking(3)
    assert settled(compare, 甲="整机") == Lacking(2)
    assert settled(compare, 乙="整机") == Lacking(1)
    assert settled(compare, 甲="整机", 乙="整机") is True


@pytest.mark.parametrize("comparator", Comparator)
@pytest.mark.parametrize(("one", "two"), list(product(range(3), repeat=2)))
def test_levels_compare_by_rank(comparator: Comparator, one: int, two: int) -> None:
    levels = VOCABULARY.levels
    compare = Compare(comparator, trigger("级别", Type.LEVEL), Literal(levels[two], Type.LEVEL))
    assert settled(compare, 级别=levels[one]) is holds(comparator, one, two)


@pytest.mark.parametrize("comparator", Comparator)
@pytest.mark.parametrize(("one", "two"), list(product(range(4), repeat=2)))
def test_grades_compare_by_their_rank_within_the_title(comparator: Comparator, one: int, two: int) -> None:
    grades = [names[0] for names in VOCABULARY.titles[FACTORY].grades]
    compare = Compare(comparator, trigger("等级", Type.GRADE), Literal(grades[two], Type.GRADE))
    assert settled(compare, FACTORY, 等级=grades[one]) is holds(comparator, one, two)


def holds(comparator: Comparator, one: int, two: int) -> bool:
    return {
        "=": one == two,
        "!=": one != two,
        ">=": one >= two,
        "<=": one <= two,
        ">": one > two,
        "<": one < two,
    }[comparator.value]


@pytest.mark.parametrize("title", ["小巨人", "无此称号", ""])
def test_no_grade_ranks_within_a_title_that_does_not_have_it(title: str) -> None:
    for comparator in (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.ABOVE, Comparator.BELOW):
        assert not ranks_hold(comparator, "先进级", "先进级", title, VOCABULARY)
    assert not ranks_hold(Comparator.AT_LEAST, "先进级", "星级", FACTORY, VOCABULARY)


def test_one_of_several_names_is_enough() -> None:
    contains = Contains(trigger("类别", Type.OPTIONS), ("整机", "软件"))
    assert settled(contains, 类别=("部件", "软件")) is True
    assert settled(contains, 类别=("部件",)) is False
    assert settled(contains) == Lacking(bit("类别"))
    assert settled(Contains(trigger("类别", Type.OPTION), ("整机", "软件")), 类别="软件") is True


def test_what_looks_at_other_facts_is_not_settled_by_a_shape() -> None:
    with pytest.raises(TypeError, match="not settled"):
        settled(Exists("认定", flag("甲")))
