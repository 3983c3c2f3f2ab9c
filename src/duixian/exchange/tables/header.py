"""The header row of a table (表头): found within the first rows, its names matched to fields, the unit of amounts read.

Officers' tables begin with a title, a line such as 单位：万元, then the header. A header may be a field's name or one of its
other headers, with a star or （必填） for "required", and with a unit: 有效投入额（万元）.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice

from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.roles import Roles, required_of
from duixian.exchange.tables.shown import shown, shown_text
from duixian.exchange.tables.table import Broken, Row, Table
from duixian.money import UNITS_IN_YUAN
from duixian.rules.vocabulary import FactKind, Field, FieldType
from duixian.source.normalise import fold

FIRST_ROWS = 10
"""The header row stands within so many rows."""
MOST_COLUMNS = 500
ORDINAL = "序号"
_FEWEST_KNOWN = 2
_LONGEST_HEADER = 60
_MOST_MET = 1000

_UNIT = "|".join(sorted(UNITS_IN_YUAN, key=len, reverse=True))
_HEADER_UNIT = re.compile(rf"(?P<name>.+?)[(\[](?:单位:?)?(?:人民币)?(?P<unit>{_UNIT})[)\]]")
_TABLE_UNIT = re.compile(rf"(?:金额)?单位:(?:人民币)?(?P<unit>{_UNIT})")
_REQUIRED_MARK = re.compile(r"^\*|\*$|\((?:必填|选填)\)$")


_folded = lru_cache(4096)(fold)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read (列): its place from 0, the field, the header as written, and the unit of bare amounts."""

    index: int
    field: Field
    header: str
    unit: str = ""

    @property
    def is_ordinal(self) -> bool:
        """Whether the column only counts the rows of its own table (序号): 1, 2, 3 are numbers of no fact elsewhere."""
        return _folded(self.header) == ORDINAL

    @property
    def rank(self) -> int:
        """How surely the header means the field: its own name, another header, a mere ordinal."""
        return 2 if self.is_ordinal else int(_folded(self.header) != _folded(self.field.name))


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header (表头), and the rows below it. ``blank`` are the columns without a name; ``line`` is its row."""

    columns: tuple[Column, ...]
    blank: tuple[int, ...]
    width: int
    line: int
    names: tuple[str, ...]
    rows: Iterator[Row]


class HeaderNames:
    """Knows the headers of a kind (表头识别), and remembers those that it met: the same come with every table."""

    def __init__(self, kind: FactKind) -> None:
        self._met: dict[str, tuple[Field, str] | None] = {}
        self._fields = {fold(name): field for name, field in kind.fields.items()}
        for field in kind.fields.values():
            for alias in field.aliases:
                self._fields.setdefault(fold(alias), field)

    def field(self, header: str) -> tuple[Field, str] | None:
        """The field that a header names, with the unit that it gives; None when it names none."""
        if header in (met := self._met):
            return met[header]
        # Others may ask at the same time: what they look into is left to them as it is.
        if len(met) >= _MOST_MET:
            met = self._met = {}
        found = met[header] = self._field(header)
        return found

    def _field(self, header: str) -> tuple[Field, str] | None:
        name = _REQUIRED_MARK.sub("", fold(header[:_LONGEST_HEADER]))
        match = _HEADER_UNIT.fullmatch(name)
        unit = match["unit"] if match else ""
        if (found := self._fields.get(name)) is not None:
            return found, unit if found.type is FieldType.MONEY else ""
        found = self._fields.get(match["name"]) if match else None
        return (found, unit) if found is not None and found.type is FieldType.MONEY else None

    def count(self, cells: Sequence[object]) -> int:
        """How many different fields a row names."""
        found = (self.field(cell) for cell in cells[:MOST_COLUMNS] if isinstance(cell, str) and cell)
        return len({each[0].name for each in found if each})


def read_header(
    table: Table, roles: Roles, findings: Findings, known: HeaderNames | None = None
) -> Header | None:
    """The header of a table, None (with a problem) when the table cannot be read by it; ``known`` may be given to be used again."""
    known = known or HeaderNames(table.kind)
    rows = iter(table.rows)
    if table.columns:
        if _has_too_many(table, 0, table.columns, findings):
            return None
        return _complete(table, roles, _header(table, known, 0, table.columns, rows, findings), findings)
    first = list(islice(rows, FIRST_ROWS))
    counts = [known.count(cells) if not isinstance(cells, Broken) else 0 for _, cells in first]
    best = counts.index(max(counts, default=0)) if first else 0
    if not first or counts[best] < min(_FEWEST_KNOWN, len(table.kind.fields)):
        expected = "、".join(name for name, each in table.kind.fields.items() if each.is_required)
        findings.add("no-header", table.place, found=_first_words(first), expected=expected)
        return None
    line, cells = first[best]
    assert not isinstance(cells, Broken)
    written = tuple(cell if isinstance(cell, str) else "" if cell is None else str(cell) for cell in cells)
    if _has_too_many(table, line, written, findings):
        return None
    header = _header(table, known, line, written, chain(first[best + 1 :], rows), findings)
    return _complete(table, roles, _in_unit_of_table(table, header, first[:best], findings), findings)


def _has_too_many(table: Table, line: int, names: Sequence[str], findings: Findings) -> bool:
    if not any(name.strip() for name in names[MOST_COLUMNS:]):
        return False
    findings.add("too-many-columns", table.at(line), found=str(len(names)), expected=str(MOST_COLUMNS))
    return True


def _header(
    table: Table,
    known: HeaderNames,
    line: int,
    written: tuple[str, ...],
    rows: Iterator[Row],
    findings: Findings,
) -> Header:
    """The header from its names; names that the kind does not know are told."""
    columns: list[Column] = []
    for index, name in enumerate(written[:MOST_COLUMNS]):
        place = table.at(line, index + 1)
        if found := known.field(name):
            columns.append(Column(index, found[0], " ".join(name.split()), found[1]))
            if index + 1 in table.hidden_columns:
                findings.warn("hidden-column", place, found=shown_text(name))
        elif name.strip():
            findings.warn(
                "unknown-column", place, found=shown_text(name.strip()), expected="、".join(table.kind.fields)
            )
    blank = tuple(index for index, name in enumerate(written) if not name.strip())
    columns = _without_rivals(table, line, columns, findings)
    return Header(tuple(columns), blank, len(written), line, written, rows)


def _without_rivals(table: Table, line: int, columns: list[Column], findings: Findings) -> list[Column]:
    """One column for a field: the one with the field's own name goes before other headers, and 序号 after all."""
    kept: dict[str, list[Column]] = {}
    for column in sorted(columns, key=lambda each: each.rank):
        rivals = kept.setdefault(column.field.name, [])
        if rivals and rivals[0].rank < column.rank:
            place = table.at(line, column.index + 1)
            findings.warn("second-header", place, found=shown_text(column.header), expected=rivals[0].header)
        else:
            rivals.append(column)
    return sorted((column for rivals in kept.values() for column in rivals), key=lambda each: each.index)


