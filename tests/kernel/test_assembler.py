"""Expressions as code: each node, run by the machine, gives what it says; what is missing is told, what cannot fit is refused."""

from __future__ import annotations

from datetime import date
from functools import reduce
from itertools import product

import pytest

from duixian.kernel import words as w
from duixian.kernel.assembler import BITS, Bits, Unsuitable
from duixian.kernel.machine import DEPTH, NESTING
from duixian.money import MAX_FEN
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
from duixian.rules.fact import Value
from tests.evaluate.build import award, fact, looked_at, project, trigger
from tests.kernel.asking import asked, asking

MONEY = trigger("有效投入额", Type.MONEY)
DAY = trigger("竣工日期", Type.DATE)
YEAR = trigger("年度", Type.YEAR)
OLD = trigger("存量企业", Type.FLAG)
P = project("P", 100, 年度=2026, 存量企业=True)
BARE = fact("投资项目", "P")
AWARD = award("F", "智能工厂", 等级="先进级", 级别="省级", 对象="甲")


def money(fen: int) -> Literal:
    return Literal(fen, Type.MONEY)


def above(left: Expr, fen: int) -> Compare:
    return Compare(Comparator.AT_LEAST, left, money(fen))


def enterprise(field: str, type_: Type) -> FieldRef:
    return FieldRef(Scope.ENTERPRISE, field, type_)


# Single nodes


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (money(7), 7),
        (Literal(True, Type.FLAG), True),
        (Literal(date(1969, 12, 31), Type.DATE), date(1969, 12, 31)),
        (MONEY, 100 * 10_000_00),
        (YEAR, 2026),
        (DAY, date(2026, 6, 30)),
        (OLD, True),
        (Sum(MONEY, money(3), 1), 100 * 10_000_00 + 3),
        (Sum(money(3), MONEY, -1), 3 - 100 * 10_000_00),
        (Shift(DAY, 3, 1), date(2026, 10, 1)),
        (YearOf(Shift(DAY, 6, 1)), 2026),
        (YearOf(Shift(DAY, 7, 0)), 2027),
        (YearEnd(YEAR), date(2026, 12, 31)),
        (YearEnd(YearOf(DAY)), date(2026, 12, 31)),
        (Compare(Comparator.BELOW, DAY, YearEnd(YEAR)), True),
        (Not(OLD), False),
        (IfElse(OLD, MONEY, money(1)), 100 * 10_000_00),
        (IfElse(Not(OLD), MONEY, money(1)), 1),
        (Contains(trigger("类别", Type.OPTIONS), ("智改数转网联", "其他")), True),
        (Contains(trigger("项目名称", Type.TEXT), ("甲", "乙")), {"投资项目.项目名称"}),
    ],
)
def test_a_node_is_what_it_says(expr: Expr, expected: object) -> None:
    assert asked(expr, P) == expected


@pytest.mark.parametrize("comparator", Comparator)
@pytest.mark.parametrize("fen", [99, 100, 101])
def test_numbers_compare_as_python_compares_them(comparator: Comparator, fen: int) -> None:
    wanted = {
        "=": fen == 100,
        "!=": fen != 100,
        ">=": fen >= 100,
        "<=": fen <= 100,
        ">": fen > 100,
        "<": fen < 100,
    }
    about = fact("投资项目", "P", 有效投入额=fen)
    assert asked(Compare(comparator, MONEY, money(100)), about) is wanted[comparator.value]


def test_a_text_is_one_of_several_where_it_is_that_very_text() -> None:
    contains = Contains(trigger("项目名称", Type.TEXT), ("甲", "乙"))
    for name, expected in {"甲": True, "乙": True, "甲乙": False, "丙": False, "": False}.items():
        assert asked(contains, fact("投资项目", "P", 项目名称=name)) is expected


