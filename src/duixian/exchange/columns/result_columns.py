"""The columns of results (结果列): what a batch run hands over, and under which Chinese header each is written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.exchange.columns.read_column import numbers_of, valid_of
from duixian.exchange.columns.table_columns import one_chunk
from duixian.exchange.results.determinations_csv import HEADER

WRITTEN = (
    "enterprise", "name", "document", "clause", "measure", "fact", "outcome", "amount_fen", "reason_words", "questions",
    "city_fen", "county_fen", "basis",
)  # fmt: skip
"""The columns of a result table that are written, in the order of :data:`HEADER`."""
MONEY = frozenset({"amount_fen", "city_fen", "county_fen"})
YUAN = pa.decimal128(18, 2)
"""Amounts in yuan: 18 digits hold the largest that is taken as input, and fit into a number of 64 bits."""
_TEXT, _NAME = pa.large_string(), pa.dictionary(pa.int32(), pa.string())
_EACH_ITS_OWN = frozenset({"enterprise", "name", "fact"})


def _type(name: str) -> Any:
    return YUAN if name in MONEY else _TEXT if name in _EACH_ITS_OWN else _NAME


SCHEMA = pa.schema([(header, _type(name)) for header, name in zip(HEADER, WRITTEN, strict=True)])
"""The columns of determinations.parquet."""


def as_written(results: Any) -> Any:
    """A result table as it is written: amounts in yuan, null while unknown, under the Chinese headers.

    Lists of names go by where each is first met, so that the same rows give the same bytes, however they were put together.
    """
    columns = [_as_written(one_chunk(results.column(name)), name) for name in WRITTEN]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _as_written(array: Any, name: str) -> Any:
    if name in MONEY:
        return yuan_of(array)
    if name in _EACH_ITS_OWN:
        return array.cast(_TEXT)
    return in_order_met(array if pa.types.is_dictionary(array.type) else array.dictionary_encode())


def in_order_met(names: Any) -> Any:
    """A column of names with its list in the order in which rows meet them, each once, and none that no row has."""
    texts = names.dictionary.cast(pa.string()).to_pylist()
    met = [place for place in pc.unique(names.indices).to_pylist() if place is not None]
    listed = list(dict.fromkeys(texts[place] for place in met))
    if listed == texts and names.type == _NAME:
        return names
    order = {text: rank for rank, text in enumerate(listed)}
    ranks = pa.array([order.get(text, 0) for text in texts], pa.int32())
    return pa.DictionaryArray.from_arrays(ranks.take(names.indices), pa.array(listed, pa.string()))


def yuan_of(fen: Any) -> Any:
    """Fen as yuan with two decimals: the same whole number, with a point before its last two digits."""
    digits, valid = numbers_of(fen), valid_of(fen)
    words = np.empty((len(digits), 2), np.int64)
    words[:, 0] = digits
    np.right_shift(digits, 63, out=words[:, 1])
    mask = None if valid is None else pa.array(valid).buffers()[1]
    return pa.Array.from_buffers(YUAN, len(digits), [mask, pa.py_buffer(words)])
