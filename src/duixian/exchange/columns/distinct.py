"""Columns read by their distinct values (逐值读取): each value once, by the reader of rows, so that it means the same in both.

A column of titles has a hundred distinct values in a million rows. A column whose values are all different is read as slowly as
rows are, and as surely.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import types

from duixian.exchange.columns.raw_cells import is_plain, raw_cells
from duixian.exchange.columns.read_column import Mask, Numbers, ReadColumn, numbers_of, valid_of
from duixian.exchange.columns.typed import JOINT
from duixian.exchange.tables.cell_text import Unreadable
from duixian.exchange.tables.cells import Read
from duixian.exchange.tables.table import Raw
from duixian.rules.fact import Value

_EPOCH = date(1970, 1, 1).toordinal()

Cell: TypeAlias = Value | None


def distinct_column(array: Any, read: Read, type_: Any) -> ReadColumn:
    """A column of any Arrow type as the type of its field, by its distinct values.

    Raises:
        NoSuchDay: for a day that no calendar has.
    """
    if array.type == type_ and _is_canonical(array, read):
        return ReadColumn(array)
    places, raws = distinct_cells(array)
    cells, refused = _read_all(raws, read)
    unread = refused[places] if refused.any() else None
    return ReadColumn(_spread(cells, places, type_), unread)


def _is_canonical(array: Any, read: Read) -> bool:
    """Whether an array already is what reading would make of it: a list of names, each written as the city writes it."""
    if not types.is_dictionary(array.type):
        return False
    names = array.dictionary.to_pylist()
    cells, refused = _read_all(names, read)
    return not refused.any() and [_joined(cell) if cell else None for cell in cells] == names


def distinct_cells(array: Any) -> tuple[Numbers, Sequence[Raw]]:
    """For each row the place of its cell among the distinct ones, and these; the last one stands for a null."""
    if types.is_dictionary(array.type):
        places, values = array.indices, raw_cells(array.dictionary)
    elif not is_plain(array.type) and not types.is_timestamp(array.type):
        return _row_by_row(array)
    elif types.is_null(array.type):
        return np.zeros(len(array), np.int64), [None]
    else:
        encoded = array.dictionary_encode()
        places, values = encoded.indices, raw_cells(encoded.dictionary)
    numbers, valid = numbers_of(places), valid_of(places)
    return (numbers if valid is None else np.where(valid, numbers, len(values))), [*values, None]


def _row_by_row(array: Any) -> tuple[Numbers, Sequence[Raw]]:
    """Lists and other nested values, which Arrow does not tell apart by itself."""
    known: dict[Raw, int] = {}
    places = [known.setdefault(raw, len(known)) for raw in raw_cells(array)]
    return np.array(places, np.int64), list(known)


def _read_all(raws: Sequence[Raw], read: Read) -> tuple[list[Cell], Mask]:
    cells: list[Cell] = []
    refused = np.zeros(len(raws), np.bool_)
    for place, raw in enumerate(raws):
        try:
            cells.append(read(raw))
        except Unreadable:
            refused[place] = True
            cells.append(None)
    return cells, refused


def _spread(cells: Sequence[Cell], places: Numbers, type_: Any) -> Any:
    """The cells in the rows where they stand, as a column of that type."""
    if types.is_dictionary(type_):
        names = list(dict.fromkeys(_joined(cell) for cell in cells if cell is not None))
        order = {name: place for place, name in enumerate(names)}
        indices = _indices([None if cell is None else order[_joined(cell)] for cell in cells], places)
        return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()))
    if types.is_string(type_):
        return pa.array(cells, pa.string()).take(pa.array(places))
    numbers = np.array([0 if cell is None else _number(cell) for cell in cells], np.int64)[places]
    is_missing = np.array([cell is None for cell in cells], np.bool_)
    mask = is_missing[places] if is_missing.any() else None
    if types.is_date32(type_):
        return pa.array(numbers.astype(np.int32), mask=mask).view(type_)
    return pa.array(numbers, mask=mask).cast(type_)


def _indices(numbers: Sequence[int | None], places: Numbers) -> Any:
    known = np.array([-1 if number is None else number for number in numbers], np.int32)
    rows = known[places]
    missing = rows < 0
    return pa.array(rows, mask=missing if missing.any() else None)


def _joined(cell: Value) -> str:
    return JOINT.join(cell) if isinstance(cell, tuple) else str(cell)


def _number(cell: Value) -> int:
    if isinstance(cell, date):
        return cell.toordinal() - _EPOCH
    assert isinstance(cell, int)
    return int(cell)
