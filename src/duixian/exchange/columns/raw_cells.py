"""Arrow values as the row reader sees them (原始单元格): Python values, cell by cell; what no cell holds is unusable."""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import types

from duixian.exchange.tables.table import Raw, Unusable

_LONGEST_TYPE = 40
_PLAIN = (
    types.is_null,
    types.is_string,
    types.is_large_string,
    types.is_boolean,
    types.is_integer,
    types.is_floating,
    types.is_decimal,
    types.is_date,
)


class NoSuchDay(Exception):
    """A date before the year 1 or after 9999 (历法外的日期): the file that holds it is taken for damaged."""


def raw_cells(array: Any) -> list[Raw]:
    """An array as raw cells: what ``table_parquet`` gives for a column of the same type.

    Raises:
        NoSuchDay: for a date that no calendar has.
    """
    try:
        return _raw_cells(array)
    except (ValueError, OverflowError) as error:
        raise NoSuchDay from error


def _raw_cells(array: Any) -> list[Raw]:
    type_ = array.type
    if types.is_dictionary(type_):
        texts = _raw_cells(array.dictionary)
        return [None if index is None else texts[index] for index in array.indices.to_pylist()]
    if types.is_timestamp(type_):
        return list(array.cast(pa.timestamp("s"), safe=False).to_pylist())
    if types.is_list(type_) or types.is_large_list(type_):
        return [None if each is None else tuple(map(str, each)) for each in array.to_pylist()]
    if not is_plain(type_):
        return [Unusable("column-type", str(type_)[:_LONGEST_TYPE])] * len(array)
    return list(array.to_pylist())


def is_plain(type_: Any) -> bool:
    """Whether values of the type are cells as they are."""
    return any(is_type(type_) for is_type in _PLAIN)
