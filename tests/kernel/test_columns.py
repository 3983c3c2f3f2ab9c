"""Results become columns: words in the order of enterprises, pairs and places numbered as they are first met."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel import words as w
from duixian.kernel.columns import number_pairs, number_places, share_columns, take_columns, texts_of

PAIRS = st.lists(
    st.tuples(st.integers(0, 2**60), st.integers(0, 2**60)) | st.tuples(st.integers(0, 2), st.integers(0, 2))
)


def test_results_are_read_enterprise_by_enterprise() -> None:
    out = np.arange(12).reshape(6, 2)
    spans = np.array([[4, 6], [0, 0], [1, 3]])
    into = np.empty((3, 4), np.int64)
    take_columns(out, spans, into)
    assert into.tolist() == [[0, 0, 2, 2], [8, 10, 2, 4], [9, 11, 3, 5]]


@given(PAIRS, st.sampled_from([-1, 1, 2**48 - 1]), st.sampled_from([0, 1, 48]))
def test_pairs_are_numbered_as_they_are_first_met(
    pairs: list[tuple[int, int]], mask: int, shift: int
) -> None:
    one, two = (np.array([pair[part] for pair in pairs], np.int64) for part in range(2))
    numbers, firsts, seconds = number_pairs(one, mask, two, shift)
    reduced = [(first & mask, second >> shift) for first, second in pairs]
    distinct = list(dict.fromkeys(reduced))
    assert list(zip(firsts.tolist(), seconds.tolist(), strict=True)) == distinct
    assert [distinct[number] for number in numbers] == reduced


def test_however_many_pairs_there_are() -> None:
    one, two = np.divmod(np.arange(40_000), 200)
    numbers, firsts, seconds = number_pairs(one, -1, two, 0)
    assert np.array_equal(numbers, np.arange(40_000))
    assert np.array_equal(firsts * 200 + seconds, np.arange(40_000))


@given(st.lists(st.integers(0, 6)))
def test_so_are_places_of_a_list(places: list[int]) -> None:
    met, into = np.empty(7, np.int64), np.empty(len(places), np.int32)
    count = number_places(np.array(places, np.int64), np.full(7, -1, np.int32), met, into)
    assert met[:count].tolist() == list(dict.fromkeys(places))
    assert [met[number] for number in into] == places


def test_a_result_tells_the_number_of_its_fact() -> None:
    heads = np.array([12, 0, 6 | w.UNKNOWN << w.OUTCOME_SHIFT], np.int64)
    into = np.empty(3, np.int64)
    texts_of(heads, w.FACT_MASK, 6, np.array([70, 71, 72]), into)
    assert into.tolist() == [72, 70, 71]


def test_only_what_is_payable_has_shares() -> None:
    outcomes = [w.PAYABLE, w.INELIGIBLE, w.PAYABLE]
    heads = np.array([outcome << w.OUTCOME_SHIFT for outcome in outcomes], np.int64)
    city, county = np.empty(3, np.int64), np.empty(3, np.int64)
    amounts, cities = np.array([100, 100, w.MISSING]), np.array([30, 30, w.MISSING])
    share_columns(heads, amounts, cities, w.PAYABLE, city, county)
    assert city.tolist() == [30, w.MISSING, w.MISSING]
    assert county.tolist() == [70, w.MISSING, w.MISSING]
