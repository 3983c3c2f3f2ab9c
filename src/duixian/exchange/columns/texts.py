"""Codes, numbers and texts as columns (文本列): what is plain stays as it is, and only the rest is read cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from pyarrow import types

from duixian.exchange.columns.codes import are_right
from duixian.exchange.columns.plain_text import Places, suspects
from duixian.exchange.columns.read_column import ReadColumn, valid_of
from duixian.exchange.columns.text_bytes import TextBytes
from duixian.exchange.tables.cell_text import Unreadable
from duixian.exchange.tables.cells import Read
from duixian.rules.vocabulary import FieldType


def text_column(array: Any, type_: FieldType, read: Read) -> ReadColumn | None:
    """Texts or integers as texts of that type, None for any other column. Texts are valid UTF-8."""
    if types.is_integer(array.type):
        # A number in a column of texts is its digits; so says ``cell_text.number_text``.
        array = array.cast(pa.string())
    elif types.is_large_string(array.type):
        array = array.cast(pa.string())
    elif not types.is_string(array.type):
        return None
    texts = TextBytes.of(array)
    if type_ is FieldType.CREDIT_CODE:
        doubtful = np.flatnonzero(~are_right(texts))
    else:
        empty = texts.lengths == 0
        if empty.any():
            array = pc.if_else(pa.array(empty), pa.scalar(None, array.type), array)
        doubtful = suspects(texts, is_identifier=type_ is FieldType.IDENTIFIER)
    valid = valid_of(array)
    if valid is not None:
        doubtful = doubtful[valid[doubtful]]
    return _mended(array, doubtful, read) if len(doubtful) else ReadColumn(array)


def _mended(array: Any, doubtful: Places, read: Read) -> ReadColumn:
    """The same column, its doubtful cells read one by one."""
    unread = np.zeros(len(array), np.bool_)
    cells: list[str | None] = []
    for row, raw in zip(doubtful, array.take(pa.array(doubtful)).to_pylist(), strict=True):
        try:
            cells.append(read(raw))  # type: ignore[arg-type]
        except Unreadable:
            unread[row] = True
            cells.append(None)
    mask = np.zeros(len(array), np.bool_)
    mask[doubtful] = True
    mended = pc.replace_with_mask(array, pa.array(mask), pa.array(cells, array.type))
    return ReadColumn(mended, unread if unread.any() else None)
