"""Rows of a table read into records (逐行读取): a good row becomes a record, a bad one says why and is left aside.

All that is wrong with a row is told at once. Rows that are no data are passed over, and told as such: totals (合计), notes
below the table (注：), header rows repeated by a page break. Blank rows alone go without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duixian.errors import Place, Severity
from duixian.exchange.tables.cell_text import Unreadable
from duixian.exchange.tables.cells import Read, Words, cell_reader
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.header import Column, Header
from duixian.exchange.tables.merged_rows import MergedRows
from duixian.exchange.tables.roles import Roles, required_of
from duixian.exchange.tables.shown import shown
from duixian.exchange.tables.table import Broken, Raw, Table, Unusable, column_letters
from duixian.exchange.tables.title_cells import Trouble, title_cells
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.normalise import fold

MOST_ROWS = 1_000_000
_EMPTY: tuple[Raw, ...] = ("", None)
_LONGEST_MARK = 80
_LETTERS_SHOWN = 12

_TOTAL = re.compile(r"(?:本页|本表|总|以上)?(?:合计|总计|小计|共计|累计)[:(]?.*")
_FOOTNOTE = re.compile(
    r"(?:备?注|说明|填表(?:人|单位|日期)?|填报(?:人|单位|日期)?|制表人?|审核人?|负责人|联系(?:人|电话)|数据来源|资料来源|来源):.*"
)


@dataclass(slots=True)
class Record:
    """A row that was read (记录). ``code`` is "" in a list without codes, until the name is looked up."""

    kind: FactKind
    place: Place
    id: str
    code: str
    name: str
    values: dict[str, Value]


@dataclass(slots=True)
class RowCount:
    """How many rows of data a table has, and how many of them were read (行数)."""

    rows: int = 0
    read: int = 0


class TooManyRows(Exception):
    """A table longer than :data:`MOST_ROWS`."""


_Fault = tuple[Column, Raw, Unreadable]


@dataclass(slots=True)
class _Plan:
    """How the rows of one table are read."""

    table: Table
    header: Header
    roles: Roles
    findings: Findings
    columns: list[tuple[Column, Read]]
    settle: Callable[[dict[str, Value]], Iterator[Trouble]] | None
    required: tuple[str, ...]
    number_prefix: str
    merged: MergedRows
    unnamed: tuple[int, ...]
    strangers: set[int] = field(default_factory=set)


def read_rows(
    table: Table, header: Header, roles: Roles, words: Words, findings: Findings, count: RowCount
) -> Iterator[Record]:
    """The records of a table; ``count`` is kept up to date.

    Raises:
        TooManyRows: at the first row beyond :data:`MOST_ROWS`.
    """
    plan = _plan(table, header, roles, words, findings)
    for line, cells in header.rows:
        if isinstance(cells, Broken):
            count.rows += 1
            findings.add(cells.code, table.at(line), found=cells.shown)
            continue
        record = _good_row(plan, line, cells)
        if record is None:
            if _is_no_data(plan, line, cells):
                continue
            record = _doubtful_row(plan, line, cells)
        if plan.unnamed:
            plan.strangers |= {
                index for index in plan.unnamed if index < len(cells) and cells[index] not in _EMPTY
            }
        count.rows += 1
        if count.rows > MOST_ROWS:
            raise TooManyRows
        if record is not None:
            count.read += 1
            yield record
    if plan.strangers:
        letters = [column_letters(index + 1) for index in sorted(plan.strangers)]
        findings.warn("unnamed-column", table.at(header.line), found="、".join(letters[:_LETTERS_SHOWN]))


def _plan(table: Table, header: Header, roles: Roles, words: Words, findings: Findings) -> _Plan:
    ordinal = next((column for column in header.columns if column.is_ordinal), None)
    if ordinal is not None:
        findings.note(
            "ordinal-numbers", table.at(header.line, ordinal.index + 1), expected=f"{_table_name(table)}-1"
        )
    return _Plan(
        table,
        header,
        roles,
        findings,
        [(column, cell_reader(column.field, words, column.unit)) for column in header.columns],
        title_cells(table.kind, words.titles),
        required_of(table.kind, roles),
        f"{_table_name(table)}-" if ordinal else "",
        MergedRows(table.merged, header),
        header.blank,
    )


def _good_row(plan: _Plan, line: int, cells: Sequence[Raw]) -> Record | None:
    """The record of a row in which nothing is wrong; nothing for any other: it is looked at again, slowly."""
    if len(cells) != plan.header.width or plan.merged.cover(line):
        return None
    values: dict[str, Value] = {}
    try:
        for column, read in plan.columns:
            value = read(cells[column.index])
            if value is not None:
                values[column.field.name] = value
    except Unreadable:
        return None
    if (plan.settle and any(plan.settle(values))) or _missing(plan, values):
        return None
    return _record(plan, line, values)


def _doubtful_row(plan: _Plan, line: int, cells: Sequence[Raw]) -> Record | None:
    """A row with something wrong: everything that is, and the record when none of it matters."""
    place, findings = plan.table.at(line), plan.findings
    if areas := plan.merged.newly_met(line):
        for area in areas:
            findings.add("merged-cells", plan.table.at(area.top, area.left), found=str(area))
    if plan.merged.cover(line):
        return None
    width = plan.header.width
    if len(cells) < width or any(cell not in _EMPTY for cell in cells[width:]):
        findings.add("ragged-row", place, found=str(len(cells)), expected=str(width))
        return None
    values: dict[str, Value] = {}
    faults = list(_faults(plan, cells, values))
    for column, raw, reason in faults:
        _tell(plan, line, column, raw, reason)
    unread = {column.field.name for column, _, __ in faults}
    missing = [name for name in _missing(plan, values) if name not in unread]
    for name in missing:
        column_number = next((each.index + 1 for each, _ in plan.columns if each.field.name == name), 0)
        or_name = f"或{plan.roles.name}" if name == plan.roles.code and plan.roles.may_be_roster else ""
        findings.add("missing-value", plan.table.at(line, column_number), expected=name + or_name)
    if missing or not all(reason.is_harmless for _, __, reason in faults):
        return None
    return _record(plan, line, values)


def _faults(plan: _Plan, cells: Sequence[Raw], values: dict[str, Value]) -> Iterator[_Fault]:
    """What is wrong with the cells of a row; what is right goes into ``values``."""
    for column, read in plan.columns:
        raw = cells[column.index]
        try:
            value = read(raw)
        except Unreadable as unreadable:
            yield column, raw, unreadable
        else:
            if value is not None:
                values[column.field.name] = value
    by_name = {column.field.name: column for column, _ in plan.columns}
    for name, reason in plan.settle(values) if plan.settle else ():
        # A level that only the title speaks of has no column of its own: then the title's is to blame.
        column = by_name.get(name) or by_name[plan.table.kind.field_of_type(FieldType.TITLE)]
        yield column, cells[column.index], reason


def _tell(plan: _Plan, line: int, column: Column, raw: Raw, reason: Unreadable) -> None:
    plan.findings.add(
        reason.code,
        plan.table.at(line, column.index + 1),
        severity=Severity.WARNING if reason.is_harmless else Severity.ERROR,
        found=shown(reason.part or raw, column.field.type),
        expected=reason.expected,
        **{"field": column.field.name, **reason.detail},
    )


def _missing(plan: _Plan, values: Mapping[str, Value]) -> list[str]:
    """The required fields that a row does not fill; a row of a list may name its enterprise instead of the code."""
    missing = [name for name in plan.required if name not in values]
    if missing and plan.roles.may_be_roster and plan.roles.name in values:
        missing = [name for name in missing if name != plan.roles.code]
    return missing


def _record(plan: _Plan, line: int, values: dict[str, Value]) -> Record:
    roles = plan.roles
    if plan.number_prefix:
        values[roles.id] = f"{plan.number_prefix}{values[roles.id]}"
    return Record(
        plan.table.kind,
        plan.table.at(line),
        str(values.get(roles.id, "")),
        str(values.get(roles.code, "")),
        str(values.get(roles.name, "")),
        values,
    )


def _table_name(table: Table) -> str:
    """What tells the rows of this table from those of others, where they are only counted (序号)."""
    stem = table.place.file.rpartition(".")[0]
    return f"{stem}/{table.place.sheet}" if table.place.sheet else stem


def _is_no_data(plan: _Plan, line: int, cells: Sequence[Raw]) -> bool:
    """Whether a row is blank, or told to be a total, a note or a repeated header."""
    texts = [str(cell).strip() for cell in cells if cell not in _EMPTY and not isinstance(cell, Unusable)]
    filled = [text for text in texts if text]
    if not filled:
        # A formula alone in its row is a row; merged blank cells are none.
        return not any(isinstance(cell, Unusable) for cell in cells)
    first = fold(filled[0][:_LONGEST_MARK])
    if _TOTAL.fullmatch(first):
        plan.findings.note("total-row", plan.table.at(line), found=shown(filled[0]))
    elif _FOOTNOTE.fullmatch(first):
        plan.findings.note("footnote-row", plan.table.at(line), found=shown(filled[0]))
    elif filled == [name.strip() for name in plan.header.names if name.strip()]:
        plan.findings.note("repeated-header", plan.table.at(line))
    else:
        return False
    return True
