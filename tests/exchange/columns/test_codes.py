"""Codes by the million: the same are right as one by one, and they stand in the order of their texts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from duixian.credit_code import ALPHABET, NotACreditCode, check_character, make_code, read_code
from duixian.exchange.columns.code_order import KnownCodes, filled_codes, first_rows, order_of, rise
from duixian.exchange.columns.codes import CODE_TYPE, Codes, are_right
from duixian.exchange.columns.runs import Runs, joined
from duixian.exchange.columns.text_bytes import TextBytes

SERIALS = st.integers(0, 40)
RIGHT = st.builds(
    make_code, st.sampled_from(["91", "92", "11"]), st.sampled_from(["320706", "320799"]), SERIALS
)
ALIKE = [body + check_character(body) for body in (f"91320706XN000001{digit}" for digit in ALPHABET[:12])]
"""Codes that differ in their last two characters alone."""
ODD = st.sampled_from(["", "0", "91320706XN0000012q", "A1320706XN0000012Q", "91020706XN0000012Q", "９" * 6])


def _bytes(codes: list[str]) -> Codes:
    return np.array(codes, CODE_TYPE)


@given(
    st.lists(
        RIGHT | ODD | st.text(st.sampled_from(ALPHABET + "IOa "), min_size=18, max_size=18) | st.text(),
        max_size=8,
    )
)
def test_whole_columns_know_right_codes_as_well(texts: list[str]) -> None:
    for column in (
        pa.array(texts, pa.string()),
        pa.array(["x", *texts, "y"], pa.large_string()).slice(1, len(texts)),
    ):
        right = are_right(TextBytes.of(column)).tolist()
        for text, is_right in zip(texts, right, strict=True):
            assert is_right == (_is_code(text) and read_code(text) == text)


def _is_code(text: str) -> bool:
    try:
        read_code(text)
    except NotACreditCode:
        return False
    return True


@given(st.integers(0, 17), st.sampled_from(ALPHABET), st.lists(RIGHT, min_size=1, max_size=3))
def test_a_single_wrong_character_is_seen(place: int, char: str, codes: list[str]) -> None:
    wrong = [code[:place] + char + code[place + 1 :] for code in codes]
    right = are_right(TextBytes.of(pa.array(wrong))).tolist()
    assert right == [code == each for code, each in zip(codes, wrong, strict=True)]


@given(st.lists(RIGHT | st.sampled_from(ALIKE), max_size=12))
def test_codes_stand_in_the_order_of_their_texts(codes: list[str]) -> None:
    unsorted, ordered = _bytes(codes), _bytes(sorted(codes))
    assert [codes[row] for row in order_of(unsorted)] == sorted(codes)
    starts = [row for row in range(len(codes)) if not row or codes[row] != codes[row - 1]]
    assert first_rows(unsorted).tolist() == starts
    assert first_rows(ordered, are_sorted=True).tolist() == first_rows(ordered).tolist()
    assert rise(unsorted) == all(one < two for one, two in pairwise(codes))


@given(st.sets(RIGHT | st.sampled_from(ALIKE)), st.sets(RIGHT | st.sampled_from(ALIKE)))
def test_each_code_is_found_at_its_place_and_no_other_is(known: set[str], sought: set[str]) -> None:
    ordered, asked = sorted(known), sorted(sought)
    places = KnownCodes(_bytes(ordered)).places_of(_bytes(asked)).tolist()
    assert places == [ordered.index(code) if code in known else -1 for code in asked]


@given(st.lists(RIGHT, max_size=12).map(sorted), st.integers(0, 12), RIGHT)
def test_rows_are_cut_between_enterprises(codes: list[str], cut: int, end: str) -> None:
    runs = Runs.of(_bytes(codes))
    assert runs.end_of(end.encode()) == sum(code <= end for code in codes)
    assert runs.end_of(None) == len(codes)
    assert [runs.code_of(row) for row in range(len(codes))] == codes
    place = runs.end_of(end.encode())
    parts = [runs.slice(0, place), runs.slice(place, len(codes))]
    assert [len(part.codes) for part in parts] == [len(set(codes[:place])), len(set(codes[place:]))]
    assert np.array_equal(runs.spread(runs.codes), _bytes(codes))
    torn = joined([Runs.of(_bytes(codes[:cut])), Runs.of(_bytes(codes[cut:]))])
    assert (torn.codes.tolist(), torn.starts.tolist(), torn.rows) == (
        runs.codes.tolist(),
        runs.starts.tolist(),
        len(codes),
    )
    which = np.array([code > end.encode() for code in runs.codes], np.bool_)
    assert runs.rows_of(which).tolist() == [row for row, code in enumerate(codes) if code > end]


def test_a_missing_code_is_an_empty_one() -> None:
    code = make_code("91", "320706", 1)
    assert filled_codes(pa.array([None, code])).tolist() == [b"", code.encode()]
