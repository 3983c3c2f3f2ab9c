"""Expressions as they are read: every kind of node, known and unknown, of the trigger, of a looked-at fact, of the enterprise."""

from __future__ import annotations

from datetime import date
from typing import Any as Anything

import pytest

from duixian.evaluate.condition import Preparer
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.unknown import Unknown
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.rules.fact import Fact
from tests.evaluate.build import KINDS, VOCABULARY, award, dossier, fact, looked_at, project, trigger

AS_OF = date(2028, 12, 31)
C = Comparator
LEVEL, GRADE = trigger("级别", Type.LEVEL), trigger("等级", Type.GRADE)
STOCK = trigger("存量企业", Type.FLAG)
DAY, BASE = trigger("竣工日期", Type.DATE), trigger("有效投入额", Type.MONEY)
NO_STOCK, NO_BASE = Unknown(["投资项目.存量企业"]), Unknown(["投资项目.有效投入额"])
YES, NO = Literal(True, Type.FLAG), Literal(False, Type.FLAG)


def value(expr: Expr, about: Fact, *others: Fact, **subject: Anything) -> Anything:
    read = Preparer(VOCABULARY, {"问": "宽"}, about.kind).read(expr)
    return read(about, None, DossierView(dossier(about, *others, **subject), KINDS, AS_OF))


def level(name: str) -> Literal:
    return Literal(name, Type.LEVEL)


@pytest.mark.parametrize(
    ("comparator", "levels"),
    [
        (C.AT_LEAST, ["省级", "国家级"]),
        (C.AT_MOST, ["市级", "省级"]),
        (C.ABOVE, ["国家级"]),
        (C.BELOW, ["市级"]),
        (C.EQUAL, ["省级"]),
        (C.UNEQUAL, ["市级", "国家级"]),
    ],
)
def test_levels_compare_by_their_rank_in_the_city(comparator: Comparator, levels: list[str]) -> None:
    test = Compare(comparator, LEVEL, level("省级"))
    assert [each for each in VOCABULARY.levels if value(test, award("F", "技术中心", 级别=each))] == levels


def test_a_missing_level_leaves_the_comparison_open() -> None:
    assert value(Compare(C.ABOVE, LEVEL, level("省级")), award("F", "技术中心")) == Unknown(["认定.级别"])


@pytest.mark.parametrize(
    ("comparator", "grades"),
    [(C.AT_LEAST, ["先进级", "卓越级", "领航级"]), (C.BELOW, ["基础级"]), (C.ABOVE, ["卓越级", "领航级"])],
)
def test_grades_compare_within_their_own_title(comparator: Comparator, grades: list[str]) -> None:
    test = Compare(comparator, GRADE, Literal("先进级", Type.GRADE))
    all_grades = ("基础级", "先进级", "卓越级", "领航级")
    assert [each for each in all_grades if value(test, award("F", "智能工厂", 等级=each))] == grades


def test_a_grade_that_the_title_does_not_have_never_fits() -> None:
    test = Compare(C.AT_LEAST, GRADE, Literal("先进级", Type.GRADE))
    assert value(test, award("F", "智能工厂", 等级="九级")) is False
    assert value(test, award("F", "小巨人", 等级="卓越级")) is False
    assert value(test, fact("认定", "F", 等级="卓越级")) is False
    assert value(test, award("F", "智能工厂")) == Unknown(["认定.等级"])


def test_the_grade_of_a_looked_at_fact_is_ranked_by_that_fact_s_title() -> None:
    about, factory = award("F", "小巨人", 等级="先进级"), award("G", "智能工厂", 等级="卓越级")
    at_least = Exists(
        "认定", Compare(C.AT_LEAST, looked_at("等级", Type.GRADE), Literal("卓越级", Type.GRADE))
    )
    assert value(at_least, about, factory) is True
    own = Exists("认定", Compare(C.AT_LEAST, GRADE, looked_at("等级", Type.GRADE)))
    assert value(own, award("F", "智能工厂", "2026-01-01", 等级="基础级"), factory) is True
    assert value(own, about, factory) is False


