"""The kernel on Spark (Spark 引擎): the same kernel, on every worker of any Spark master, each with whole enterprises.

The way of a run:

1. a sample of the credit codes cuts them into ranges of about equally many rows (``spark_blocks.edges``);
2. the workers read the facts and cut them into parcels by range: ``(block, kind, Arrow stream)``;
3. Spark carries every parcel to the partition of its block: the one shuffle;
4. the worker of a block opens its parcels, sorts by code and runs the kernel over it; blocks follow each other by code.

So all kinds travel as one narrow stream, and Spark moves a few large cells instead of millions of rows. Measured on two busy cores
(``local[2]``, Parquet to Parquet): 1M enterprises with 3.1M rows take 14 s when the workers read and write the files themselves
(``ParquetFeed``, :func:`write_parquet`) and 34 to 39 s when Spark does (``FrameFeed``, :func:`determine`); one machine without
Spark takes 11 s. All kinds in one wide frame of rows (``repartition`` and ``sortWithinPartitions`` by code) took up to a quarter longer
than the slower of these, and a function for each enterprise (``applyInArrow``) some fifteen times longer. Ranges of codes instead of
hashes cost one look at the codes and give results in order for nothing.

The kernel itself goes along pickled within the task. Compiled code lies in the workers' cache folder (``NUMBA_CACHE_DIR``):
whoever comes first on a machine compiles, all others load. See ``docs/guide/spark.zh-CN.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial, reduce
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from duixian.kernel.spark_blocks import PARCEL, SAMPLE, Packer, Sampler, edges, plain
from duixian.kernel.spark_feed import Feed
from duixian.kernel.spark_refusal import told_failures
from duixian.kernel.spark_task import (
    MARKS,
    RESULTS,
    WRITTEN,
    Decide,
    Decides,
    drafts,
    of_all_blocks,
    packed,
    write_part,
)

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

BLOCK_ROWS = 1 << 19
"""At most about so many rows of input in a block: some 100 MB, where Spark gives a worker one or two GB."""

DDL = {
    pa.string(): "string",
    pa.binary(): "binary",
    pa.int64(): "bigint",
    pa.int32(): "int",
    pa.int16(): "smallint",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}
"""Spark's names for the types that occur in results."""


def determine(
    spark: SparkSession, feeds: Sequence[Feed], kernel: Decides, as_of: date, *, blocks: int | None = None
) -> DataFrame:
    """The results of the kernel over all enterprises, as a frame whose partitions follow each other by credit code.

    Nothing is decided before somebody asks for rows; do that within ``told_failures()``. The columns are the kernel's, with
    texts plain and without ``owner``. ``blocks``: how many partitions at most (as many as there are cores, or a multiple of that).
    """
    parcels, count = _parcels(spark, feeds, blocks)
    work = _work(feeds, kernel, as_of)
    schema = plain(of_all_blocks(kernel.determine({}, as_of).table)).schema
    return parcels.repartitionById(count, "block").mapInArrow(work.results, _ddl(schema))


def write_parquet(
    spark: SparkSession,
    feeds: Sequence[Feed],
    kernel: Decides,
    as_of: date,
    folder: Path,
    *,
    blocks: int | None = None,
) -> int:
    """Write results and marks into a new folder that all workers see, two Parquet files for each block; gives the number of results.

    The workers write with Arrow, types and all, as the kernel does on one machine; :func:`parts_of` and :func:`read_back` read them.
    A run that fails leaves nothing.

    Raises:
        FileExistsError: results are never written over others.
        SparkRefusal: whatever Spark could not do.
    """
    folder.mkdir(parents=True)
    try:
        parcels, count = _parcels(spark, feeds, blocks)
        task = partial(_work(feeds, kernel, as_of).written, folder=str(folder.absolute()))
        with told_failures():
            parts = parcels.repartitionById(count, "block").mapInArrow(task, _ddl(WRITTEN)).toArrow()
        if not parts.num_rows:
            write_part(folder, 0, kernel.determine({}, as_of))
        for draft in drafts(folder):
            draft.unlink()
    except BaseException:
        # Half a run must not be taken for a whole one.
        rmtree(folder, ignore_errors=True)
        raise
    return sum(parts["rows"].to_pylist())


def parts_of(folder: Path) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Results and marks of each block that :func:`write_parquet` has written, in order, as the kernel gave them.

    Places and numbers in them (``result``, ``owner``) are those of the block.
    """
    for results in sorted(folder.glob(f"{RESULTS}-*")):
        yield pq.read_table(results), pq.read_table(results.with_name(results.name.replace(RESULTS, MARKS)))


def read_back(folder: Path) -> tuple[pa.Table, pa.Table]:
    """All results and marks that :func:`write_parquet` has written, in the order of a local run, without ``owner``."""
    results, marks, first = [], [], 0
    for table, about in parts_of(folder):
        results.append(of_all_blocks(table))
        marks.append(about.set_column(0, "result", pc.add(about["result"], first)))
        first += table.num_rows
    return pa.concat_tables(results), pa.concat_tables(marks)


def gathered(results: DataFrame) -> pa.Table:
    """All results on this machine, in the order of a local run."""
    with told_failures():
        return in_order([results.toArrow()])


def in_order(parts: Iterable[pa.Table]) -> pa.Table:
    """Parts of a run in the order of a local one, whatever the order they came in.

    An enterprise is whole within one part and its rows are in document order there, so a stable sort by enterprise is enough.
    """
    return pa.concat_tables(parts).sort_by("enterprise")


def _work(feeds: Sequence[Feed], kernel: Decides, as_of: date) -> Decide:
    return Decide(packed(kernel), {feed.kind: feed.code for feed in feeds}, as_of)


def _parcels(spark: SparkSession, feeds: Sequence[Feed], blocks: int | None) -> tuple[DataFrame, int]:
    """The parcels of all feeds, and how many blocks they are for."""
    seen = [feed.led_over(Sampler(feed.code), _ddl(SAMPLE), codes_only=True) for feed in feeds]
    with told_failures():
        sample = _union(spark, seen, SAMPLE).toArrow()
    cuts = edges(
        sample, blocks or _fitting(sum(sample["rows"].to_pylist()), spark.sparkContext.defaultParallelism)
    )
    cut = [feed.led_over(Packer(feed.kind, feed.code, cuts), _ddl(PARCEL)) for feed in feeds]
    return _union(spark, cut, PARCEL), len(cuts) + 1


def _fitting(rows: int, cores: int) -> int:
    """So many blocks that none is too large and all cores have the same number of them."""
    return cores * max(1, -(-rows // (BLOCK_ROWS * cores)))


def _union(spark: SparkSession, frames: Iterable[DataFrame], schema: pa.Schema) -> DataFrame:
    """All rows of the frames; of none, an empty frame: a city without facts has results too, none."""
    return reduce(lambda one, two: one.unionAll(two), frames, spark.createDataFrame([], _ddl(schema)))


def _ddl(schema: pa.Schema) -> str:
    return ", ".join(f"`{each.name}` {DDL[each.type]}" for each in schema)
