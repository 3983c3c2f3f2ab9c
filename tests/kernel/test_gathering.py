"""Rows of sorted tables come together by enterprise: merged codes, facts in order, texts numbered within the enterprise."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel.arrow import code_keys, texts
from duixian.kernel.gathering import count_rows, match_codes, merge_codes, place_rows, scatter

LISTS = st.lists(st.lists(st.text("ABC", min_size=1, max_size=3), max_size=8), min_size=1, max_size=4)


def merged(lists: list[list[str]]) -> tuple[int, Any, Any]:
    flat = [code for codes in lists for code in codes]
    keys = code_keys(texts([pa.array(flat, pa.large_string())]))
    runs = np.cumsum([0, *map(len, lists)])
    enterprise_of, first_of = np.full(len(flat), -1, np.int64), np.full(len(flat), -1, np.int64)
    return int(merge_codes(keys, runs, runs[:-1].copy(), enterprise_of, first_of)), enterprise_of, first_of


@given(LISTS)
def test_sorted_lists_are_merged_into_one_number_for_each_code(lists: list[list[str]]) -> None:
    lists = [sorted(codes) for codes in lists]
    flat = [code for codes in lists for code in codes]
    count, enterprise_of, first_of = merged(lists)
    distinct = sorted(set(flat))
    assert count == len(distinct)
    assert [distinct[number] for number in enterprise_of] == flat
    assert [flat[row] for row in first_of[:count]] == distinct


@given(LISTS)
def test_a_list_out_of_order_is_told(lists: list[list[str]]) -> None:
    is_sorted = all(codes == sorted(codes) for codes in lists)
    assert (merged(lists)[0] >= 0) == is_sorted


def test_rows_take_the_next_place_of_their_enterprise() -> None:
    enterprise_of = np.array([0, 0, 2, 1, 1, 2])
    counts = np.zeros(4, np.int64)
    count_rows(enterprise_of, counts)
    assert list(counts) == [0, 2, 2, 2]
    next_of = np.cumsum(counts)[:-1]
    places = np.empty(3, np.int64)
    place_rows(enterprise_of[:3], next_of, places)
    assert list(places) == [0, 1, 4]
    place_rows(enterprise_of[3:], next_of, places)
    assert list(places) == [2, 3, 5]


def test_a_column_is_written_into_its_slot() -> None:
    words = np.zeros(9, np.int64)
    scatter(words, 3, 2, np.array([2, 0]), np.array([7, 8]))
    assert list(words) == [0, 0, 8, 0, 0, 0, 0, 0, 7]


@given(LISTS, st.lists(st.text("ABC", min_size=1, max_size=3), max_size=8))
def test_where_one_list_names_everybody_once_the_others_are_matched_with_it(
    lists: list[list[str]], all_: list[str]
) -> None:
    everybody = sorted(set(all_))
    for codes, last in ((list(map(sorted, lists)), everybody), (lists, all_)):
        flat = [code for each in (*codes, last) for code in each]
        keys = code_keys(texts([pa.array(flat, pa.large_string())]))
        runs = np.cumsum([0, *map(len, codes), len(last)])
        enterprise_of = np.full(len(flat), -1, np.int64)
        found = match_codes(keys, runs, enterprise_of)
        is_in_order = all(each == sorted(each) for each in codes) and last == everybody
        assert found == (is_in_order and set(flat) == set(last))
        if found:
            assert [last[number] for number in enterprise_of] == flat


@pytest.mark.parametrize("length", [1, 7, 8, 9, 15, 16, 18, 23, 24])
def test_codes_as_numbers_order_as_they_do(length: int) -> None:
    codes = [("A" * place + "B" + "A" * length)[:length] for place in range(length + 1)]
    for some in (codes, [*codes, "", "A", "AB"]):
        keys = list(map(tuple, code_keys(texts([pa.array(some, pa.large_string())])).tolist()))
        assert sorted(range(len(some)), key=some.__getitem__) == sorted(
            range(len(some)), key=keys.__getitem__
        )