def test_a_grade_is_compared_with_another_that_may_be_missing() -> None:
    own = Exists("认定", All((Not(Compare(C.EQUAL, looked_at("编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER))),
                            Compare(C.BELOW, GRADE, looked_at("等级", Type.GRADE)))))  # fmt: skip
    about = award("F", "智能工厂", 等级="基础级")
    assert value(own, about, award("G", "智能工厂")) == Unknown(["认定.等级"])
    assert value(own, about) is False


def test_several_names_and_one_name() -> None:
    kinds = Contains(trigger("类别", Type.OPTIONS), ("储能电池", "智改数转网联"))
    assert value(kinds, project("P", 1)) is True
    assert value(kinds, project("P", 1, 类别=("别的", "储能电池"))) is True
    assert value(kinds, project("P", 1, 类别=("别的",))) is False
    assert value(kinds, fact("投资项目", "P")) == Unknown(["投资项目.类别"])
    scale = Contains(FieldRef(Scope.ENTERPRISE, "规上类别", Type.OPTION), ("规上工业", "规上软件"))
    assert value(scale, project("P", 1), 规上类别="规上软件") is True
    assert value(scale, project("P", 1), 规上类别="非规上") is False
    assert value(scale, project("P", 1)) == Unknown(["企业.规上类别"])


@pytest.mark.parametrize(
    ("expr", "found"),
    [
        (All((STOCK, YES)), NO_STOCK),
        (All((STOCK, Compare(C.ABOVE, BASE, BASE))), Unknown([*NO_STOCK.missing, *NO_BASE.missing])),
        (All((STOCK, Compare(C.EQUAL, DAY, DAY))), NO_STOCK),
        (All((STOCK, Compare(C.UNEQUAL, DAY, DAY))), False),
        (All((Compare(C.EQUAL, DAY, DAY), Compare(C.AT_MOST, DAY, DAY))), True),
        (Any((STOCK, Compare(C.UNEQUAL, DAY, DAY))), NO_STOCK),
        (Any((STOCK, Compare(C.ABOVE, BASE, BASE))), Unknown([*NO_STOCK.missing, *NO_BASE.missing])),
        (Any((STOCK, Compare(C.EQUAL, DAY, DAY))), True),
        (Any((Compare(C.UNEQUAL, DAY, DAY), Compare(C.BELOW, DAY, DAY))), False),
        (Not(STOCK), NO_STOCK),
        (Not(Compare(C.EQUAL, DAY, DAY)), False),
        (Not(Compare(C.UNEQUAL, DAY, DAY)), True),
        (IfElse(STOCK, YES, YES), True),
        (IfElse(STOCK, YES, NO), NO_STOCK),
        (IfElse(Compare(C.EQUAL, DAY, DAY), DAY, BASE), date(2026, 6, 30)),
        (IfElse(Compare(C.UNEQUAL, DAY, DAY), DAY, BASE), NO_BASE),
        (IfElse(DecidedAs("问", "宽"), YES, STOCK), True),
    ],
)
def test_logic_knows_what_it_does_not_know(expr: Expr, found: object) -> None:
    assert value(expr, project("P", None)) == found


@pytest.mark.parametrize(
    ("expr", "found"),
    [
        (Sum(BASE, Literal(30, Type.MONEY), 1), 130),
        (Sum(BASE, Literal(30, Type.MONEY), -1), 70),
        (Sum(Literal(30, Type.MONEY), BASE, -1), -70),
        (Shift(DAY, 3, 0), date(2026, 9, 30)),
        (Shift(DAY, 0, 3), date(2026, 7, 3)),
        (Shift(DAY, 8, 1), date(2027, 3, 1)),
        (YearOf(DAY), 2026),
        (YearEnd(YearOf(DAY)), date(2026, 12, 31)),
        (trigger("编号", Type.IDENTIFIER), "P"),
        (Literal("甲", Type.TEXT), "甲"),
    ],
)
def test_arithmetic_gives_what_it_says(expr: Expr, found: object) -> None:
    about = project("P", None, 有效投入额=100)
    assert value(expr, about) == found


@pytest.mark.parametrize(
    "expr", [Sum(BASE, STOCK, 1), Sum(STOCK, BASE, 1), Sum(BASE, DAY, 1), Sum(DAY, BASE, 1)]
)
def test_a_sum_lacks_what_its_sides_lack(expr: Sum) -> None:
    found = value(expr, project("P", None))
    sides = {"有效投入额", "存量企业"} & {getattr(each, "field", "") for each in (expr.left, expr.right)}
    assert found == Unknown(f"投资项目.{each}" for each in sides)


@pytest.mark.parametrize("expr", [Shift(DAY, 1, 1), YearOf(DAY), YearEnd(trigger("年度", Type.YEAR))])
def test_a_date_of_something_missing_is_missing(expr: Expr) -> None:
    field = "年度" if isinstance(expr, YearEnd) else "竣工日期"
    assert value(expr, fact("投资项目", "P")) == Unknown([f"投资项目.{field}"])


SUPPORTED = Exists("上级支持", Compare(C.AT_LEAST, looked_at("级别", Type.LEVEL), level("省级")))


def support(id_: str, **values: str) -> Fact:
    return fact("上级支持", id_, 日期=date(2026, 1, 1), **values)


def test_one_fact_that_fits_is_enough() -> None:
    about = project("P", 1)
    assert value(SUPPORTED, about) is False
    assert value(SUPPORTED, about, support("S", 级别="市级")) is False
    assert value(SUPPORTED, about, support("S", 级别="市级"), support("T", 级别="国家级")) is True
    assert value(SUPPORTED, about, support("S"), support("T", 级别="省级")) is True
    assert value(SUPPORTED, about, support("S"), support("T", 级别="市级")) == Unknown(["上级支持.级别"])


def test_all_fields_that_could_settle_a_search_are_named() -> None:
    both = Exists("上级支持", All((Compare(C.AT_LEAST, looked_at("级别", Type.LEVEL), level("省级")),
                               Compare(C.EQUAL, looked_at("事实编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER)))))  # fmt: skip
    found = value(both, project("P", 1), support("S", 级别="省级"), support("T", 事实编号="P"))
    assert found == Unknown(["上级支持.级别", "上级支持.事实编号"])


def test_a_search_within_a_search_reads_each_kind_by_its_own_name() -> None:
    inner = Exists(
        "上级支持", Compare(C.EQUAL, looked_at("事实编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER))
    )
    outer = Exists("认定", All((inner, Compare(C.AT_LEAST, looked_at("级别", Type.LEVEL), level("省级")))))
    about = project("P", 1)
    assert value(outer, about, support("S", 事实编号="P"), award("F", "技术中心", 级别="省级")) is True
    assert value(outer, about, support("S", 事实编号="P"), award("F", "技术中心")) == Unknown(["认定.级别"])
    assert value(outer, about, award("F", "技术中心", 级别="省级")) is False


LOOKED_UP = Compare(C.AT_LEAST, looked_at("级别", Type.LEVEL), level("省级"))
IS_SOFTWARE = Compare(
    C.EQUAL, FieldRef(Scope.ENTERPRISE, "规上类别", Type.OPTION), Literal("规上软件", Type.OPTION)
)


@pytest.mark.parametrize(
    "condition",
    [
        Any((NO, LOOKED_UP)),
        All((YES, LOOKED_UP)),
        Not(Not(LOOKED_UP)),
        IfElse(LOOKED_UP, YES, NO),
        IfElse(Compare(C.EQUAL, DAY, DAY), LOOKED_UP, NO),
        IfElse(STOCK, LOOKED_UP, LOOKED_UP),
    ],
)
def test_every_part_inside_a_search_sees_the_looked_at_fact(condition: Expr) -> None:
    about = project("P", 1)
    assert value(Exists("上级支持", condition), about, support("S", 级别="国家级")) is True
    assert value(Exists("上级支持", condition), about, support("S", 级别="市级")) is False


@pytest.mark.parametrize(
    "condition",
    [
        Any((LOOKED_UP, IS_SOFTWARE)),
        All((YES, IS_SOFTWARE)),
        Not(Not(IS_SOFTWARE)),
        IfElse(IS_SOFTWARE, YES, NO),
        IfElse(Compare(C.EQUAL, DAY, DAY), IS_SOFTWARE, NO),
        IfElse(STOCK, IS_SOFTWARE, IS_SOFTWARE),
        Compare(C.EQUAL, IS_SOFTWARE, YES),
        Compare(C.EQUAL, YES, IS_SOFTWARE),
    ],
)
def test_every_part_inside_a_search_sees_the_enterprise(condition: Expr) -> None:
    about, city_support = project("P", 1), support("S", 级别="市级")
    assert value(Exists("上级支持", condition), about, city_support, 规上类别="规上软件") is True
    assert value(Exists("上级支持", condition), about, city_support, 规上类别="规上工业") is False


def test_what_is_no_expression_is_a_bug() -> None:
    with pytest.raises(TypeError, match="not an expression"):
        Preparer(VOCABULARY, {}, "认定").prepare("称号")  # type: ignore[arg-type]
