"""``duixian determine --engine spark``: the kernel on a Spark cluster (集群测算).

Tables are read and checked here, as always; what is clean goes in columns to a folder that the workers see, the workers
decide it, and their parts come back in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from duixian.cli.batch import (
    Part,
    Task,
    by_the_book,
    compiled_kernel,
    finish,
    prepare_task,
    receipt_of_task,
    write_parts,
)
from duixian.cli.engines import EngineOptions
from duixian.cli.refusal import Refusal
from duixian.cli.screen import Screen
from duixian.exchange.columns.block_reading import BlockReading, read_blocks
from duixian.exchange.columns.determined_rows import replaced
from duixian.exchange.columns.stakes import stake_rows
from duixian.kernel.batch import Batch
from duixian.kernel.kernel import Kernel
from duixian.kernel.spark import parts_of, write_parquet
from duixian.kernel.spark_feed import ParquetFeed
from duixian.kernel.spark_refusal import SparkRefusal
from duixian.kernel.spark_session import spark_session
from duixian.rules.vocabulary import FieldType
from duixian.wording import Language

_ENTANGLED = "choose.too-entangled"


def determine_on_cluster(
    screen: Screen,
    facts: Path,
    policies: Path | None,
    as_of: str,
    out: Path,
    answers: Sequence[str],
    options: EngineOptions,
    *,
    strict: bool,
) -> int:
    """Determine all enterprises on a cluster, write the results, show the summary.

    Raises:
        Refusal: when something named does not exist, a rule does not fit into the kernel, or Spark cannot do it.
    """
    task = prepare_task(screen, facts, policies, as_of, answers, options, strict=strict)
    reading = read_blocks(facts, task.city)
    out.mkdir(parents=True, exist_ok=True)
    # Beside the results: a folder that every worker sees under the same path.
    with TemporaryDirectory(prefix=".cluster-", dir=out) as shared:
        staged = _Staged(task, Path(shared) / "facts")
        staged.take(reading)
        try:
            _decide(task, staged, Path(shared) / "results")
        except SparkRefusal as refusal:
            raise Refusal(f"error.{refusal.code}", **refusal.blanks) from refusal
        found, path = write_parts(task, _parts(task, staged, Path(shared) / "results"), out)
    found.enterprises = staged.enterprises
    return finish(task, found, reading, [path], out, facts, receipt_of_task(task))


@dataclass(frozen=True, slots=True)
class _OnWorkers:
    """The kernel as it runs on the workers (工作节点的内核): with marks or without, in the language of the screen.

    What the loop cannot choose among stays open there: it is decided here, where the reference engine is.
    """

    kernel: Kernel
    with_marks: bool
    language: Language

    def determine(self, tables: Mapping[str, Any], as_of: date, *, threads: int | None = None) -> Batch:
        """The results of a block."""
        found = self.kernel.determine(
            tables, as_of, threads=threads, with_marks=self.with_marks, language=self.language
        )
        return found._replace(entangled=())


class _Staged:
    """The clean facts in columns, one Parquet file for each kind (待分发的事实)."""

    def __init__(self, task: Task, folder: Path) -> None:
        folder.mkdir()
        self.codes = {
            name: kind.field_of_type(FieldType.CREDIT_CODE)
            for name, kind in task.city.vocabulary.kinds.items()
        }
        self.folder, self.enterprises = folder, 0
        self.schemas: dict[str, Any] = {}

    def take(self, reading: BlockReading) -> None:
        """Write all blocks down; a block's columns need not be those of the block before."""
        for number, block in enumerate(reading):
            self.enterprises += block.enterprises
            for kind, table in block.tables.items():
                pq.write_table(table, self.folder / f"{kind}-{number:05}.parquet", compression="zstd")

    def paths(self, kind: str) -> list[str]:
        """The files of a kind."""
        return [str(path) for path in sorted(self.folder.glob(f"{kind}-*.parquet"))]

    def of(self, codes: Sequence[str]) -> dict[str, Any]:
        """The tables of some enterprises."""
        found = {}
        for kind, field in self.codes.items():
            parts = [pq.read_table(path) for path in self.paths(kind)]
            if parts:
                whole = pa.concat_tables(parts, promote_options="default").unify_dictionaries()
                found[kind] = whole.filter(
                    pc.is_in(whole[field], pa.array(codes, whole.schema.field(field).type))
                )
        return found


def _decide(task: Task, staged: _Staged, results: Path) -> None:
    """Let the cluster decide everything."""
    with spark_session(task.options.master) as spark:
        feeds = [
            ParquetFeed(kind, field, spark, staged.paths(kind))
            for kind, field in staged.codes.items()
            if staged.paths(kind)
        ]
        kernel = _OnWorkers(compiled_kernel(task), task.options.with_marks, task.screen.language)
        write_parquet(spark, feeds, kernel, task.day, results)


def _parts(task: Task, staged: _Staged, results: Path) -> Iterator[Part]:
    """What the workers found, in order; the entangled are decided here."""
    law = task.law
    for table, marks in parts_of(results):
        open_ = table.filter(pc.equal(table["reason"].cast(pa.string()), _ENTANGLED))["enterprise"]
        entangled = pc.unique(open_.cast(pa.string())).to_pylist()
        decide = partial(by_the_book, law, task.day, staged.of(entangled) if entangled else {})
        whole = replaced(table, entangled, decide, task.screen.language)
        yield Part(whole, stake_rows(table, marks), 0, len(entangled))