def test_texts_are_equal_within_a_dossier_whatever_they_are_called() -> None:
    same = Compare(Comparator.EQUAL, looked_at("事实编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER))
    supports = [fact("上级支持", f"S{name}", 事实编号=name) for name in ("E", "G", "Z")]
    assert asked(Exists("上级支持", same), AWARD, *supports) is False
    assert asked(Exists("上级支持", same), AWARD, *supports, fact("上级支持", "T", 事实编号="F")) is True


def test_the_number_of_a_fact_can_be_one_that_a_rule_writes_down() -> None:
    same = Compare(Comparator.EQUAL, looked_at("事实编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER))
    written = Compare(Comparator.EQUAL, trigger("编号", Type.IDENTIFIER), Literal("F", Type.IDENTIFIER))
    both = All((written, Exists("上级支持", same)))
    assert asked(both, AWARD, fact("上级支持", "S", 事实编号="F")) is True
    assert asked(both, AWARD, fact("上级支持", "S", 事实编号="G")) is False


# What the enterprise tells, and what two facts tell together


def test_the_enterprise_is_asked_for_cells_and_names() -> None:
    named = Compare(Comparator.EQUAL, enterprise("企业名称", Type.TEXT), Literal("甲", Type.TEXT))
    assert asked(named, P, 企业名称="甲") is True
    assert asked(named, P, 企业名称="乙") is False
    assert asked(named, P) == {"企业.企业名称"}
    large = Compare(Comparator.EQUAL, enterprise("规上类别", Type.OPTION), Literal("规上工业", Type.OPTION))
    assert asked(large, P, 规上类别="规上工业") is True
    assert asked(large, P) == {"企业.规上类别"}


def test_names_of_the_enterprise_and_of_a_fact_compare() -> None:
    same = Compare(Comparator.EQUAL, enterprise("所属地区", Type.AREA), enterprise("规上类别", Type.AREA))
    assert asked(same, P, 所属地区="东海县", 规上类别="东海县") is True
    assert asked(same, P, 所属地区="东海县") == {"企业.规上类别"}


def test_levels_of_two_facts_compare_by_rank() -> None:
    higher = Exists(
        "上级支持", Compare(Comparator.ABOVE, looked_at("级别", Type.LEVEL), trigger("级别", Type.LEVEL))
    )
    assert asked(higher, AWARD, fact("上级支持", "S", 级别="国家级")) is True
    assert asked(higher, AWARD, fact("上级支持", "S", 级别="省级")) is False
    assert asked(higher, AWARD, fact("上级支持", "S", 级别="市级")) is False


@pytest.mark.parametrize("comparator", [Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EQUAL])
@pytest.mark.parametrize(("mine", "other"), list(product(("基础级", "先进级", "卓越级", "星级"), repeat=2)))
def test_grades_of_two_facts_rank_within_the_title_to_the_left(
    comparator: Comparator, mine: str, other: str
) -> None:
    grades = ("基础级", "先进级", "卓越级")
    compare = Compare(comparator, looked_at("等级", Type.GRADE), trigger("等级", Type.GRADE))
    about, earlier = award("F", "小巨人", 等级=mine), award("E", "智能工厂", "2025-01-01", 等级=other)
    if comparator is Comparator.EQUAL:
        expected = other == mine
    elif mine in grades and other in grades:
        step = grades.index(other) - grades.index(mine)
        expected = step > 0 or (step == 0 and comparator is Comparator.AT_LEAST)
    else:
        expected = False
    only_earlier = Compare(Comparator.BELOW, looked_at("日期", Type.DATE), trigger("日期", Type.DATE))
    assert asked(Exists("认定", All((only_earlier, compare))), about, earlier) is expected


def test_a_grade_of_a_title_that_has_none_ranks_nowhere() -> None:
    compare = Compare(Comparator.AT_LEAST, trigger("等级", Type.GRADE), trigger("等级", Type.GRADE))
    assert asked(compare, award("F", "智能工厂", 等级="先进级")) is True
    assert asked(compare, award("F", "小巨人", 等级="先进级")) is False
    assert asked(compare, award("F", "小巨人")) == {"认定.等级"}


# Unknown


THREE: tuple[Value | None, ...] = (200, 100, None)


@pytest.mark.parametrize(("one", "two"), list(product(THREE, repeat=2)))
def test_and_or_and_not_are_three_valued_over_cells(one: int | None, two: int | None) -> None:
    known: dict[str, Value] = {}
    known |= {} if one is None else {"有效投入额": one}
    known |= {} if two is None else {"年度": two}
    about = fact("投资项目", "P", **known)
    first, second = above(MONEY, 150), Compare(Comparator.AT_LEAST, YEAR, Literal(150, Type.YEAR))
    answers = [None if value is None else value >= 150 for value in (one, two)]
    lacking = {f"投资项目.{name}" for name in ("有效投入额", "年度") if name not in known}
    every = False if False in answers else lacking or True
    some = True if True in answers else lacking or False
    for parts in ((first, second), (second, first)):
        assert asked(All(parts), about) == every
        assert asked(Any(parts), about) == some
        assert asked(Not(All(parts)), about) == (not every if isinstance(every, bool) else every)


def test_a_value_lacks_what_its_parts_lack() -> None:
    total = Sum(MONEY, Sum(MONEY, money(1), 1), -1)
    assert asked(total, BARE) == {"投资项目.有效投入额"}
    later = Compare(Comparator.ABOVE, Shift(DAY, 1, 0), YearEnd(YEAR))
    assert asked(later, BARE) == {"投资项目.竣工日期", "投资项目.年度"}
    assert asked(later, fact("投资项目", "P", 年度=2026)) == {"投资项目.竣工日期"}


def test_a_choice_between_two_equal_values_needs_no_condition() -> None:
    unknown = above(MONEY, 1)
    assert asked(IfElse(unknown, money(5), money(5)), BARE) == 5
    assert asked(IfElse(unknown, money(5), money(6)), BARE) == {"投资项目.有效投入额"}
    assert asked(IfElse(unknown, YEAR, YEAR), BARE) == {"投资项目.年度"}
    assert asked(IfElse(unknown, YEAR, YearOf(DAY)), BARE) == {"投资项目.有效投入额"}


def test_what_decides_ends_the_asking_and_what_is_missing_after_it_is_not_told() -> None:
    no, lacks = above(money(0), 1), above(MONEY, 1)
    assert asked(All((no, lacks)), BARE) is False
    assert asked(All((lacks, no)), BARE) is False
    assert asked(Any((Not(no), lacks)), BARE) is True
    assert asked(Any((lacks, Not(no))), BARE) is True
    assert asked(All((lacks, Compare(Comparator.EQUAL, YEAR, YEAR))), BARE) == {
        "投资项目.有效投入额",
        "投资项目.年度",
    }


# 有


def later_than_mine() -> Compare:
    return Compare(Comparator.ABOVE, looked_at("日期", Type.DATE), trigger("竣工日期", Type.DATE))


def test_nothing_exists_where_there_are_no_facts_of_the_kind() -> None:
    assert asked(Exists("认定", Literal(True, Type.FLAG)), P) is False
    assert asked(Exists("认定", Literal(True, Type.FLAG)), P, award("F", "小巨人")) is True


def test_one_fact_that_holds_outweighs_those_that_are_unknown() -> None:
    unknown, holds = fact("认定", "A"), award("B", "小巨人", "2027-01-01")
    assert asked(Exists("认定", later_than_mine()), P, unknown) == {"认定.日期"}
    assert asked(Exists("认定", later_than_mine()), P, unknown, holds) is True
    assert asked(Exists("认定", later_than_mine()), P, holds, unknown) is True
    assert asked(Exists("认定", later_than_mine()), P, award("C", "小巨人", "2025-01-01")) is False


def test_all_that_is_unknown_of_several_facts_is_told() -> None:
    either = Any(
        (later_than_mine(), Compare(Comparator.EQUAL, looked_at("对象", Type.TEXT), Literal("甲", Type.TEXT)))
    )
    undated, unnamed = fact("认定", "A", 对象="乙"), award("B", "小巨人", "2025-01-01")
    assert asked(Exists("认定", either), P, undated, unnamed) == {"认定.日期", "认定.对象"}


def test_the_same_fact_may_be_found_again() -> None:
    same_title = Compare(Comparator.EQUAL, looked_at("称号", Type.TITLE), trigger("称号", Type.TITLE))
    assert asked(Exists("认定", same_title), AWARD) is True


def test_one_exists_inside_another_comes_back_to_the_outer_one() -> None:
    paid_for = Compare(
        Comparator.EQUAL, looked_at("事实编号", Type.IDENTIFIER), trigger("编号", Type.IDENTIFIER)
    )
    inner = Exists("已兑付", paid_for)
    outer = Exists(
        "认定",
        All((inner, Compare(Comparator.EQUAL, looked_at("级别", Type.LEVEL), Literal("省级", Type.LEVEL)))),
    )
    payment = fact("已兑付", "Z", 事实编号="F")
    national = award("E", "小巨人", "2025-01-01", 级别="国家级")
    assert asked(outer, AWARD, payment, national) is True
    assert asked(outer, AWARD, national) is False
    assert asked(outer, award("F", "智能工厂", 级别="市级"), payment, national) is False


def test_exists_may_stand_beside_exists_and_below_a_choice() -> None:
    has_award, has_support = Exists("认定", later_than_mine()), Exists("上级支持", Literal(True, Type.FLAG))
    chosen = IfElse(has_award, has_support, Not(has_support))
    after, support = award("B", "小巨人", "2027-01-01"), fact("上级支持", "S")
    assert [asked(chosen, P, *some) for some in ((), (after,), (support,), (after, support))] == [
        True,
        False,
        False,
        True,
    ]


# What a shape settles, and what it does not


def test_what_the_shape_settles_becomes_one_table() -> None:
    still = All((OLD, Contains(trigger("类别", Type.OPTIONS), ("智改数转网联",))))
    program, assembler = asking(still, "投资项目")
    code = assembler.assemble(still)
    assert code.table is not None
    assert program.book.image[code.at] == w.OP_TEST
    assert asked(still, P) is True
    assert asked(still, fact("投资项目", "P", 存量企业=True)) == {"投资项目.类别"}
    moving = All((OLD, above(MONEY, 1)))
    assert asking(moving, "投资项目")[1].assemble(moving).table is None


def test_the_same_expression_is_assembled_once() -> None:
    expr = above(MONEY, 77)
    program, assembler = asking(expr, "投资项目")
    length = len(program.book.image)
    assert assembler.assemble(expr) == assembler.assemble(above(MONEY, 77))
    assert len(program.book.image) == length


def test_what_the_enterprise_settles_is_looked_up_by_its_own_shape() -> None:
    here = Contains(enterprise("所属地区", Type.AREA), ("东海县",))
    assert asked(here, P, 所属地区="东海县") is True
    assert asked(here, P, 所属地区="海州区") is False
    assert asked(Exists("认定", here), P, AWARD, 所属地区="东海县") is True


# What does not fit


def deep(levels: int) -> Expr:
    """A sum that has to hold so many values at once."""
    start: Expr = MONEY
    return reduce(lambda expr, _: IfElse(OLD, money(1), expr), range(levels), start)


def nested(levels: int) -> Expr:
    start: Expr = Literal(True, Type.FLAG)
    return reduce(lambda expr, _: Exists("认定", expr), range(levels), start)


def test_an_expression_of_the_greatest_depth_is_evaluated_and_a_deeper_one_refused() -> None:
    deepest = (DEPTH - 3) // 2
    assert asked(deep(deepest), fact("投资项目", "P", 有效投入额=5, 存量企业=False)) == 5
    with pytest.raises(Unsuitable, match="too-deep"):
        asking(deep(deepest + 1), "投资项目")


def test_exists_of_the_greatest_depth_is_evaluated_and_a_deeper_one_refused() -> None:
    assert asked(nested(NESTING), AWARD) is True
    with pytest.raises(Unsuitable, match="too-deep"):
        asking(nested(NESTING + 1), "认定")


def test_a_measure_may_ask_for_as_many_fields_as_a_word_has_bits() -> None:
    bits = Bits()
    numbers = [bits.bit("认定", str(number)) for number in range(BITS)]
    assert numbers == [1 << number for number in range(BITS)]
    assert bits.bit("认定", "3") == 8
    assert bits.missing(numbers[0] | numbers[BITS - 1]) == ("认定.0", f"认定.{BITS - 1}")
    with pytest.raises(Unsuitable, match="too-many-fields"):
        bits.bit("认定", "一个太多")


def test_a_sum_of_many_parts_or_a_number_out_of_range_is_refused() -> None:
    def added(parts: int) -> Expr:
        start: Expr = MONEY
        return reduce(lambda expr, _: Sum(expr, MONEY, 1), range(parts - 1), start)

    most = fact("投资项目", "P", 有效投入额=MAX_FEN)
    assert asked(added(8), most) == 8 * MAX_FEN
    for expr, reason in ((added(9), "too-many-added"), (money(MAX_FEN + 1), "number-out-of-range")):
        with pytest.raises(Unsuitable) as refusal:
            asking(expr, "投资项目")
        assert refusal.value.reason == reason


def test_an_open_question_is_answered_before_code_is_written() -> None:
    _, assembler = asking(above(MONEY, 1), "投资项目")
    with pytest.raises(TypeError, match="not an operation"):
        assembler.assemble(All((above(MONEY, 1), DecidedAs("问", "甲"))))
