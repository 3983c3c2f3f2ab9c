"""Combinations of names: rows that are alike have one number, and the number tells the names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel import combinations
from duixian.kernel.arrow import Coded, coded
from duixian.kernel.combinations import combine

ROWS = st.lists(
    st.tuples(*[st.sampled_from(["甲", "乙", None]), st.sampled_from(["丙", None]), st.booleans()]),
    max_size=30,
)


@given(ROWS)
def test_the_number_of_a_row_tells_its_names(rows: list[tuple[str | None, str | None, bool]]) -> None:
    columns = [coded(pa.array([row[place] for row in rows])) for place in range(3)]
    found = combine(columns, len(rows))
    assert [found.names[number] for number in found.numbers] == rows
    assert len(set(found.names)) == len(found.names) == len(set(rows))


def test_no_column_is_one_combination() -> None:
    found = combine([], 3)
    assert (list(found.numbers), found.names) == ([0, 0, 0], [()])


def test_no_row_is_no_combination() -> None:
    assert list(combine([coded(pa.array([], pa.string()))], 0).names) == []


def test_very_many_possible_combinations_are_counted_by_sorting() -> None:
    many = combinations.LARGEST
    wide = Coded(np.array([0, many - 1, 0, 5], np.int64), list(range(many)))
    found = combine([wide], 4)
    assert [found.names[number] for number in found.numbers] == [(0,), (many - 1,), (0,), (5,)]
    assert len(found.names) == 3
