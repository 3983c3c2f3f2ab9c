"""One table that is read by columns (按列读的表): its header understood once, its pieces read by any thread, its odd rows by row."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.errors import Place
from duixian.exchange.columns.column_reader import ColumnReader
from duixian.exchange.columns.raw_cells import NoSuchDay, raw_cells
from duixian.exchange.columns.remembered import Remembered, Room
from duixian.exchange.columns.sources import LINE, Source
from duixian.exchange.columns.table_columns import CleanRows, Lines, TableColumns, one_chunk
from duixian.exchange.columns.typed import arrow_type
from duixian.exchange.columns.unnamed_columns import UnnamedColumns
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.header import Header
from duixian.exchange.tables.regular_file import NotOpened
from duixian.exchange.tables.roles import Roles
from duixian.exchange.tables.rows import Record, RowCount, read_rows
from duixian.exchange.tables.table import Raw, Row, Table


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a table as they came (原始段), with their lines. The columns ``plain`` were found to be plain texts."""

    raw: Any
    lines: Lines
    plain: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadStretch:
    """Some rows of a table, read (读出的段): the clean ones as columns, the odd ones still raw."""

    clean: CleanRows
    odd: tuple[Row, ...]


class ColumnTable:
    """A table of one kind in a source of columns (列式表).

    ``order`` is its place among all tables of the reading; ``wanted`` are the columns of the source that a reader of rows would look at,
    ``written`` the names of all columns there. ``odd`` are rows that could not be put into columns.
    """

    def __init__(
        self,
        order: int,
        table: Table,
        header: Header,
        roles: Roles,
        words: Words,
        source: Source,
        wanted: Sequence[str],
        room: Room,
        written: Sequence[str] = (),
    ) -> None:
        self.order, self.kind, self.place = order, table.kind, table.place
        self.roles, self.source, self.wanted = roles, source, tuple(wanted)
        self.odd: Sequence[Row] = ()
        self._header, self._words = header, words
        self._written = tuple(written) or header.names
        self._unnamed = UnnamedColumns()
        self._blank = {index: self._written[index] for index in header.blank}
        self._threads = threading.local()
        self.remembered = Remembered(room)

    def field(self, raw: Any, name: str, piece: int | None = None) -> Any:
        """One field of some rows, null where it is missing or cannot be read; plain texts of a ``piece`` are remembered.

        Raises:
            NotOpened: when the file is damaged.
        """
        column = next((each for each in self._header.columns if each.field.name == name), None)
        if column is None:
            return pa.nulls(raw.num_rows, arrow_type(self.kind.fields[name].type))
        written = self._written[column.index]
        array, reader = one_chunk(raw.column(written)), ColumnReader(column, self._words)
        try:
            read = reader.read(array)
        except NoSuchDay as error:
            raise NotOpened("corrupt-parquet") from error
        if piece is not None and reader.is_plain(array, read):
            self.remembered.keep(piece, written, array)
        return read.values

    def piece(self, number: int, start: int, *, is_last_time: bool = False) -> Stretch:
        """A whole piece, of which ``start`` is the row before the first; at the last time what was remembered is not read again.

        Raises:
            NotOpened: when the file is damaged.
        """
        known = self.remembered.give(number) if is_last_time else {}
        asked = [name for name in self.wanted if name not in known]
        raw = self.source.read(number, asked) if asked else pa.table(known)
        for name in known if asked else ():
            raw = raw.append_column(name, known[name])
        # In one order, whatever was remembered of each piece: some are put together again.
        raw = raw.select(self.wanted)
        if LINE in raw.column_names:
            lines = raw.column(LINE).to_numpy()
            return Stretch(raw.drop_columns([LINE]), lines, frozenset(known))
        return Stretch(raw, np.arange(start, start + raw.num_rows) + 1, frozenset(known))

    def columns_of(self, fields: Iterable[str]) -> list[str]:
        """The names in the source of the columns of these fields."""
        sought = set(fields)
        return [self._written[each.index] for each in self._header.columns if each.field.name in sought]

    def read(self, stretch: Stretch, skipped: Lines) -> ReadStretch:
        """The rows of a stretch but for the lines that are ``skipped``.

        Raises:
            NotOpened: when the file is damaged.
        """
        skip = np.isin(stretch.lines, skipped) if len(skipped) else None
        try:
            clean = self._columns().read(stretch.raw, stretch.lines, skip, stretch.plain)
            self._unnamed.look_through(stretch.raw, self._blank, stretch.lines, clean.lines)
            return ReadStretch(clean, tuple(self.rows(stretch, clean.odd)))
        except NoSuchDay as error:
            raise NotOpened("corrupt-parquet") from error

    def rows(self, stretch: Stretch, places: Lines) -> Iterator[Row]:
        """Rows of a stretch as the reader of rows takes them: as wide as the file, what nobody looks at left empty."""
        if not len(places):
            return
        chosen = stretch.raw.take(pa.array(places))
        cells = {name: raw_cells(one_chunk(chosen.column(name))) for name in chosen.column_names}
        empty: list[Raw] = [None] * len(places)
        rows = zip(*(cells.get(name, empty) for name in self._written), strict=True)
        yield from zip(stretch.lines[places].tolist(), rows, strict=True)

    def all_rows(self) -> Iterator[Row]:
        """Every row of the table as the reader of rows takes it.

        Raises:
            NotOpened: when the file is damaged.
        """
        start = 0
        for number in range(self.source.pieces):
            stretch = self.piece(number, start)
            yield from self.rows(stretch, np.arange(stretch.raw.num_rows))
            start += stretch.raw.num_rows

    def records(self, rows: Iterable[Row], findings: Findings) -> tuple[list[Record], int]:
        """The records of odd rows, and how many of these rows hold data; what is wrong with them goes into ``findings``.

        Raises:
            TooManyRows: when there are more of them than the reader of rows takes.
        """
        table = Table(self.kind, self.place, (), self._header.names)
        header, count = replace(self._header, rows=iter(rows)), RowCount()
        beside = self._unnamed.beside(findings)
        records = list(read_rows(table, header, self.roles, self._words, beside, count))
        return records, count.rows

    def tell_unnamed(self, findings: Findings) -> None:
        """Say which columns without a name hold anything, once all rows were read."""
        self._unnamed.tell(findings, Place(self.place.file, self._header.line))

    def _columns(self) -> TableColumns:
        """The readers of the columns, for this thread."""
        if not hasattr(self._threads, "columns"):
            self._threads.columns = TableColumns(
                self.kind, self._header, self.roles, self._words, self._written
            )
        columns: TableColumns = self._threads.columns
        return columns
