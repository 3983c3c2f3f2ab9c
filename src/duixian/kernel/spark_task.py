"""What one worker does with one block (一块): decide its enterprises with the kernel, and hand the results on or write them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from duixian.kernel.spark_blocks import opened, plain

WRITTEN = pa.schema([("part", pa.string()), ("rows", pa.int64()), ("entangled", pa.int64())])
HANDED_ROWS = 1 << 16
"""How many results go back to Spark at once."""


class Decides(Protocol):
    """Whatever decides typed tables as the kernel does (``duixian.kernel.kernel.Kernel``); it can be pickled."""

    @property
    def entangled(self) -> int:
        """How many dossiers the reference engine had to decide so far."""
        ...

    def determine(
        self, tables: Mapping[str, pa.Table], as_of: date, *, threads: int | None = None
    ) -> pa.Table:
        """The results table of these enterprises, by enterprise and then in document order."""
        ...


@dataclass(frozen=True, slots=True)
class Decide:
    """Decides every block it is handed. ``program`` is the pickled kernel, ``codes`` the code column of each kind."""

    program: bytes
    codes: Mapping[str, str]
    as_of: date

    def results(self, parcels: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of the blocks, in batches."""
        for _, table in self._tables(parcels):
            yield from plain(table).to_batches(max_chunksize=HANDED_ROWS)

    def written(self, parcels: Iterator[pa.RecordBatch], folder: str) -> Iterator[pa.RecordBatch]:
        """Writes the results of each block to a Parquet file of its own; gives the files' names and rows.

        A task may run twice (a lost worker, a slow one): a part takes its name only when it is whole, and then always
        holds the same.
        """
        before = _kernel(self.program).entangled
        for block, table in self._tables(parcels):
            part = part_name(block)
            draft = Path(folder, f".{part}.{uuid4().hex}")
            pq.write_table(table, draft, compression="zstd")
            draft.replace(Path(folder, part))
            entangled = _kernel(self.program).entangled
            yield pa.record_batch([[part], [table.num_rows], [entangled - before]], schema=WRITTEN)
            before = entangled

    def _tables(self, parcels: Iterator[pa.RecordBatch]) -> Iterator[tuple[int, pa.Table]]:
        for block, tables in opened(parcels, self.codes).items():
            yield block, _kernel(self.program).determine(tables, self.as_of, threads=_threads())


def part_name(block: int) -> str:
    """The file of a block: the order of the names is the order of the enterprises."""
    return f"part-{block:05d}.parquet"


def draft_names() -> str:
    """The pattern of files that a lost worker may have left unfinished."""
    return ".part-*"


@lru_cache(maxsize=1)
def _kernel(program: bytes) -> Decides:
    """The kernel, unpacked once in the life of a worker process, whatever number of blocks it decides."""
    found: Decides = pickle.loads(program)
    return found


def _threads() -> int:
    """As many threads as Spark gives a task (``spark.task.cpus``)."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return context.cpus() if context is not None else 1
