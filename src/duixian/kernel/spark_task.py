"""What one worker does with one block (一块): decide its enterprises with the kernel, and hand the results on or write them."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from duixian.kernel.spark_blocks import opened, plain

WRITTEN = pa.schema([("block", pa.int32()), ("rows", pa.int64())])
RESULTS, MARKS = "results", "marks"
HANDED_ROWS = 1 << 16
"""How many results go back to Spark at once."""


class Decided(Protocol):
    """What came of a block (``duixian.kernel.batch.Batch``)."""

    @property
    def table(self) -> Any:
        """A row for each determination."""
        ...

    @property
    def marks(self) -> Any:
        """A row for each option that would change one, with the ``result`` that it is about."""
        ...

    @property
    def entangled(self) -> tuple[str, ...]:
        """The enterprises that only the reference engine can decide."""
        ...


class Decides(Protocol):
    """Whatever decides typed tables as the kernel does (``duixian.kernel.kernel.Kernel``); it can be pickled.

    Pass one that leaves nothing to the reference engine, or ask it in a wrapper of your own: on the workers nobody else does.
    """

    def determine(self, tables: Mapping[str, Any], as_of: date, *, threads: int | None = None) -> Decided:
        """The results of these enterprises, by enterprise and then in document order; of no tables, none, with all columns."""
        ...


class LeftOpen(Exception):
    """An enterprise is left to the reference engine, and a worker has none (须用参照引擎)."""


@dataclass(frozen=True, slots=True)
class Decide:
    """Decides every block it is handed. ``program`` is the packed kernel, ``codes`` the code column of each kind."""

    program: bytes
    codes: Mapping[str, str]
    as_of: date

    def results(self, parcels: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The results of the blocks, in batches."""
        for _, found in self._decided(parcels):
            yield from plain(of_all_blocks(found.table)).to_batches(max_chunksize=HANDED_ROWS)

    def written(self, parcels: Iterator[pa.RecordBatch], folder: str) -> Iterator[pa.RecordBatch]:
        """Writes the results and marks of each block to Parquet files of its own; gives its number and rows."""
        for block, found in self._decided(parcels):
            write_part(Path(folder), block, found)
            yield pa.record_batch([[block], [found.table.num_rows]], schema=WRITTEN)

    def _decided(self, parcels: Iterator[pa.RecordBatch]) -> Iterator[tuple[int, Decided]]:
        for block, tables in opened(parcels, self.codes).items():
            found = _unpacked(self.program).determine(tables, self.as_of, threads=_threads())
            if found.entangled:
                raise LeftOpen(f"{len(found.entangled)} enterprises")
            yield block, found


def write_part(folder: Path, block: int, found: Decided) -> None:
    """Write the files of a block.

    A task may run twice (a lost worker, a slow one): a file takes its name only when it is whole, and then always holds the
    same.
    """
    for name, table in ((RESULTS, found.table), (MARKS, found.marks)):
        draft = folder / f".{name}-{uuid4().hex}"
        pq.write_table(table, draft, compression="zstd")
        draft.replace(folder / f"{name}-{block:05d}.parquet")


def of_all_blocks(table: pa.Table) -> pa.Table:
    """Results without ``owner``, which numbers the enterprises of one block and says nothing beyond it."""
    return table.select([name for name in table.column_names if name != "owner"])


def drafts(folder: Path) -> Iterator[Path]:
    """The files that a lost worker left unfinished."""
    return folder.glob(".*")


def packed(kernel: Decides) -> bytes:
    """A kernel as bytes. It travels as what it was made of, city and rulings, and is made again in some 20 ms."""
    sink = io.BytesIO()
    _Pickler(sink, pickle.HIGHEST_PROTOCOL).dump(kernel)
    return sink.getvalue()


class _Pickler(pickle.Pickler):
    def reducer_override(self, thing: Any) -> Any:
        from duixian.kernel.kernel import Kernel

        if isinstance(thing, Kernel):
            return _kernel, (thing.city, thing.rulings, thing.strict, thing.reference)
        return NotImplemented


def _kernel(city: Any, rulings: Any, strict: bool, reference: Any) -> Any:
    from duixian.kernel.kernel import Kernel

    return Kernel(city, rulings, strict=strict, reference=reference)


@lru_cache(maxsize=1)
def _unpacked(program: bytes) -> Decides:
    """The kernel, unpacked once in the life of a worker process, whatever number of blocks it decides."""
    found: Decides = pickle.loads(program)
    return found


def _threads() -> int:
    """As many threads as Spark gives a task (``spark.task.cpus``)."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return context.cpus() if context is not None else 1
