"""Rows in the order of enterprises (按企业取行): as they come where they are sorted, else rearranged in memory or on disk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import ipc

from duixian.exchange.columns.code_order import filled_codes, order_of
from duixian.exchange.columns.codes import CODE_TYPE, Codes
from duixian.exchange.columns.column_table import ColumnTable, Stretch
from duixian.exchange.columns.sources import LINE, ROWS_OF_A_PIECE

_WRITTEN = ipc.IpcWriteOptions(compression="lz4")


class Stretches(Protocol):
    """The rows of a table, stretch after stretch (有序段); from the first to the last they go by enterprise."""

    @property
    def count(self) -> int:
        """How many stretches there are."""

    def read(self, number: int) -> Stretch:
        """One stretch. Rows without a code that can be read may stand anywhere.

        Raises:
            NotOpened: when the file is damaged.
        """


class InOrder:
    """A table that is sorted as it comes (本已有序); ``starts`` are the rows before each piece."""

    def __init__(self, table: ColumnTable, starts: Sequence[int]) -> None:
        self._table, self._starts = table, starts
        self.count = table.source.pieces

    def read(self, number: int) -> Stretch:
        """One piece of the source."""
        return self._table.piece(number, self._starts[number], is_last_time=True)


class SortedInMemory:
    """A table that is kept whole and taken in its order (内存排序)."""

    def __init__(self, table: ColumnTable, starts: Sequence[int]) -> None:
        pieces = [
            table.piece(number, starts[number], is_last_time=True) for number in range(table.source.pieces)
        ]
        self._whole = pa.concat_tables([piece.raw for piece in pieces]).combine_chunks()
        self._lines = np.concatenate([piece.lines for piece in pieces])
        self._order = order_of(_codes(table, self._whole))
        self.count = -(-len(self._order) // ROWS_OF_A_PIECE)

    def read(self, number: int) -> Stretch:
        """So many rows in their order."""
        rows = self._order[number * ROWS_OF_A_PIECE : (number + 1) * ROWS_OF_A_PIECE]
        return Stretch(self._whole.take(pa.array(rows)), self._lines[rows])


class SortedOnDisk:
    """A table too large to be kept, put into a temporary folder by ranges of codes (落盘排序).

    ``ends`` are the codes with which the ranges end but for the last; each range is small enough to be sorted in memory.
    """

    def __init__(
        self, table: ColumnTable, starts: Sequence[int], ends: Sequence[bytes], folder: Path
    ) -> None:
        self._table, self._starts = table, starts
        self._files = [folder / f"{table.order}-{number}.arrows" for number in range(len(ends) + 1)]
        self.count = len(self._files)
        self._part(np.array(ends, CODE_TYPE))

    def _part(self, ends: Codes) -> None:
        with ExitStack() as open_files:
            writers: dict[int, Any] = {}
            for piece in range(self._table.source.pieces):
                stretch = self._table.piece(piece, self._starts[piece], is_last_time=True)
                ranges = np.searchsorted(ends, _codes(self._table, stretch.raw))
                raw = stretch.raw.append_column(LINE, pa.array(stretch.lines))
                for number in np.unique(ranges).tolist():
                    if number not in writers:
                        writer = ipc.new_stream(self._files[number], raw.schema, options=_WRITTEN)
                        writers[number] = open_files.enter_context(writer)
                    writers[number].write_table(raw.take(pa.array(np.flatnonzero(ranges == number))))

    def read(self, number: int) -> Stretch:
        """One range of codes, sorted now."""
        if not self._files[number].exists():
            first = self._table.piece(0, 0)
            return Stretch(first.raw.slice(0, 0), first.lines[:0])
        with ipc.open_stream(self._files[number]) as stream:
            raw = stream.read_all().combine_chunks()
        raw = raw.take(pa.array(order_of(_codes(self._table, raw))))
        lines = raw.column(LINE).to_numpy()
        return Stretch(raw.drop_columns([LINE]), lines)


def _codes(table: ColumnTable, raw: Any) -> Codes:
    return filled_codes(table.field(raw, table.roles.code))
