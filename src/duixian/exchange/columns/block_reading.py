"""Fact tables in as blocks (事实表分块读入): whatever the size, every enterprise whole, and nothing else than ``read_facts`` finds.

The way: open tables → first pass over numbers and codes → settle odd records → cut into blocks → second pass, block by block.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from duixian.errors import Place, Problem
from duixian.exchange.columns.ahead import ahead
from duixian.exchange.columns.block_rows import BlockRows
from duixian.exchange.columns.broken_off import too_late
from duixian.exchange.columns.column_files import find_files
from duixian.exchange.columns.cross_checks import CrossChecks
from duixian.exchange.columns.cuts import cuts, worth_a_block
from duixian.exchange.columns.enterprises import Places
from duixian.exchange.columns.fact_tables import FactTables
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.first_pass import FirstPass, SurveyedTable, first_pass
from duixian.exchange.columns.kind_rows import KindRows
from duixian.exchange.columns.means import Means, Progress, SpoolFolder
from duixian.exchange.columns.remembered import Room
from duixian.exchange.columns.second_pass import Cursor
from duixian.exchange.columns.steady_memory import steady_memory
from duixian.exchange.columns.stretches import InOrder, SortedInMemory, SortedOnDisk, Stretches
from duixian.exchange.tables.facts import TableCount
from duixian.exchange.tables.regular_file import MEBIBYTE
from duixian.exchange.tables.roster import UncertainName
from duixian.rules.policy import City

ENTERPRISES_PER_BLOCK = 1 << 17
MOST_KEPT = 256 * MEBIBYTE
"""Tables of columns that are small together are taken into memory at once: what is wrong with their files shows before any
row counts. Larger ones are streamed."""
MOST_REMEMBERED = 1024 * MEBIBYTE
"""So much of the codes and numbers that the first pass read is kept for the second."""
MOST_SORTED = 1024 * MEBIBYTE
"""A table that does not go by enterprise is sorted in memory up to this size, beyond it in a temporary folder."""
LEAST_TEXT = 4 * MEBIBYTE

Facts: TypeAlias = Path | Mapping[str, Any]
"""A folder, a workbook or a single table, as for ``read_facts``; or Arrow tables in memory, each under the name of its kind."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some enterprises with all their facts (企业块): typed tables by kind, each sorted by credit code.

    ``last`` is the greatest code among them; the codes of the next block are greater. ``owners`` say whose each row is, by its row in
    the table of the subject kind, which names each enterprise once; None where it does not name all.
    """

    tables: Mapping[str, Any]
    enterprises: int
    last: str
    owners: Mapping[str, Places] | None = None


@dataclass(frozen=True, slots=True)
class BlockLimits:
    """How much is in memory at a time (分块上限). All but the first are bytes; texts of ``least_text`` and more are read by columns."""

    enterprises: int = ENTERPRISES_PER_BLOCK
    kept: int = MOST_KEPT
    remembered: int = MOST_REMEMBERED
    sorted: int = MOST_SORTED
    least_text: int = LEAST_TEXT


class BlockReading:
    """The blocks of a reading (分块读入), once from first to last; what else was found is complete after the last.

    ``problems`` are sorted by place, ``uncertain`` are the rows whose enterprise a person has to name, ``tables`` say what became
    of the rows of each table.
    """

    def __init__(self, facts: Facts, city: City, limits: BlockLimits, progress: Progress) -> None:
        self._facts, self._city, self._limits, self._progress = facts, city, limits, progress
        self.problems: tuple[Problem, ...] = ()
        self.uncertain: tuple[UncertainName, ...] = ()
        self.tables: tuple[TableCount, ...] = ()

    def __iter__(self) -> Iterator[Block]:
        """The blocks by code; while one is worked on, the next is made.

        Raises:
            BrokenOff: when a large file is damaged.
        """
        with closing(ahead(self._blocks())) as blocks:
            yield from blocks

    def _blocks(self) -> Generator[Block, None, None]:
        findings = FindingsByLine()
        with ExitStack() as open_things:
            open_things.enter_context(steady_memory())
            folder = SpoolFolder(open_things.enter_context(ExitStack()))
            # Closed in the other order: first the threads come to rest, then their files are closed, then the folder goes.
            files = open_things.enter_context(ExitStack())
            pool = open_things.enter_context(ThreadPoolExecutor(os.cpu_count(), "duixian-columns"))
            limits = self._limits
            kept, remembered = Room(limits.kept), Room(limits.remembered)
            means = Means(files, pool, folder, self._progress, kept, remembered, limits.least_text)
            tables = FactTables(self._city, findings, means)
            place = self._open(tables)
            first = first_pass(tables, self._city, pool)
            self.uncertain = first.settled.uncertain
            _count_settled(first, tables)
            marks = [each.marks for each in first.tables]
            ends = cuts(marks, min(self._limits.enterprises, worth_a_block(marks)))
            yield from self._cut(first, tables, ends, folder, pool)
            self._finish(tables, place)

    def _open(self, tables: FactTables) -> Place:
        """Open all tables; gives the place of the whole."""
        if isinstance(self._facts, Mapping):
            tables.open_tables(self._facts)
            return Place("")
        tables.open_files(find_files(self._facts, self._city.vocabulary.kinds, tables.findings))
        return Place(self._facts.name or str(self._facts))

    def _cut(
        self, first: FirstPass, tables: FactTables, ends: Sequence[bytes], folder: SpoolFolder, pool: Executor
    ) -> Iterator[Block]:
        cursors: dict[str, list[Cursor]] = {}
        for each in first.tables:
            stretches = self._stretches(each, ends, folder)
            cursor = Cursor(each, stretches, tables, pool, self._progress)
            cursors.setdefault(each.table.kind.name, []).append(cursor)
        # The longest first: a block waits for all of them.
        for cursor in sorted(
            (each for some in cursors.values() for each in some), key=Cursor.size, reverse=True
        ):
            cursor.begin()
        rows = BlockRows(self._city.vocabulary.kinds, cursors, first.settled.records)
        places = [each.place for each in tables.tables]
        checks = CrossChecks(self._city, tables.roles, places, _has_subjects(tables), tables.findings)
        for end in [*ends, None]:
            taken = rows.take(end)
            if taken:
                enterprises = checks.check(taken)
                codes = enterprises.codes
                typed = {kind: _in_order(each) for kind, each in taken.items()}
                yield Block(typed, len(codes), codes[-1].decode("ascii"), enterprises.owners(taken))

    def _stretches(self, surveyed: SurveyedTable, ends: Sequence[bytes], folder: SpoolFolder) -> Stretches:
        table = surveyed.table
        if surveyed.is_sorted:
            return InOrder(table, surveyed.starts)
        with too_late(table.place):
            if table.source.inflated <= self._limits.sorted:
                return SortedInMemory(table, surveyed.starts)
            return SortedOnDisk(table, surveyed.starts, ends, folder.path())

    def _finish(self, tables: FactTables, place: Place) -> None:
        """Say what is only known at the end."""
        findings, counted = tables.findings, [each for each in tables.tables if not each.is_left]
        for table in tables.columns.values():
            table.tell_unnamed(findings)
        for each in counted:
            if not each.rows and each.is_of_columns:
                findings.warn("no-rows", each.place)
        if not counted and not findings.has_errors:
            findings.add("no-tables", place, expected="、".join(self._city.vocabulary.kinds))
        has_facts = any(not each.record.kind.is_subject for each in tables.odd) or any(
            each.kept for each in counted if not each.kind.is_subject
        )
        if has_facts and not _has_subjects(tables):
            findings.warn("no-enterprise-table", place, expected=self._city.vocabulary.subject.name)
        self.problems = findings.problems()
        self.tables = tuple(
            TableCount(each.kind.name, each.place.file, each.place.sheet, each.rows, each.kept)
            for each in counted
        )


def read_blocks(
    facts: Facts,
    city: City,
    *,
    enterprises_per_block: int = ENTERPRISES_PER_BLOCK,
    limits: BlockLimits | None = None,
    progress: Progress | None = None,
) -> BlockReading:
    """Read fact tables by blocks of about so many enterprises: all that ``read_facts`` would find, and nothing else.

    Besides the formats of ``read_facts`` there are Arrow and Feather files, and Parquet files have no limit of rows. A table of
    columns that goes by credit code is streamed; one that does not is sorted first, in memory or in a temporary folder.
    """
    limits = replace(limits or BlockLimits(), enterprises=enterprises_per_block)
    return BlockReading(facts, city, limits, progress or (lambda table, rows: None))


def _count_settled(first: FirstPass, tables: FactTables) -> None:
    for records in first.settled.records.values():
        for each in records:
            tables.tables[each.table].kept += 1


def _has_subjects(tables: FactTables) -> bool:
    return any(each.kind.is_subject for each in tables.tables if not each.is_left)


def _in_order(rows: KindRows) -> Any:
    """The table of some rows, its columns in the order of the vocabulary."""
    names = [name for name in rows.kind.fields if name in rows.table.column_names]
    return rows.table.select(names).unify_dictionaries()
