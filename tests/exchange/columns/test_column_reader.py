"""A column reads as its cells do, one by one: every type of field over every type of Arrow column."""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.columns.column_reader import ColumnReader
from duixian.exchange.columns.raw_cells import NoSuchDay, raw_cells
from duixian.exchange.columns.typed import JOINT, arrow_type
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cell_text import Unreadable
from duixian.exchange.tables.cells import Words, cell_reader
from duixian.exchange.tables.header import Column
from duixian.rules.vocabulary import Field, FieldType
from duixian.source.titles import TitleReader
from tests.exchange.columns.arrow_columns import ARRAYS, OPTIONS
from tests.exchange.small_city import CITY

WORDS = Words(TitleReader.of(CITY.vocabulary), AreaReader(CITY.region))


def _one_by_one(field: Field, array: Any, unit: str) -> list[Any]:
    """What the reader of rows makes of the cells; an exception's class where it refuses."""
    read = cell_reader(field, WORDS, unit)
    cells: list[Any] = []
    for raw in raw_cells(array):
        try:
            cells.append(read(raw))
        except Unreadable:
            cells.append(Unreadable)
    return cells


def _as_column(field: Field, array: Any, unit: str) -> list[Any]:
    read = ColumnReader(Column(0, field, field.name, unit), WORDS).read(array)
    assert read.values.type == arrow_type(field.type)
    assert len(read.values) == len(array)
    cells = read.values.to_pylist()
    if field.type is FieldType.OPTIONS:
        cells = [None if cell is None else tuple(cell.split(JOINT)) for cell in cells]
    unread = [False] * len(array) if read.unread is None else read.unread.tolist()
    return [Unreadable if refused else cell for cell, refused in zip(cells, unread, strict=True)]


@pytest.mark.parametrize("name", ARRAYS)
@given(data=st.data())
def test_a_column_reads_as_its_cells_do(name: str, data: st.DataObject) -> None:
    type_, values = ARRAYS[name]
    array = pa.array(data.draw(st.lists(st.none() | values, max_size=8)), type_)
    field = Field("栏", data.draw(st.sampled_from(FieldType)), options=OPTIONS)
    unit = data.draw(st.sampled_from(["", "", "元", "万元", "亿元"])) if field.type is FieldType.MONEY else ""
    if data.draw(st.booleans()) and len(array) > 2:
        array = array.slice(1, len(array) - 2)
    if name in {"string", "large_string", "int64", "float64"} and data.draw(st.booleans()):
        array = array.dictionary_encode()
    assert _as_column(field, array, unit) == _one_by_one(field, array, unit)


@pytest.mark.parametrize("days", [-719_163, 2_932_897])
@pytest.mark.parametrize("type_", [FieldType.DATE, FieldType.TEXT])
def test_a_day_that_no_calendar_has_is_no_cell(days: int, type_: FieldType) -> None:
    array = pa.array([None, days], pa.int32()).view(pa.date32())
    with pytest.raises(NoSuchDay):
        ColumnReader(Column(0, Field("栏", type_), "栏"), WORDS).read(array)


def test_what_stands_at_a_null_means_nothing() -> None:
    numbers = pa.array([2026, -5, 2**62], mask=pa.array([False, True, True]).to_numpy(zero_copy_only=False))
    for type_ in (FieldType.YEAR, FieldType.COUNT, FieldType.MONEY):
        cells = _as_column(Field("栏", type_), numbers, "")
        assert cells[1:] == [None, None]
