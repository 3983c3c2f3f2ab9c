"""One column of a table read as its field (读一列): by whole numbers and plain bytes where that is sure, else value by value."""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import types

from duixian.exchange.columns.distinct import distinct_column
from duixian.exchange.columns.quantities import count_column, date_column, money_column, year_column
from duixian.exchange.columns.read_column import ReadColumn
from duixian.exchange.columns.texts import text_column
from duixian.exchange.columns.typed import arrow_type
from duixian.exchange.tables.cells import Read, Words, cell_reader
from duixian.exchange.tables.header import Column
from duixian.rules.vocabulary import FieldType

_TEXTS = {FieldType.CREDIT_CODE, FieldType.IDENTIFIER, FieldType.TEXT}
_FEW = 4
"""A list is worth reading by itself when it is so many times shorter than its column."""


class ColumnReader:
    """Reads the cells of one column (列的读法) as ``cells.cell_reader`` would, one array at a time. For one thread."""

    def __init__(self, column: Column, words: Words) -> None:
        self.name = column.field.name
        self._type = column.field.type
        self._unit = column.unit
        self._read: Read = cell_reader(column.field, words, column.unit)

    def read(self, array: Any) -> ReadColumn:
        """An array of any Arrow type as the field's type.

        Raises:
            NoSuchDay: for a day that no calendar has.
        """
        if self._type in _TEXTS and types.is_dictionary(array.type):
            array = _unlisted(array)
        return self._quickly(array) or distinct_column(array, self._read, arrow_type(self._type))

    def is_plain(self, array: Any, read: ReadColumn) -> bool:
        """Whether a column of texts came out as it went in, so that it need not be looked through again."""
        return self._type in _TEXTS and read.values is array

    def _quickly(self, array: Any) -> ReadColumn | None:
        if types.is_null(array.type):
            return ReadColumn(pa.nulls(len(array), arrow_type(self._type)))
        match self._type:
            case FieldType.CREDIT_CODE | FieldType.IDENTIFIER | FieldType.TEXT:
                return text_column(array, self._type, self._read)
            case FieldType.MONEY:
                return money_column(array, self._unit)
            case FieldType.COUNT:
                return count_column(array)
            case FieldType.YEAR:
                return year_column(array)
            case FieldType.DATE:
                return date_column(array)
            case FieldType.FLAG if types.is_boolean(array.type):
                return ReadColumn(array)
        return None


def _unlisted(array: Any) -> Any:
    """Texts that are a list hardly shorter than the column, one by one again."""
    return array.dictionary_decode() if len(array.dictionary) * _FEW > len(array) else array
