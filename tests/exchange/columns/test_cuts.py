"""Blocks end between enterprises, after about as many as asked for, whatever table has most."""

from __future__ import annotations

from duixian.exchange.columns.census import Mark
from duixian.exchange.columns.cuts import BLOCKS, LEAST, ROWS_PER_ENTERPRISE, cuts, worth_a_block


def _marks(codes: str, enterprises: int = 1, rows: int = 1) -> list[Mark]:
    return [Mark(code.encode(), enterprises, rows) for code in codes]


def test_a_block_ends_after_so_many_enterprises_of_the_fullest_table() -> None:
    assert cuts([_marks("abcdefg"), _marks("bd")], 3) == [b"c", b"f"]
    assert cuts([_marks("ag"), _marks("bcde")], 2) == [b"c", b"e"]


def test_marks_of_an_unsorted_table_may_come_in_any_order() -> None:
    assert cuts([_marks("gabfced")], 3) == [b"c", b"f"]


def test_many_rows_end_a_block_early() -> None:
    assert cuts([_marks("abcd", rows=2 * ROWS_PER_ENTERPRISE)], 4) == [b"b", b"d"]


def test_equal_codes_of_several_tables_are_on_one_side() -> None:
    assert cuts([_marks("aabb"), _marks("ab")], 2) == [b"a", b"b"]


def test_without_rows_there_is_one_block() -> None:
    assert cuts([], 3) == []
    assert cuts([[], _marks("ab")], 3) == []


def test_few_enterprises_make_smaller_blocks_but_none_that_is_not_worth_it() -> None:
    many = _marks("abcd", enterprises=2 * LEAST)
    assert worth_a_block([many, _marks("ab", enterprises=LEAST)]) == 8 * LEAST // BLOCKS
    assert worth_a_block([_marks("ab")]) == worth_a_block([]) == LEAST
