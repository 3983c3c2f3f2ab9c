"""Values as words: equal values have equal words, and what has an order keeps it."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.kernel.values import Names, day_word, told
from duixian.rules.expression import Type
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FieldType
from tests.evaluate.build import VOCABULARY


@pytest.fixture
def names() -> Names:
    return Names(VOCABULARY)


def test_days_are_counted_from_1970() -> None:
    assert [day_word(date(1970, 1, 1)), day_word(date(1969, 12, 31)), day_word(date(2026, 7, 1))] == [
        0,
        -1,
        20635,
    ]


def test_a_name_has_one_number_wherever_it_stands(names: Names) -> None:
    assert names.name("整机") == names.name("整机") != names.name("部件")
    assert names.coded("整机", FieldType.OPTION) == names.coded("整机", FieldType.TITLE) == names.name("整机")


def test_levels_are_their_rank(names: Names) -> None:
    assert [names.coded(each, FieldType.LEVEL) for each in ("市级", "省级", "国家级")] == [0, 1, 2]
    assert names.coded("省级", FieldType.OPTION) != 1


def test_a_level_that_nobody_knows_is_none_of_the_known_ones(names: Names) -> None:
    assert names.coded("县级", FieldType.LEVEL) not in (0, 1, 2)


def test_several_names_are_one_name_in_their_order(names: Names) -> None:
    both = names.coded(("整机", "部件"), FieldType.OPTIONS)
    assert both == names.coded("整机；部件", FieldType.OPTION)
    assert both != names.coded(("部件", "整机"), FieldType.OPTIONS)


def test_texts_of_rules_have_numbers_that_no_text_of_a_fact_has(names: Names) -> None:
    assert [names.text("甲"), names.text("乙"), names.text("甲")] == [-2, -3, -2]
    assert list(names.texts) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("value", "type_", "word"),
    [
        (200, Type.MONEY, 200),
        (True, Type.FLAG, 1),
        (False, Type.FLAG, 0),
        (2026, Type.YEAR, 2026),
        (date(1970, 1, 3), Type.DATE, 2),
        ("国家级", Type.LEVEL, 2),
        ("甲", Type.TEXT, -2),
        ("F1", Type.IDENTIFIER, -2),
    ],
)
def test_a_literal_is_the_word_of_its_value(names: Names, value: Value, type_: Type, word: int) -> None:
    assert names.literal(value, type_) == word


def test_what_values_of_several_types_say_is_equal_only_where_the_values_are() -> None:
    values: list[Value] = ["1", 1, 0, date(1970, 1, 2), "1970-01-02", ("1",), ("甲", "乙"), "甲；乙", -1]
    assert len({told(each) for each in values}) == len(values)
    assert told(True) == told(1)
    assert told("甲") == "甲"
