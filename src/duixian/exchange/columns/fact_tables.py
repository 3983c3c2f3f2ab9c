"""The tables of a reading (事实表): those of columns are opened and kept, all others are read by row at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import types

from duixian.errors import Place
from duixian.exchange.columns.column_files import ArrowFile, FactFile, open_large
from duixian.exchange.columns.column_table import ColumnTable
from duixian.exchange.columns.csv_columns import (
    HeadRows,
    as_text,
    chunks_of,
    column_names,
    find_delimiter,
    find_encoding,
    parse,
    spooled,
)
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.columns.kept_pieces import KeptPieces
from duixian.exchange.columns.means import Means
from duixian.exchange.columns.odd_records import OddRecord
from duixian.exchange.columns.quantities import date_column
from duixian.exchange.columns.raw_cells import NoSuchDay
from duixian.exchange.columns.sources import ArrowSource, KeptSource, MemorySource, ParquetSource, Source
from duixian.exchange.columns.table_columns import one_chunk
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.folder import Format, TableFile
from duixian.exchange.tables.header import Header, HeaderNames, read_header
from duixian.exchange.tables.regular_file import NotOpened, open_regular
from duixian.exchange.tables.roles import Roles, roles_of
from duixian.exchange.tables.rows import MOST_ROWS, RowCount, TooManyRows, read_rows
from duixian.exchange.tables.table import Row, Table
from duixian.exchange.tables.table_csv import open_csv
from duixian.exchange.tables.table_parquet import open_parquet
from duixian.exchange.tables.table_xlsx import open_workbook
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.titles import TitleReader

_STRIDE = 1_000
_ALL_DIFFERENT = {FieldType.CREDIT_CODE, FieldType.IDENTIFIER, FieldType.TEXT}


@dataclass(slots=True)
class TableSoFar:
    """A table and what became of its rows so far (读表进度). One that ``is_left`` aside counts no more."""

    kind: FactKind
    place: Place
    rows: int = 0
    kept: int = 0
    is_left: bool = False
    is_of_columns: bool = False


class FactTables:
    """All tables that could be read (读入的表), in the order of their files.

    ``odd`` are the records of those that are read by row; ``columns`` the others, by their place in ``tables``.
    """

    def __init__(self, city: City, findings: FindingsByLine, means: Means) -> None:
        self.tables: list[TableSoFar] = []
        self.odd: list[OddRecord] = []
        self.columns: dict[int, ColumnTable] = {}
        self.findings = findings
        self._kinds = city.vocabulary.kinds
        self.roles = {name: roles_of(kind, city.vocabulary) for name, kind in self._kinds.items()}
        self._words = Words(TitleReader.of(city.vocabulary), AreaReader(city.region))
        self._means = means

    def open_files(self, files: Sequence[FactFile]) -> None:
        """Open the files of columns, or read the tables of others, in their order; what fits into memory is read side by side."""
        begun = [self._begun(file) for file in files]
        self._read_ahead([each for each in begun if isinstance(each, KeptPieces)])
        for file, source in zip(files, begun, strict=True):
            try:
                if isinstance(source, NotOpened | OSError):
                    raise source
                self._open_file(file, source)
            except NotOpened as refusal:
                self.leave(Place(file.name), refusal)
            except OSError as error:
                self.findings.add("cannot-open", Place(file.name), found=error.strerror or "")

    def _begun(self, file: FactFile) -> Source | KeptPieces | NotOpened | OSError | None:
        """The columns of a file of columns, or why it cannot be opened; none of another file. What fits into memory is to be read whole."""
        try:
            if isinstance(file, ArrowFile):
                source: Source = ArrowSource(self._opened(file.path))
            elif file.format is Format.PARQUET:
                assert file.kind is not None
                known = HeaderNames(file.kind)
                source = ParquetSource(self._opened(file.path), lambda name: _has_few_values(known, name))
            else:
                return None
        except (NotOpened, OSError) as refusal:
            return refusal
        assert file.kind is not None
        return (
            KeptPieces(source, _wanted(source, file.kind))
            if self._means.kept.take(source.inflated)
            else source
        )

    def _read_ahead(self, sources: Sequence[KeptPieces]) -> None:
        """Read what is kept, the largest pieces first: what is begun last should be over soon."""
        for each in sorted(sources, key=lambda each: -each.size):
            each.begin(self._means.pool)

    def _open_file(self, file: FactFile, source: Source | KeptPieces | None) -> None:
        if isinstance(file, ArrowFile):
            assert source is not None
            self._open_columns(_whole(source), Place(file.name), file.kind)
        elif file.format is Format.PARQUET:
            assert source is not None
            self._open_parquet(file, source)
        elif file.format is Format.CSV and file.path.stat().st_size >= self._means.least_text:
            self._open_text(file)
        else:
            with open_regular(file.path) as stream:
                for table in self._tables_of_rows(stream, file):
                    self._read_rows(table)

    def open_tables(self, tables: Mapping[str, Any]) -> None:
        """Take tables in memory, each named by its kind."""
        for name, table in tables.items():
            try:
                _refuse_impossible_days(table)
                self._open_columns(MemorySource(table), Place(name), self._kinds[name])
            except NotOpened as refusal:
                self.leave(Place(name), refusal)

    def leave(self, place: Place, refusal: NotOpened) -> None:
        """Say that a table is left aside."""
        self.findings.add(refusal.code, place, found=refusal.found, expected=refusal.expected)

    def _opened(self, path: Path) -> BinaryIO:
        return self._means.files.enter_context(open_large(path))

    def _open_parquet(self, file: TableFile, source: Source | KeptPieces) -> None:
        assert file.kind is not None
        known, place = HeaderNames(file.kind), Place(file.name)
        try:
            whole = _whole(source)
        except NotOpened:
            # Damaged somewhere: the reader of rows tells what it finds before that place, then leaves the table.
            with open_regular(file.path) as stream:
                self._read_rows(
                    open_parquet(stream, file.kind, place, lambda name: known.field(name) is not None)
                )
            return
        self._open_columns(whole, place, file.kind)

    def _open_text(self, file: TableFile) -> None:
        """Open a text table that is long enough to be read by columns."""
        assert file.kind is not None
        kind, place = file.kind, Place(file.name)
        with open_large(file.path) as stream:
            encoding = find_encoding(stream, place, self.findings)
            known, text = HeaderNames(kind), as_text(stream, encoding)
            delimiter = find_delimiter(text, known.count, place, self.findings)
            head = HeadRows(text, delimiter)
            table = Table(kind, place, head)
            header = read_header(table, self.roles[kind.name], self.findings)
            if header is None:
                return
            lines = head.lines_until(header.line)
            if lines is None or _is_read_by_row(kind, header, self.roles[kind.name]):
                self._read_rows(table, header)
                return
            text.detach()
            odd: list[Row] = []
            parsed = parse(chunks_of(stream, encoding, lines), delimiter, header, odd)
            source = self._parsed(parsed, file.path.stat().st_size)
        self._add_columns(table, header, source, [*source.schema.names], column_names(header), odd)

    def _parsed(self, tables: Iterator[Any], size: int) -> Source:
        """The tables of a text kept in memory while there is room, else put into the temporary folder."""
        if self._means.kept.take(size):
            return MemorySource(pa.concat_tables(tables).combine_chunks())
        spool = self._means.folder.path() / f"{len(self.tables)}.arrow"
        return ArrowSource(self._means.files.enter_context(spooled(tables, spool)))

    def _open_columns(self, source: Source, place: Place, kind: FactKind) -> None:
        names = tuple(source.schema.names)
        table = Table(kind, place, (), names)
        header = read_header(table, self.roles[kind.name], self.findings)
        if header is not None:
            self._add_columns(table, header, source, _wanted(source, kind), names, ())

    def _add_columns(
        self,
        table: Table,
        header: Header,
        source: Source,
        wanted: Sequence[str],
        written: Sequence[str],
        odd: Sequence[Row],
    ) -> None:
        kind, place, roles = table.kind, table.place, self.roles[table.kind.name]
        columns = ColumnTable(
            len(self.tables),
            table,
            header,
            roles,
            self._words,
            source,
            wanted,
            self._means.remembered,
            written,
        )
        columns.odd = odd
        if _is_read_by_row(kind, header, roles):
            self._read_rows(table, replace(header, rows=columns.all_rows()))
            return
        self.columns[len(self.tables)] = columns
        self.tables.append(TableSoFar(kind, place, is_of_columns=True))

    def _tables_of_rows(self, stream: BinaryIO, file: TableFile) -> Iterator[Table]:
        if file.format is Format.WORKBOOK:
            yield from open_workbook(stream, file.name, file.kind, self._kinds, self.findings)
            return
        assert file.kind is not None
        known = HeaderNames(file.kind)
        yield from open_csv(stream, file.kind, Place(file.name), known.count, self.findings)

    def _read_rows(self, table: Table, header: Header | None = None) -> None:
        """Read one table by row, whole or not at all, as ``read_facts`` does."""
        roles, count = self.roles[table.kind.name], RowCount()
        header = header or read_header(table, roles, self.findings)
        if header is None:
            return
        name, records = table.place.sheet or table.place.file, []
        try:
            for record in read_rows(table, header, roles, self._words, self.findings, count):
                records.append(OddRecord(len(self.tables), record))
                if len(records) % _STRIDE == 0:
                    self._means.progress(name, count.rows)
        except TooManyRows:
            self.findings.add("too-many-rows", table.place, expected=str(MOST_ROWS))
            return
        self._means.progress(name, count.rows)
        if not count.rows:
            self.findings.warn("no-rows", table.place)
        self.odd += records
        self.tables.append(TableSoFar(table.kind, table.place, count.rows))


def _whole(source: Source | KeptPieces) -> Source:
    """A source in memory, where it is to be there.

    Raises:
        NotOpened: when the file is damaged anywhere.
    """
    if not isinstance(source, KeptPieces):
        return source
    pieces = source.pieces()
    for piece in pieces:
        _refuse_impossible_days(piece)
    return KeptSource(source.source, pieces)


def _wanted(source: Source, kind: FactKind) -> list[str]:
    """The columns that a reader of rows would look at: of names that come twice nobody knows which is meant."""
    names, known = list(source.schema.names), HeaderNames(kind)
    return [name for name in names if known.field(name) and names.count(name) == 1]


def _has_few_values(known: HeaderNames, name: str) -> bool:
    """Whether the texts of a column come from a short list."""
    found = known.field(name)
    return found is not None and found[0].type not in _ALL_DIFFERENT


def _is_read_by_row(kind: FactKind, header: Header, roles: Roles) -> bool:
    """Whether the numbers of rows depend on their table, or there are none."""
    has_number = kind.is_subject or bool(roles.id)
    return not has_number or any(column.is_ordinal for column in header.columns)


def _refuse_impossible_days(table: Any) -> None:
    for column in table.columns:
        if types.is_date(column.type) or types.is_timestamp(column.type):
            try:
                date_column(one_chunk(column))
            except NoSuchDay as error:
                raise NotOpened("corrupt-parquet") from error
