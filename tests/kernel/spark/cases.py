"""The facts of every worked case of Lianyungang as one city's, and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]

from duixian.exchange.columns.typed import typed_tables
from duixian.kernel.batch import Batch
from duixian.kernel.kernel import Kernel
from duixian.kernel.spark_blocks import plain
from duixian.kernel.spark_task import of_all_blocks
from duixian.rules.policy import City
from duixian.source.cases import read_cases
from duixian.source.city import read_city

AS_OF = date(2026, 12, 31)
CODE = "统一社会信用代码"
SUBJECT = "企业"
FOLDER = Path(__file__).resolve().parents[3] / "policies" / "lianyungang"


@cache
def lianyungang() -> City:
    """The city with both documents."""
    city = read_city(FOLDER).city
    assert city is not None
    return city


@cache
def all_facts() -> Mapping[str, Any]:
    """Kind → facts, sorted by credit code; each case is an enterprise with a code of its own."""
    dossiers = [case.dossier for case in read_cases(lianyungang()).cases]
    coded = [replace(each, code=f"91320700MA{number:08d}") for number, each in enumerate(dossiers)]
    return typed_tables(coded, lianyungang())


def some_facts() -> Mapping[str, Any]:
    """Three kinds are enough to see that they meet."""
    return {kind: all_facts()[kind] for kind in (SUBJECT, "认定", "投资项目")}


@cache
def kernel() -> Kernel:
    """The kernel as the city has decided."""
    return Kernel(lianyungang())


def on_one_machine(kernel: Kernel, tables: Mapping[str, Any]) -> Batch:
    """What the kernel finds without Spark."""
    found = kernel.determine(tables, AS_OF)
    return found._replace(table=of_all_blocks(found.table))


@cache
def local_run() -> Batch:
    """What one machine finds for some facts."""
    return on_one_machine(kernel(), some_facts())


def written(folder: Path, tables: Mapping[str, Any], pieces: int = 1) -> dict[str, list[str]]:
    """The tables as files, every kind in so many, dealt out like cards."""
    paths: dict[str, list[str]] = {}
    for kind, table in tables.items():
        for piece in range(pieces):
            path = folder / f"{kind}-{piece}.parquet"
            pq.write_table(table.take(list(range(piece, table.num_rows, pieces))), path, row_group_size=50)
            paths.setdefault(kind, []).append(str(path))
    return paths


def the_bytes(table: Any, file: Path) -> bytes:
    """What a table says as the bytes of a Parquet file, however it lies in memory and in whatever order names came up."""
    pq.write_table(plain(table).combine_chunks(), file)
    return file.read_bytes()
