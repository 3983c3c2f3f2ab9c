"""Fact tables in (事实表读入): a folder, a workbook or one table becomes dossiers, and everything that was wrong with it.

The way of a row: file → table → header → record → enterprise → dossier. Each step leaves aside what it cannot use and says
so in a problem; nothing raises, and nothing is dropped in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from duixian.errors import Place, Problem
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.dossiers import gather_dossiers
from duixian.exchange.tables.duplicates import without_duplicates
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.folder import Format, TableFile, find_tables
from duixian.exchange.tables.header import HeaderNames, read_header
from duixian.exchange.tables.references import tell_dangling
from duixian.exchange.tables.regular_file import NotOpened, open_regular
from duixian.exchange.tables.roles import references_of, roles_of
from duixian.exchange.tables.roster import KnownNames, UncertainName, match_names
from duixian.exchange.tables.rows import MOST_ROWS, Record, RowCount, TooManyRows, read_rows
from duixian.exchange.tables.table import Table
from duixian.exchange.tables.table_csv import open_csv
from duixian.exchange.tables.table_parquet import open_parquet
from duixian.exchange.tables.table_xlsx import open_workbook
from duixian.rules.fact import Dossier
from duixian.rules.policy import City
from duixian.source.titles import TitleReader

_STRIDE = 1_000

Progress = Callable[[str, int], None]
"""Told which table is being read, and how many of its rows are done."""


@dataclass(frozen=True, slots=True)
class TableCount:
    """What became of one table's rows (读表统计): ``rows`` hold data, ``kept`` of them are in the dossiers."""

    kind: str
    file: str
    sheet: str
    rows: int
    kept: int

    @property
    def left_aside(self) -> int:
        """The rows that are in no dossier; each has its problem."""
        return self.rows - self.kept


@dataclass(frozen=True, slots=True)
class FactReading:
    """All that came of reading fact tables (读表结果).

    ``dossiers`` are sorted by code and do not depend on the order of rows or files; ``problems`` by place; ``uncertain`` are the
    rows whose enterprise a person has to name.
    """

    dossiers: tuple[Dossier, ...]
    problems: tuple[Problem, ...]
    uncertain: tuple[UncertainName, ...]
    tables: tuple[TableCount, ...]


def read_facts(path: Path, city: City, *, progress: Progress | None = None) -> FactReading:
    """Read a folder of fact tables, one workbook with a sheet for each kind, or a single table named by its kind.

    Files are ``企业.csv``, ``认定_2026.xlsx``, ``投资项目.parquet``; headers are the field names of the city's vocabulary or their
    other headers. Places in problems name the file by its name alone.
    """
    reader = _FactReader(city, progress)
    for file in find_tables(path, city.vocabulary.kinds, reader.findings):
        reader.read_file(file)
    return reader.finish(Place(path.name or str(path)))


class _FactReader:
    """What was read so far."""

    def __init__(self, city: City, progress: Progress | None) -> None:
        self.findings = Findings()
        self._city = city
        self._kinds = city.vocabulary.kinds
        self._words = Words(TitleReader.of(city.vocabulary), AreaReader(city.region))
        self._roles = {name: roles_of(kind, city.vocabulary) for name, kind in self._kinds.items()}
        self._records: dict[str, list[Record]] = {name: [] for name in self._kinds}
        self._counts: list[tuple[Table, RowCount]] = []
        self._progress = progress or (lambda table, rows: None)

    def read_file(self, file: TableFile) -> None:
        """Read the tables of one file."""
        place = Place(file.name)
        try:
            with open_regular(file.path) as stream:
                for table in self._tables(stream, file, place):
                    self._read_table(table)
        except NotOpened as refusal:
            self.findings.add(refusal.code, place, found=refusal.found, expected=refusal.expected)
        except OSError as error:
            self.findings.add("cannot-open", place, found=error.strerror or "")

    def _tables(self, stream: BinaryIO, file: TableFile, place: Place) -> Iterator[Table]:
        if file.format is Format.WORKBOOK:
            yield from open_workbook(stream, file.name, file.kind, self._kinds, self.findings)
            return
        assert file.kind is not None
        known = HeaderNames(file.kind)
        if file.format is Format.CSV:
            yield from open_csv(stream, file.kind, place, known.count, self.findings)
        else:
            yield open_parquet(stream, file.kind, place, lambda name: known.field(name) is not None)

    def _read_table(self, table: Table) -> None:
        """Read one table, whole or not at all: half a table of payments would pay the other half twice."""
        roles, count = self._roles[table.kind.name], RowCount()
        header = read_header(table, roles, self.findings)
        if header is None:
            return
        name = table.place.sheet or table.place.file
        records: list[Record] = []
        try:
            for record in read_rows(table, header, roles, self._words, self.findings, count):
                records.append(record)
                if len(records) % _STRIDE == 0:
                    self._progress(name, count.rows)
        except TooManyRows:
            self.findings.add("too-many-rows", table.place, expected=str(MOST_ROWS))
            return
        self._progress(name, count.rows)
        if not count.rows:
            self.findings.warn("no-rows", table.place)
        self._counts.append((table, count))
        self._records[table.kind.name] += records

    def finish(self, place: Place) -> FactReading:
        """Look up names, settle duplicates, and gather the dossiers."""
        findings, subject = self.findings, self._city.vocabulary.subject.name
        if not self._counts and not findings.has_errors:
            findings.add("no-tables", place, expected="、".join(self._kinds))
        has_subjects = any(table.kind.is_subject for table, _ in self._counts)
        subjects = without_duplicates(self._records.pop(subject), lambda record: record.code, findings)
        if not has_subjects and any(self._records.values()):
            findings.warn("no-enterprise-table", place, expected=subject)
        names = KnownNames(subjects, self._city.region)
        uncertain: list[UncertainName] = []
        facts: list[Record] = []
        for kind, records in self._records.items():
            named = match_names(records, self._roles[kind], names, findings, uncertain)
            facts += without_duplicates(named, lambda record: record.id, findings)
        references = {name: references_of(kind, self._roles[name]) for name, kind in self._kinds.items()}
        tell_dangling(facts, references, findings)
        names.tell_differing(facts, findings)
        kept = Counter((record.place.file, record.place.sheet) for record in (*subjects, *facts))
        return FactReading(
            gather_dossiers(subjects, facts, findings, has_subjects=has_subjects),
            findings.problems(),
            tuple(sorted(uncertain, key=lambda each: each.place)),
            tuple(_counted(table, count, kept) for table, count in self._counts),
        )


def _counted(table: Table, count: RowCount, kept: Counter[tuple[str, str]]) -> TableCount:
    place = table.place
    return TableCount(table.kind.name, place.file, place.sheet, count.rows, kept[place.file, place.sheet])
