"""Results become columns: words in the order of enterprises, pairs and places numbered as they are first met."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel.columns import number_pairs, number_places, take_columns

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
