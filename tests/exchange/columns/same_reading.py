"""The law of blocks: whatever ``read_facts`` finds in a folder, ``read_blocks`` finds, however it goes about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from pyarrow import ipc

from duixian.errors import NOWHERE
from duixian.exchange.columns.block_reading import BlockLimits, read_blocks
from duixian.exchange.columns.dossiers import dossiers_of
from duixian.exchange.tables.facts import FactReading, read_facts
from duixian.rules.fact import Dossier
from duixian.rules.policy import City

KEPT = BlockLimits()
STREAMED = BlockLimits(kept=0)
"""Nothing is taken into memory beforehand."""
FORGETFUL = BlockLimits(kept=0, remembered=0)
ON_DISK = BlockLimits(kept=0, sorted=0)
"""What is not sorted goes through a temporary folder."""
WAYS = (KEPT, STREAMED, FORGETFUL, ON_DISK)


def placeless(dossiers: tuple[Dossier, ...]) -> tuple[Dossier, ...]:
    """Dossiers without the places of their facts, which columns do not carry."""
    return tuple(
        replace(each, facts=tuple(replace(fact, place=NOWHERE) for fact in each.facts)) for each in dossiers
    )


def assert_same(path: Path, city: City, limits: BlockLimits = KEPT, per_block: int = 2) -> FactReading:
    """Both readings of a folder find the same; gives what they find."""
    expected = read_facts(path, city)
    reading = read_blocks(path, city, limits=limits, enterprises_per_block=per_block)
    dossiers = tuple(each for block in reading for each in dossiers_of(block.tables, city))
    assert dossiers == placeless(expected.dossiers)
    assert reading.problems == expected.problems
    assert reading.uncertain == expected.uncertain
    assert reading.tables == expected.tables
    return expected


def write_parquet(path: Path, columns: dict[str, Any], rows_per_group: int = 3) -> None:
    """A table as a Parquet file of several row groups."""
    pq.write_table(pa.table(columns), path, row_group_size=rows_per_group)


def write_arrow(path: Path, columns: dict[str, Any], rows_per_batch: int = 3) -> None:
    """A table as an Arrow file of several batches."""
    table = pa.table(columns)
    with ipc.new_file(path, table.schema) as file:
        file.write_table(table, max_chunksize=rows_per_batch)
