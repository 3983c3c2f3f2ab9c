"""The table of results: its columns and types, names in the order in which they come, null for what is unknown."""

from __future__ import annotations

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel.result_table import Listed, fen_column, listed
from duixian.kernel.words import MISSING
from tests.kernel.demo import AS_OF, demo_dossiers, demo_kernel, demo_tables
from tests.kernel.told import told_by

NAME = pa.dictionary(pa.int32(), pa.string())
TYPES = {
    "enterprise": pa.large_string(), "name": pa.large_string(), "document": NAME, "clause": NAME, "measure_id": NAME,
    "measure": NAME, "row": NAME, "fact_kind": NAME, "fact": pa.large_string(), "outcome": NAME, "ceiling_fen": pa.int64(),
    "base_fen": pa.int64(), "amount_fen": pa.int64(), "year": pa.int16(), "reason": NAME, "reason_words": NAME, "missing": NAME,
    "city_fen": pa.int64(), "county_fen": pa.int64(), "basis": NAME, "questions": NAME, "order": pa.int64(),
}  # fmt: skip


def test_the_columns_are_those_that_are_promised() -> None:
    for tables in (demo_tables(), {}):
        schema = demo_kernel().determine(tables, AS_OF).table.schema
        assert {name: schema.field(name).type for name in TYPES} == TYPES


def test_enterprises_go_by_code_and_their_awards_in_document_order_facts_of_no_clause_last() -> None:
    table = demo_kernel().determine(demo_tables(), AS_OF).table
    rows = list(zip(table["enterprise"].to_pylist(), table["order"].to_pylist(), strict=True))
    assert rows == sorted(rows)
    assert len(set(table["order"].to_pylist())) > 20


def test_enterprises_bear_their_names() -> None:
    names = {each.code: each.name for each in demo_dossiers()}
    table = demo_kernel().determine(demo_tables(), AS_OF).table
    told = dict(zip(table["enterprise"].to_pylist(), table["name"].to_pylist(), strict=True))
    assert told == {code: names[code] for code in told}


def test_what_is_unknown_is_null_and_what_is_refused_is_zero() -> None:
    for row in told_by(demo_kernel().determine(demo_tables(), AS_OF)):
        assert (row.amount_fen is None) == (row.outcome in ("待核", "待定"))
        if row.outcome in ("不符合条件", "不在有效期", "超出限额", "就高未取"):
            assert row.amount_fen == 0


@given(st.lists(st.integers(0, 5), max_size=30))
def test_names_of_a_column_stand_in_the_order_in_which_they_come(places: list[int]) -> None:
    names = [f"名{place}" for place in range(7)]
    array = Listed(np.array(places, np.int64), names).arrow()
    assert array.to_pylist() == [names[place] for place in places]
    assert array.dictionary.to_pylist() == list(dict.fromkeys(names[place] for place in places))


@given(st.lists(st.integers(-3, 3) | st.integers(-(2**60), 2**60), max_size=20))
def test_every_different_key_is_named_once(keys: list[int]) -> None:
    asked: list[int] = []

    def name(key: int) -> str:
        asked.append(key)
        return str(key)

    found = listed(np.array(keys, np.int64), name)
    assert [found.names[place] for place in found.places] == list(map(str, keys))
    assert sorted(asked) == sorted(set(keys))


def test_a_missing_sum_is_null() -> None:
    assert fen_column(np.array([5, MISSING, 0], np.int64)).to_pylist() == [5, None, 0]
