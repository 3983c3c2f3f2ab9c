"""Pieces that are read into memory at once (留存段): all of a small source, by whatever threads are free."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.columns.sources import Source

_WORTH_TWO = 1 << 20
"""A piece of so many bytes that is all there is of its table is read by two threads, some columns by each."""


class KeptPieces:
    """The pieces of a source, being read (留存段), with the columns that are ``wanted``."""

    def __init__(self, source: Source, wanted: Sequence[str]) -> None:
        self.source, self._wanted = source, list(wanted)
        self._reading: list[list[Future[Any]]] = []

    @property
    def size(self) -> int:
        """About how many bytes a piece takes."""
        return self.source.inflated // max(self.source.pieces, 1)

    def begin(self, pool: Executor) -> None:
        """Let the threads of a pool read them."""
        is_alone = self.source.pieces == 1 and self.size >= _WORTH_TWO and len(self._wanted) > 1
        shares = [self._wanted[::2], self._wanted[1::2]] if is_alone else [self._wanted]
        self._reading = [
            [pool.submit(self.source.read, piece, share) for share in shares]
            for piece in range(self.source.pieces)
        ]

    def pieces(self) -> list[Any]:
        """All pieces, once they are there.

        Raises:
            NotOpened: when the file is damaged anywhere.
        """
        return [self._put_together([each.result() for each in reading]) for reading in self._reading]

    def _put_together(self, shares: list[Any]) -> Any:
        """A piece with its columns in their order."""
        if len(shares) == 1:
            return shares[0]
        columns = {name: share.column(name) for share in shares for name in share.column_names}
        return pa.table({name: columns[name] for name in self._wanted})
