"""The second pass (取数): stretch after stretch is read ahead by several threads, and cut where a block ends."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np

from duixian.exchange.columns.broken_off import too_late
from duixian.exchange.columns.codes import code_bytes
from duixian.exchange.columns.column_table import ReadStretch
from duixian.exchange.columns.fact_tables import FactTables
from duixian.exchange.columns.first_pass import SurveyedTable
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.means import Progress
from duixian.exchange.columns.odd_records import OddRecord
from duixian.exchange.columns.runs import Runs
from duixian.exchange.columns.stretches import Stretches
from duixian.exchange.columns.table_columns import one_chunk

_AHEAD = 2
"""So many stretches of each table are read before they are asked for."""
_ROWS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class _Read:
    """A stretch that was read: its clean rows, and its odd ones."""

    rows: KindRows
    read: ReadStretch


class Cursor:
    """Goes through one table by enterprise (游标)."""

    def __init__(
        self,
        surveyed: SurveyedTable,
        stretches: Stretches,
        tables: FactTables,
        pool: Executor,
        progress: Progress,
    ) -> None:
        self._table, self._set_apart, self._stretches = surveyed.table, surveyed.set_apart, stretches
        self._tables, self._pool, self._progress = tables, pool, progress
        # Enterprises that are described twice were set apart: the others come once each.
        self._is_each_once = self._table.kind.is_subject
        self._next = 0
        self._first_rows = max((each.rows for each in surveyed.pieces), default=0)
        self._ahead: deque[Future[_Read]] = deque()
        self._left: KindRows | None = None
        self._met: list[OddRecord] = []

    def take(self, end: bytes | None) -> Iterator[KindRows]:
        """The next rows up to that code, and those of that code; all that are left when there is none.

        Raises:
            BrokenOff: when the file is damaged.
        """
        while (rows := self._left or self._following()) is not None:
            self._left = None
            place = rows.runs.end_of(end)
            yield rows.slice(0, place)
            if place < len(rows):
                self._left = rows.slice(place, len(rows))
                return

    def met(self) -> list[OddRecord]:
        """The records of the odd rows among those that were read so far, each told once."""
        met, self._met = self._met, []
        return met

    def size(self) -> int:
        """How many rows its first stretch may have."""
        return self._first_rows

    def begin(self) -> None:
        """Have the next stretches read."""
        while self._next < self._stretches.count and len(self._ahead) <= _AHEAD:
            self._ahead.append(self._pool.submit(self._read, self._next))
            self._next += 1

    def _following(self) -> KindRows | None:
        self.begin()
        if not self._ahead:
            return None
        with too_late(self._table.place):
            done = self._ahead.popleft().result()
        self._count(done)
        return done.rows

    def _read(self, number: int) -> _Read:
        """Read one stretch; several threads do so at a time."""
        table = self._table
        read = table.read(self._stretches.read(number), self._set_apart)
        clean = read.clean
        codes = code_bytes(one_chunk(clean.table.column(table.roles.code)))
        whose = np.full(len(codes), table.order, np.int32)
        runs = Runs.of_each(codes) if self._is_each_once else Runs.of(codes)
        return _Read(KindRows(table.kind, clean.table, runs, whose, clean.lines), read)

    def _count(self, done: _Read) -> None:
        """Read the odd rows of a stretch by row, and count what came of all of them."""
        so_far = self._tables.tables[self._table.order]
        odd = done.read.odd
        for start in range(0, len(odd), _ROWS_AT_ONCE):
            records, count = self._table.records(odd[start : start + _ROWS_AT_ONCE], self._tables.findings)
            self._met += [OddRecord(self._table.order, record) for record in records]
            so_far.rows += count
            so_far.kept += len(records)
        so_far.rows += len(done.rows)
        so_far.kept += len(done.rows)
        place = self._table.place
        self._progress(place.sheet or place.file, so_far.rows)
