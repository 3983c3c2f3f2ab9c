"""The world as Parquet (写出基准世界): one file a kind, written block by block, so that memory stays small.

The files are fact tables as anybody may hand them over: amounts are decimals in yuan.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from bench.world.columns import Columns
from bench.world.enterprises import world_columns
from bench.world.tables import SCHEMAS, fact_tables
from duixian.exchange.columns.result_columns import YUAN, yuan_of

SEED = 20260101
AMOUNT = "有效投入额"
GROUP = 1 << 17
"""Enterprises in a row group; always so many, so that the bytes do not depend on how the world is made."""


def stretches(seed: int, enterprises: int, size: int = GROUP) -> Iterator[Columns]:
    """The world in stretches of ``size`` enterprises, the last one shorter."""
    for first in range(0, enterprises, size):
        yield world_columns(seed, first, min(first + size, enterprises))


def write_world(folder: Path, seed: int, enterprises: int) -> dict[str, int]:
    """Write the fact tables as ``<kind>.parquet`` (zstd) and tell how many rows each has; about 150 MiB of memory."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = dict.fromkeys(SCHEMAS, 0)
    with ExitStack() as open_files:
        writers = {
            kind: open_files.enter_context(_writer(folder / f"{kind}.parquet", schema))
            for kind, schema in SCHEMAS.items()
        }
        for columns in stretches(seed, enterprises):
            for kind, table in fact_tables(columns).items():
                writers[kind].write_table(_in_yuan(table), row_group_size=max(len(table), 1))
                rows[kind] += len(table)
    return rows


def _in_yuan(table: pa.Table) -> pa.Table:
    """A typed table with its amounts in yuan."""
    if AMOUNT not in table.column_names:
        return table
    place = table.column_names.index(AMOUNT)
    return table.set_column(place, pa.field(AMOUNT, YUAN), yuan_of(table[AMOUNT].combine_chunks()))


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    fields = [pa.field(AMOUNT, YUAN) if each.name == AMOUNT else each for each in schema]
    return pq.ParquetWriter(path, pa.schema(fields), compression="zstd")
