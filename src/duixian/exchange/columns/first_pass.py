"""After the first pass (摸底结论): which rows are read by row before any block, and in which order all others come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, TypeAlias

import numpy as np

from duixian.exchange.columns.broken_off import too_late
from duixian.exchange.columns.census import Mark, PieceCensus, are_sorted, census_of, keys_in
from duixian.exchange.columns.column_table import ColumnTable
from duixian.exchange.columns.dossiers import rows_of
from duixian.exchange.columns.fact_tables import FactTables
from duixian.exchange.columns.keys import RowKeys, Rows, Span, keys_of_texts, repeated
from duixian.exchange.columns.odd_records import OddRecord, Settled, settle
from duixian.exchange.columns.table_columns import Lines
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.regular_file import NotOpened
from duixian.exchange.tables.roster import FORMER_NAMES
from duixian.exchange.tables.rows import MOST_ROWS, Record
from duixian.rules.policy import City

_Surveyed: TypeAlias = tuple[ColumnTable, list[PieceCensus]]
_RowsOf: TypeAlias = dict[tuple[int, int], Rows]
"""Some rows of a piece, by the place of its table and its own."""
_NO_ROWS: Rows = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class SurveyedTable:
    """A table of columns after the first pass (摸底后的表). The lines ``set_apart`` are among the odd records."""

    table: ColumnTable
    pieces: Sequence[PieceCensus]
    set_apart: Lines

    @property
    def marks(self) -> list[Mark]:
        """Where blocks may end."""
        return [mark for piece in self.pieces for mark in piece.marks]

    @property
    def starts(self) -> list[int]:
        """How many rows there are before each piece."""
        return [0, *accumulate(each.rows for each in self.pieces)]

    @property
    def is_sorted(self) -> bool:
        """Whether rows go by enterprise."""
        return are_sorted(self.pieces)


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What the first pass came to (摸底结论): the tables of columns, and the odd records as they stand in the end."""

    tables: tuple[SurveyedTable, ...]
    settled: Settled


def first_pass(tables: FactTables, city: City, pool: Executor) -> FirstPass:
    """Look through the numbers and codes of all tables, and settle what cannot stay in its columns.

    Tables that turn out to be damaged, or to have more odd rows than can be read by row, are left aside with a problem.
    """
    surveyed = _surveyed(tables, pool)
    repeated_rows: _RowsOf = {}
    for kind in tables.roles:
        repeated_rows |= _repeated_rows(kind, tables, surveyed, pool)
    apart: list[SurveyedTable] = []
    for table, pieces in surveyed:
        try:
            lines, records = _set_apart(tables, table, pieces, repeated_rows)
        except NotOpened as refusal:
            _leave(tables, table, refusal)
            continue
        tables.odd += records
        apart.append(SurveyedTable(table, pieces, lines))

    def subjects(kept: Iterable[Record]) -> Iterator[Record]:
        yield from kept
        yield from _subjects(tables, apart)

    settled = settle(tables.odd, city, tables.roles, subjects, tables.findings)
    return FirstPass(tuple(apart), settled)


def _surveyed(tables: FactTables, pool: Executor) -> list[_Surveyed]:
    # The tables with the largest pieces first: all are waited for.
    asked = {
        table.order: [pool.submit(census_of, table, piece) for piece in range(table.source.pieces)]
        for table in sorted(tables.columns.values(), key=_size_of_a_piece, reverse=True)
    }
    surveyed = []
    for order, table in list(tables.columns.items()):
        try:
            surveyed.append((table, [each.result() for each in asked[order]]))
        except NotOpened as refusal:
            _leave(tables, table, refusal)
    return surveyed


def _size_of_a_piece(table: ColumnTable) -> int:
    return table.source.inflated // max(table.source.pieces, 1)


def _leave(tables: FactTables, table: ColumnTable, refusal: NotOpened) -> None:
    del tables.columns[table.order]
    tables.tables[table.order].is_left = True
    tables.leave(table.place, refusal)


def _repeated_rows(kind: str, tables: FactTables, surveyed: Sequence[_Surveyed], pool: Executor) -> _RowsOf:
    """The rows of each piece whose number may come twice, in whatever table of the kind.

    Raises:
        BrokenOff: when a file that could be read before no longer can.
    """
    own = [
        (table, place, piece)
        for table, pieces in surveyed
        if table.kind.name == kind
        for place, piece in enumerate(pieces)
    ]
    odd = [each.record for each in tables.odd if each.record.kind.name == kind]
    if not odd and _rise([piece.numbers for _, _, piece in own]):
        return {}
    keys = list(pool.map(_keys, own))
    numbers = [record.code if record.kind.is_subject else record.id for record in odd]
    twice = repeated([*(each.keys for each in keys), keys_of_texts(numbers)])
    return {
        (table.order, place): each.rows_with(twice) for (table, place, _), each in zip(own, keys, strict=True)
    }


def _rise(numbers: Sequence[Span | RowKeys]) -> bool:
    """Whether numbers rise from piece to piece, so that none comes twice."""
    spans = [each for each in numbers if isinstance(each, Span)]
    return len(spans) == len(numbers) and all(one.last < two.first for one, two in pairwise(spans))


def _keys(asked: tuple[ColumnTable, int, PieceCensus]) -> RowKeys:
    table, place, piece = asked
    if isinstance(piece.numbers, RowKeys):
        return piece.numbers
    with too_late(table.place):
        return keys_in(table, place)


def _set_apart(
    tables: FactTables, table: ColumnTable, pieces: Sequence[PieceCensus], repeated_rows: _RowsOf
) -> tuple[Lines, list[OddRecord]]:
    """The lines that are read by row at once, and their records."""
    lines, start = [_NO_ROWS], 0
    rows = list(table.odd)
    for number, piece in enumerate(pieces):
        places = np.union1d(repeated_rows.get((table.order, number), _NO_ROWS), piece.uncoded)
        if len(places):
            stretch = table.piece(number, start)
            lines.append(stretch.lines[places])
            rows += table.rows(stretch, places)
        if len(rows) > MOST_ROWS:
            raise NotOpened("too-many-rows", expected=str(MOST_ROWS))
        start += piece.rows
    records, count = table.records(rows, tables.findings)
    tables.tables[table.order].rows += count
    return np.concatenate(lines), [OddRecord(table.order, record) for record in records]


def _subjects(tables: FactTables, surveyed: Iterable[SurveyedTable]) -> Iterator[Record]:
    """The records of enterprises that stay in their columns, as far as names go."""
    for each in surveyed:
        table, start = each.table, 0
        if not table.kind.is_subject:
            continue
        for number, piece in enumerate(each.pieces):
            read = table.read(table.piece(number, start), each.set_apart)
            yield from table.records(read.odd, Findings())[0]
            yield from _named(table, read.clean.table)
            start += piece.rows


def _named(table: ColumnTable, rows: Any) -> Iterator[Record]:
    roles = table.roles
    fields = [name for name in (roles.code, roles.name, FORMER_NAMES) if name in rows.column_names]
    for values in rows_of(table.kind, rows.select(fields)):
        code, name = str(values[roles.code]), str(values.get(roles.name, ""))
        yield Record(table.kind, table.place, "", code, name, values)
