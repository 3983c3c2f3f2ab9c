"""Changes of one parameter: the measure is another in that alone, or nothing answers to the change."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from duixian.kernel.changes import Change, NoSuchValue, NothingToChange, Parameter, changed
from duixian.money import MAX_FEN
from duixian.rules.expression import All, Comparator, Compare, Exists, Literal, Type
from duixian.rules.measure import FixedSum, Limit, Measure, RateOfBase
from tests.evaluate.build import WAN, at_least, looked_at, measure, rate_row, row, trigger

NUMBER = "甲〔2025〕1号"
RATED = measure(
    "09",
    (rate_row("a", 12, 500), rate_row("b", 8, None), row("c", 20)),
    kind="投资项目",
    condition=All((at_least("有效投入额", 200 * WAN), at_least("有效投入额", 200 * WAN))),
    limits=(Limit(("企业",), max_count=2), Limit(("企业", "年度"), max_fen=800 * WAN)),
)


def change(parameter: Parameter, value: int | Fraction, row_: str = "", was: int | None = None) -> Change:
    return Change(NUMBER, "09", parameter, value, row_, was)


def ceilings(rules: Measure) -> list[int | None]:
    return [
        each.amount.fen if isinstance(each.amount, FixedSum) else each.amount.cap_fen for each in rules.rows
    ]


def rates(rules: Measure) -> list[Fraction | None]:
    return [each.amount.rate if isinstance(each.amount, RateOfBase) else None for each in rules.rows]


def test_a_ceiling_is_a_sum_or_a_cap_and_what_has_none_stays_without() -> None:
    assert ceilings(changed(RATED, change(Parameter.CEILING, 7 * WAN))) == [7 * WAN, None, 7 * WAN]
    assert ceilings(changed(RATED, change(Parameter.CEILING, 7 * WAN, "c"))) == [500 * WAN, None, 7 * WAN]


def test_a_rate_is_changed_in_every_row_or_in_one() -> None:
    third = Fraction(1, 3)
    assert rates(changed(RATED, change(Parameter.RATE, third))) == [third, third, None]
    assert rates(changed(RATED, change(Parameter.RATE, third, "b"))) == [Fraction(12, 100), third, None]
    assert rates(changed(RATED, change(Parameter.RATE, 1, "b")))[1] == 1


def test_a_threshold_is_changed_wherever_it_stands() -> None:
    found = changed(RATED, change(Parameter.THRESHOLD, 300 * WAN, was=200 * WAN))
    assert found.condition.root == All((at_least("有效投入额", 300 * WAN), at_least("有效投入额", 300 * WAN)))
    assert replace(found, condition=RATED.condition) == RATED


def test_a_threshold_of_one_row_leaves_the_others_and_the_measure_alone() -> None:
    bars = tuple(replace(row(id_, 20), condition=RATED.condition) for id_ in "xy")
    found = changed(replace(RATED, rows=bars), change(Parameter.THRESHOLD, 1, "x", 200 * WAN))
    assert found.condition == RATED.condition
    assert [each.condition == RATED.condition for each in found.rows] == [False, True]


def test_a_threshold_is_found_inside_exists_and_only_among_sums_and_counts() -> None:
    inner = Compare(Comparator.AT_LEAST, looked_at("年度", Type.YEAR), Literal(5, Type.YEAR))
    counted = Compare(Comparator.AT_LEAST, looked_at("台数", Type.COUNT), Literal(5, Type.COUNT))
    rules = measure(
        "09", (row("a", 1),), kind="投资项目", condition=Exists("投资项目", All((inner, counted)))
    )
    found = changed(rules, change(Parameter.THRESHOLD, 6, was=5))
    assert found.condition.root == Exists(
        "投资项目",
        All((inner, Compare(Comparator.AT_LEAST, looked_at("台数", Type.COUNT), Literal(6, Type.COUNT)))),
    )


def test_a_flag_is_no_number() -> None:
    flag = Compare(Comparator.EQUAL, trigger("存量企业", Type.FLAG), Literal(True, Type.FLAG))
    rules = measure("09", (row("a", 1),), kind="投资项目", condition=flag)
    with pytest.raises(NothingToChange):
        changed(rules, change(Parameter.THRESHOLD, 0, was=1))


def test_a_limit_is_changed_by_what_it_was() -> None:
    found = changed(RATED, change(Parameter.LIMIT, 3, was=2)).limits
    assert [(each.max_count, each.max_fen) for each in found] == [(3, None), (None, 800 * WAN)]
    found = changed(RATED, change(Parameter.LIMIT, WAN, was=800 * WAN)).limits
    assert [(each.max_count, each.max_fen) for each in found] == [(2, None), (None, WAN)]


def test_the_value_that_holds_already_is_no_mistake() -> None:
    assert changed(RATED, change(Parameter.CEILING, 20 * WAN, "c")) == RATED
    assert changed(RATED, change(Parameter.RATE, Fraction(8, 100), "b")) == RATED


@pytest.mark.parametrize(
    "wrong",
    [
        change(Parameter.CEILING, 5, "b"),
        change(Parameter.CEILING, 5, "d"),
        change(Parameter.RATE, Fraction(1, 2), "c"),
        change(Parameter.THRESHOLD, 5, was=1),
        change(Parameter.THRESHOLD, 5),
        change(Parameter.LIMIT, 5, was=1),
    ],
)
def test_what_answers_to_nothing_is_told(wrong: Change) -> None:
    with pytest.raises(NothingToChange, match=f"09.*{wrong.parameter}"):
        changed(RATED, wrong)


@pytest.mark.parametrize("value", [-1, Fraction(-1, 3), MAX_FEN + 1])
@pytest.mark.parametrize("parameter", Parameter)
def test_no_parameter_is_below_zero_or_above_all_sums(parameter: Parameter, value: int | Fraction) -> None:
    with pytest.raises(NoSuchValue):
        changed(RATED, change(parameter, value, was=2))
