"""Arrow columns in every dress that a reader may hand over: plain or dictionary, in chunks, cut out of longer ones, with gaps, empty."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel.arrow import (
    WIDEST_CODE,
    code_keys,
    code_texts,
    coded,
    is_of_texts,
    numbers,
    plain_texts,
    texts,
    told_texts,
    whole,
)
from duixian.kernel.shapes import OTHER
from duixian.kernel.values import day_word, told
from duixian.kernel.words import MISSING
from duixian.rules.vocabulary import FieldType

NAMES = ["甲", None, "乙", "甲", "", "丙丁"]


def dressed(values: list[str | None]) -> dict[str, Any]:
    """The same texts as columns of every kind."""
    plain = pa.array(values, pa.string())
    longer = pa.array(["前", *values, None, "后"], pa.large_string())
    other = pa.array([None, "乙", *values], pa.string()).dictionary_encode()
    with_null = pa.DictionaryArray.from_arrays(
        pa.array([0 if each is None else values.index(each) + 1 for each in values], pa.int32()),
        pa.array([None, *(each if each is not None else "?" for each in values)]),
    )
    half = len(values) // 2
    return {
        "plain": plain,
        "large": pa.array(values, pa.large_string()),
        "view": pa.array(values, pa.string_view()),
        "dictionary": plain.dictionary_encode(),
        "large dictionary": pa.array(values, pa.large_string()).dictionary_encode(),
        "null in the dictionary": with_null,
        "sliced": longer.slice(1, len(values)),
        "sliced dictionary": other.slice(2),
        "chunks": pa.chunked_array([plain[:half], plain[half:half], plain[half:]]),
        "dictionary chunks": pa.chunked_array(
            [plain[:half].dictionary_encode(), plain[half:].dictionary_encode()]
        ),
        "one chunk": pa.chunked_array([longer]).slice(1, len(values)),
    }


DRESSES = list(dressed(NAMES))


@pytest.mark.parametrize("dress", DRESSES)
def test_texts_are_read_from_every_dress(dress: str) -> None:
    column = dressed(NAMES)[dress]
    assert is_of_texts(column.type)
    assert plain_texts(column).to_pylist() == NAMES
    found = texts([column, column])
    read = [
        bytes(found.data[one:two]).decode()
        for one, two in zip(found.offsets, found.offsets[1:], strict=False)
    ]
    assert read == [each or "" for each in NAMES] * 2


@pytest.mark.parametrize("dress", DRESSES)
def test_names_are_coded_from_every_dress(dress: str) -> None:
    found = coded(dressed(NAMES)[dress])
    assert [None if place < 0 else found.names[place] for place in found.places] == NAMES


@pytest.mark.parametrize("dress", DRESSES)
def test_names_that_nobody_asks_for_are_one_and_the_same(dress: str) -> None:
    found = coded(dressed(NAMES)[dress], frozenset({"甲", "戊"}))
    read = [None if place < 0 else found.names[place] for place in found.places]
    assert read == ["甲", None, OTHER, "甲", OTHER, OTHER]


def test_columns_without_a_row_are_read() -> None:
    for dress, column in dressed([]).items():
        assert len(texts([column]).offsets) == 1, dress
        assert list(coded(column).places) == []
        assert list(code_keys(texts([column]))) == []
    assert len(texts([]).offsets) == 1
    for type_ in (pa.int64(), pa.date32(), pa.bool_(), pa.null()):
        assert len(numbers(pa.chunked_array([], type_))) == 0


def test_a_column_in_which_everything_is_missing_may_have_no_type() -> None:
    nothing = pa.nulls(3)
    assert list(numbers(nothing)) == [MISSING] * 3
    assert list(coded(nothing).places) == [-1] * 3
    assert plain_texts(nothing).to_pylist() == [None] * 3


def test_numbers_days_and_flags_are_words() -> None:
    assert list(numbers(pa.array([1, None, -5], pa.int64()))) == [1, MISSING, -5]
    assert list(numbers(pa.array([7, None], pa.int16()))) == [7, MISSING]
    days = [date(2026, 7, 1), None, date(1969, 12, 31)]
    assert list(numbers(pa.array(days))) == [day_word(date(2026, 7, 1)), MISSING, -1]
    longer = pa.chunked_array([pa.array([9, 1, None]), pa.array([4], pa.int64())])
    assert list(numbers(longer.slice(1))) == [1, MISSING, 4]
    assert list(numbers(pa.array([0, 1, None, 2, 3], pa.int64()).slice(1, 3))) == [1, MISSING, 2]


def test_flags_are_names_too() -> None:
    for column in (pa.array([True, None, False]), pa.array([None, True, None, False, True]).slice(1, 3)):
        found = coded(column)
        assert [None if place < 0 else found.names[place] for place in found.places] == [True, None, False]


def test_one_piece_is_taken_as_it_is() -> None:
    array = pa.array([1, 2])
    assert whole(array) is array
    assert whole(pa.chunked_array([array])).equals(array)
    assert whole(pa.chunked_array([array, array])).to_pylist() == [1, 2, 1, 2]


# Codes


CODES = st.lists(st.text("0A9XZé", max_size=30), min_size=1, max_size=20)


@given(CODES)
def test_numbers_of_codes_order_as_their_bytes_do(codes: list[str]) -> None:
    keys = [tuple(map(int, key)) for key in code_keys(texts([pa.array(codes, pa.string())]))]
    for code, key in zip(codes, keys, strict=True):
        for other, other_key in zip(codes, keys, strict=True):
            assert (key < other_key) == (code.encode() < other.encode())
            assert (key == other_key) == (code == other)


@pytest.mark.parametrize("length", [0, 1, 18, WIDEST_CODE, WIDEST_CODE + 1, 60])
def test_codes_of_one_length_order_as_those_of_several(length: int) -> None:
    codes = [f"{number:0{length}}"[:length] for number in (3, 1, 2, 1)]
    keys = [tuple(map(int, key)) for key in code_keys(texts([pa.array(["0" * length, *codes]).slice(1)]))]
    assert sorted(range(4), key=lambda place: keys[place]) == sorted(range(4), key=lambda place: codes[place])
    assert len(set(keys)) == len(set(codes))


# What values say


@pytest.mark.parametrize(
    ("type_", "column", "values"),
    [
        (FieldType.TEXT, pa.array(["甲", None]), ["甲", None]),
        (FieldType.OPTION, pa.array(["甲", None]).dictionary_encode(), ["甲", None]),
        (FieldType.OPTIONS, pa.array(["甲；乙", None]).dictionary_encode(), [("甲", "乙"), None]),
        (FieldType.MONEY, pa.array([100, None, -1]), [100, None, -1]),
        (FieldType.FLAG, pa.array([True, False, None]), [True, False, None]),
        (FieldType.DATE, pa.array([date(2026, 7, 1), None]), [date(2026, 7, 1), None]),
    ],
)
def test_a_column_says_what_its_values_say(type_: FieldType, column: Any, values: list[Any]) -> None:
    expected = [None if value is None else told(value) for value in values]
    assert plain_texts(told_texts(column, type_)).to_pylist() == expected
    assert plain_texts(told_texts(pa.chunked_array([column, column]), type_)).to_pylist() == expected * 2


def test_keys_of_codes_are_unsigned() -> None:
    assert code_keys(texts([pa.array(["éé"])])).dtype == np.uint64


@pytest.mark.parametrize("dress", DRESSES)
def test_codes_are_read_from_a_column_in_any_dress(dress: str) -> None:
    codes: list[str | None] = ["91320700A", "91320700B", "91320701A"]
    keys = code_keys(code_texts(dressed(codes)[dress]))
    assert keys.tolist() == code_keys(texts([pa.array(codes)])).tolist()


@pytest.mark.parametrize("first", [0, 1, 7, 9])
def test_gaps_are_seen_wherever_a_column_is_cut(first: int) -> None:
    names = ["甲", None, "乙", "甲", None, None, "乙", "丙", "甲", None, "乙", None]
    found = coded(pa.array(names).dictionary_encode().slice(first))
    assert [None if place < 0 else found.names[place] for place in found.places] == names[first:]
