"""Records of fact tables (读表成行): files and tables in memory, each row with its place, names looked up in the tables and the registry.

The way is that of ``exchange.tables.facts``, with two differences: rows are kept as records, since each is to name its source and row;
and enterprises that the registry knows count as known here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from duixian.errors import NOWHERE, Place, Problem
from duixian.exchange.names.index import KnownName
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.duplicates import without_duplicates
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.folder import Format, TableFile, find_tables
from duixian.exchange.tables.header import HeaderNames, read_header
from duixian.exchange.tables.references import tell_dangling
from duixian.exchange.tables.regular_file import NotOpened, open_regular
from duixian.exchange.tables.roles import Roles, references_of, roles_of
from duixian.exchange.tables.roster import KnownNames, UncertainName, match_names
from duixian.exchange.tables.rows import MOST_ROWS, Record, RowCount, TooManyRows, read_rows
from duixian.exchange.tables.table import Table
from duixian.exchange.tables.table_csv import open_csv
from duixian.exchange.tables.table_parquet import open_parquet
from duixian.exchange.tables.table_xlsx import open_workbook
from duixian.office.registry.attribute_names import FORMER_NAMES
from duixian.office.registry.models import FactRecord
from duixian.rules.fact import Value
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.titles import TitleReader

_PIECE = 500


@dataclass(slots=True)
class TableRecords:
    """All that came of reading tables (读表结果): good rows, and everything that was wrong; ``rows`` counts the rows that held data."""

    subjects: list[Record] = field(default_factory=list)
    facts: list[Record] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    uncertain: list[UncertainName] = field(default_factory=list)
    rows: int = 0


def read_tables(
    tables: Path | Mapping[str, Any], city: City, registered: Mapping[str, KnownName]
) -> TableRecords:
    """The records of a folder, a file, or typed tables in memory; ``registered`` are the names that the registry knows."""
    reader = _Reader(city)
    if isinstance(tables, Path):
        for file in find_tables(tables, city.vocabulary.kinds, reader.findings):
            reader.read_file(file)
    else:
        for name, table in tables.items():
            reader.take(city.vocabulary.kinds[name], table)
    return reader.finish(registered)


class _Reader:
    """What was read so far."""

    def __init__(self, city: City) -> None:
        self.findings = Findings()
        self._city, self._kinds = city, city.vocabulary.kinds
        self._words = Words(TitleReader.of(city.vocabulary), AreaReader(city.region))
        self._roles = {name: roles_of(kind, city.vocabulary) for name, kind in self._kinds.items()}
        self._records: dict[str, list[Record]] = {name: [] for name in self._kinds}
        self._rows = 0

    def read_file(self, file: TableFile) -> None:
        """Read the tables of one file."""
        place = Place(file.name)
        try:
            with open_regular(file.path) as stream:
                for table in self._tables(stream, file, place):
                    self._read(table)
        except NotOpened as refusal:
            self.findings.add(refusal.code, place, found=refusal.found, expected=refusal.expected)
        except OSError as error:
            self.findings.add("cannot-open", place, found=error.strerror or "")

    def take(self, kind: FactKind, table: Any) -> None:
        """Take a typed table in memory: what is null is missing."""
        roles = self._roles[kind.name]
        for line, row in enumerate(table.to_pylist(), start=1):
            values = {name: _typed(kind, name, value) for name, value in row.items() if value is not None}
            code, number = str(values.get(roles.code, "")), str(values.get(roles.id, ""))
            place = Place(kind.name, line)
            self._records[kind.name].append(
                Record(kind, place, number, code, str(values.get(roles.name, "")), values)
            )
            self._rows += 1

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

    def _read(self, table: Table) -> None:
        roles, count = self._roles[table.kind.name], RowCount()
        header = read_header(table, roles, self.findings)
        if header is None:
            return
        try:
            records = list(read_rows(table, header, roles, self._words, self.findings, count))
        except TooManyRows:
            self.findings.add("too-many-rows", table.place, expected=str(MOST_ROWS))
            return
        if not count.rows:
            self.findings.warn("no-rows", table.place)
        self._rows += count.rows
        self._records[table.kind.name] += records

    def finish(self, registered: Mapping[str, KnownName]) -> TableRecords:
        """Look up names and settle what comes twice."""
        findings, subject = self.findings, self._city.vocabulary.subject
        subjects = without_duplicates(self._records.pop(subject.name), lambda record: record.code, findings)
        names = KnownNames(
            _known(subjects, registered, subject, self._roles[subject.name]), self._city.region
        )
        found = TableRecords(subjects, rows=self._rows)
        for kind, records in self._records.items():
            named = match_names(records, self._roles[kind], names, findings, found.uncertain)
            found.facts += without_duplicates(named, lambda record: record.id, findings)
        references = {name: references_of(kind, self._roles[name]) for name, kind in self._kinds.items()}
        tell_dangling([*found.facts, *_referred(found.facts, references, self._kinds)], references, findings)
        names.tell_differing(found.facts, findings)
        found.problems = findings.problems()
        return found


def _known(
    subjects: Iterable[Record], registered: Mapping[str, KnownName], kind: FactKind, roles: Roles
) -> Iterator[Record]:
    """The enterprises of the table, with the names that the registry knows of them, and the others of the registry."""
    told = {record.code: record for record in subjects}
    for code, known in registered.items():
        record = told.pop(code, None)
        former = [*known.former_names, *([known.name] if record and record.name != known.name else [])]
        if record and (own := record.values.get(FORMER_NAMES)):
            former.append(str(own))
        name = record.name if record else known.name
        values: dict[str, Value] = {roles.code: code, FORMER_NAMES: "；".join(former)}
        yield Record(kind, record.place if record else NOWHERE, "", code, name, values)
    yield from told.values()


def _referred(
    facts: Iterable[Record], references: Mapping[str, tuple[str, ...]], kinds: Mapping[str, FactKind]
) -> Iterator[Record]:
    """The facts of the registry that these refer to."""
    asked = sorted(
        {
            str(record.values[name])
            for record in facts
            for name in references[record.kind.name]
            if name in record.values
        }
    )
    for start in range(0, len(asked), _PIECE):
        last = FactRecord.objects.filter(
            number__in=asked[start : start + _PIECE], successor__isnull=True, is_withdrawal=False
        )
        for kind, number, code in last.values_list("kind", "number", "enterprise_id"):
            if kind in kinds:
                yield Record(kinds[kind], NOWHERE, number, code, "", {})


def _typed(kind: FactKind, name: str, value: Any) -> Value:
    """A cell of a typed table as a value: several names come joined by ；."""
    if kind.fields[name].type is FieldType.OPTIONS and isinstance(value, str):
        return tuple(value.split("；"))
    typed: Value = tuple(value) if isinstance(value, list) else value
    return typed
