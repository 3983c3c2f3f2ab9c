"""A table read by columns (按列读表): clean rows become typed columns, all others go on to the reader of rows.

A row is clean when every cell is read, its title, level and grade agree, and nothing required is missing: then the reader of rows
would make the same record of it, without a word. Of any other row nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.columns.column_reader import ColumnReader
from duixian.exchange.columns.read_column import Mask, ReadColumn, valid_of
from duixian.exchange.columns.title_columns import TitleColumns
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.header import Header
from duixian.exchange.tables.roles import Roles, required_of
from duixian.exchange.tables.title_cells import title_cells
from duixian.rules.vocabulary import FactKind

Lines = npt.NDArray[np.int64]
"""Row numbers as an officer sees them: 1 is the first row of the data."""


@dataclass(frozen=True, slots=True)
class CleanRows:
    """The clean rows of a stretch of a table (无误行), and where in the stretch the others stand."""

    table: Any
    lines: Lines
    odd: Lines


class TableColumns:
    """Reads stretches of one table (列式读表); ``written`` are the names of its columns there. For one thread."""

    def __init__(
        self, kind: FactKind, header: Header, roles: Roles, words: Words, written: Sequence[str]
    ) -> None:
        self._columns = [(written[each.index], ColumnReader(each, words)) for each in header.columns]
        settle = title_cells(kind, words.titles)
        self._titles = TitleColumns(kind, settle) if settle else None
        self._required = required_of(kind, roles)

    def read(
        self, raw: Any, lines: Lines, skipped: Mask | None = None, plain: frozenset[str] = frozenset()
    ) -> CleanRows:
        """A stretch with its lines; rows that are ``skipped`` were dealt with elsewhere, columns that are ``plain`` looked through.

        Raises:
            NoSuchDay: for a day that no calendar has.
        """
        count = raw.num_rows
        unread = np.zeros(count, np.bool_)
        columns: dict[str, Any] = {}
        for name, reader in self._columns:
            array = one_chunk(raw.column(name))
            read = ReadColumn(array) if name in plain else reader.read(array)
            columns[reader.name] = read.values
            if read.unread is not None:
                unread |= read.unread
        if self._titles:
            columns, refused = self._titles.settled(columns, count)
            if refused is not None:
                unread |= refused
        for name in self._required:
            # A list without codes has no such column, and no clean row.
            column = columns.setdefault(name, pa.nulls(count, pa.string()))
            if (valid := valid_of(column)) is not None:
                unread |= ~valid
        return _parted(pa.table(columns), lines, unread, skipped)


def _parted(table: Any, lines: Lines, unread: Mask, skipped: Mask | None) -> CleanRows:
    odd = np.flatnonzero(unread if skipped is None else unread & ~skipped)
    left = unread if skipped is None else unread | skipped
    if not left.any():
        return CleanRows(table, lines, odd)
    kept = np.flatnonzero(~left)
    return CleanRows(table.take(pa.array(kept)), lines[kept], odd)


def one_chunk(column: Any) -> Any:
    """A column in one array."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    combined = column.combine_chunks()
    # A column without rows combines to nothing at all, and a long one may need several arrays.
    return combined if isinstance(combined, pa.Array) else pa.array([], column.type)
