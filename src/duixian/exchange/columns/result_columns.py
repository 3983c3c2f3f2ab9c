"""Results as the columns that leave Duixian (结果列): those of determinations.csv, money in yuan, an unknown sum null."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.results.determinations_csv import HEADER

YUAN = pa.decimal128(18, 2)
"""Yuan with two decimals: a whole number of fen, exactly."""
_NAMES = pa.dictionary(pa.int32(), pa.string())
_SOURCES = (
    "enterprise", "name", "document", "clause", "measure", "fact", "outcome", "amount_fen", "reason_words", "questions",
    "city_fen", "county_fen", "basis",
)  # fmt: skip
SCHEMA = pa.schema(
    [
        pa.field(header, YUAN if source.endswith("_fen") else pa.string() if source in ("enterprise", "name", "fact") else _NAMES)
        for header, source in zip(HEADER, _SOURCES, strict=True)
    ]
)  # fmt: skip


def result_columns(table: Any) -> Any:
    """The columns of a results table as they leave Duixian, in the order of the header.

    Names stand in the order in which they first come, so that the same rows give the same bytes, however they were put together.
    """
    return pa.table(
        [_column(table[source], field.type) for source, field in zip(_SOURCES, SCHEMA, strict=True)],
        schema=SCHEMA,
    )


def _column(column: Any, type_: Any) -> Any:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if type_ == YUAN:
        return yuan(array)
    if pa.types.is_dictionary(type_):
        return in_order_of_appearance(array)
    return array.cast(type_)


def yuan(fen: Any) -> Any:
    """Sums in fen as yuan with two decimals; the digits are the same, only the point is set."""
    words = fen.fill_null(0).to_numpy(zero_copy_only=False)
    wide = np.empty((len(words), 2), np.int64)
    wide[:, 0], wide[:, 1] = words, words >> 63
    valid = fen.is_valid().buffers()[1] if fen.null_count else None
    return pa.Array.from_buffers(YUAN, len(words), [valid, pa.py_buffer(wide)], null_count=fen.null_count)


def in_order_of_appearance(column: Any) -> Any:
    """A column of names whose list has each name once, in the order in which it first comes."""
    array = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    places = array.indices.to_numpy(zero_copy_only=False)
    first = np.full(len(array.dictionary), len(places), np.int64)
    # Written backwards, the first place of each name is written last.
    backwards = np.arange(len(places) - 1, -1, -1)
    first[places[backwards]] = backwards
    order = np.argsort(first, kind="stable")
    used = order[first[order] < len(places)]
    renumbered = np.zeros(len(array.dictionary), np.int32)
    renumbered[used] = np.arange(len(used), dtype=np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(renumbered[places]), array.dictionary.take(pa.array(used)).cast(pa.string())
    )