def _in_unit_of_table(table: Table, header: Header, above: Sequence[Row], findings: Findings) -> Header:
    """The same header, its amounts in the unit that a line above it gives to the whole table (单位：万元)."""
    unit = ""
    for line, cells in above:
        if isinstance(cells, Broken):
            findings.add(cells.code, table.at(line), found=cells.shown)
            continue
        for index, cell in enumerate(cells):
            if isinstance(cell, str) and (match := _TABLE_UNIT.search(fold(cell[:_LONGEST_HEADER]))):
                unit = match["unit"]
                findings.note("table-unit", table.at(line, index + 1), found=unit)
    columns = tuple(
        replace(column, unit=unit) if column.field.type is FieldType.MONEY and not column.unit else column
        for column in header.columns
    )
    return replace(header, columns=columns)


def _complete(table: Table, roles: Roles, header: Header, findings: Findings) -> Header | None:
    """The header, when every required field has a column, and none has two."""
    named = Counter(column.field.name for column in header.columns)
    for name in (name for name, count in named.items() if count > 1):
        columns = [column for column in header.columns if column.field.name == name]
        headers = "、".join(column.header for column in columns)
        findings.add(
            "duplicate-header", table.at(header.line, columns[1].index + 1), found=headers, expected=name
        )
    missing = [name for name in required_of(table.kind, roles) if name not in named]
    if roles.may_be_roster and roles.name in named:
        missing = [name for name in missing if name != roles.code]
    if missing:
        written = "、".join(shown_text(name) for name in header.names[:FIRST_ROWS] if name.strip())
        findings.add("missing-column", table.at(header.line), found=written, expected="、".join(missing))
    has_too_many = any(name.strip() for name in header.names[MOST_COLUMNS:])
    if has_too_many:
        findings.add(
            "too-many-columns", table.at(header.line), found=str(header.width), expected=str(MOST_COLUMNS)
        )
    return None if missing or has_too_many or max(named.values(), default=0) > 1 else header


def _first_words(first: Sequence[Row]) -> str:
    """The first row that says anything, for a message."""
    for _, cells in first:
        words = (
            []
            if isinstance(cells, Broken)
            else [shown(cell) for cell in cells[:FIRST_ROWS] if cell not in ("", None)]
        )
        if words:
            return shown_text("、".join(words))
    return ""
