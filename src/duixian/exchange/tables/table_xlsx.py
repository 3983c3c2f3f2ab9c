"""Fact tables as workbooks (xlsx): a sheet for each kind, or one sheet in a file named by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile

from duixian.errors import Place
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.folder import kind_of_name
from duixian.exchange.tables.regular_file import NotOpened
from duixian.exchange.tables.sheet_marks import SheetMarks, holds_anything, read_marks
from duixian.exchange.tables.sheet_parts import SheetParts, find_parts
from duixian.exchange.tables.table import Raw, Row, Table
from duixian.exchange.tables.workbook_guard import measured_copy
from duixian.exchange.tables.workbook_xml import NotPlainXml
from duixian.rules.vocabulary import FactKind

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_ROWS_NAMED = 8


@dataclass(frozen=True, slots=True)
class _Workbook:
    """A workbook opened twice: its parts for the marks, its values by the reader of values."""

    parts_of: ZipFile
    parts: SheetParts
    values: CalamineWorkbook
    name: str


def open_workbook(
    stream: BinaryIO,
    name: str,
    kind: FactKind | None,
    kinds: Mapping[str, FactKind],
    findings: Findings,
) -> Iterator[Table]:
    """The tables of a workbook, one after the other. ``kind`` is what the file's name says, if anything.

    Raises:
        NotOpened: when the workbook as a whole cannot be read; a sheet that cannot is left aside with a problem.
    """
    copy = measured_copy(stream)
    try:
        with ZipFile(copy) as parts_of, _values(copy) as values:
            workbook = _Workbook(parts_of, find_parts(parts_of), values, name)
            chosen = list(_choose_sheets(workbook, kind, kinds, findings))
            for sheet, sheet_kind in chosen:
                if table := _open_sheet(workbook, sheet, sheet_kind, findings):
                    yield table
    except (NotPlainXml, KeyError, BadZipFile) as error:
        raise NotOpened("corrupt-workbook") from error


def _choose_sheets(
    workbook: _Workbook, kind: FactKind | None, kinds: Mapping[str, FactKind], findings: Findings
) -> Iterator[tuple[str, FactKind]]:
    """Which sheets are tables: those named by a kind; where none is, the first in a file named by its kind."""
    from python_calamine import SheetVisibleEnum

    visible = {
        each.name: each.visible == SheetVisibleEnum.Visible for each in workbook.values.sheets_metadata
    }
    filled = [sheet for sheet in visible if sheet in workbook.parts.sheets and _is_filled(workbook, sheet)]
    by_name = {sheet: found for sheet in filled if (found := kind_of_name(sheet, kinds))}
    if kind and not by_name:
        by_name = {sheet: kind for sheet in filled if visible[sheet]}
        by_name = dict(list(by_name.items())[:1])
    if kind and not filled:
        findings.add("empty-file", Place(workbook.name))
    for sheet in filled:
        place = Place(workbook.name, sheet=sheet)
        if sheet not in by_name:
            findings.warn("unknown-sheet", place, found=sheet, expected="、".join(kinds))
        elif not visible[sheet]:
            findings.warn("hidden-sheet", place, found=sheet)
        else:
            yield sheet, by_name[sheet]


def _is_filled(workbook: _Workbook, sheet: str) -> bool:
    with workbook.parts_of.open(workbook.parts.sheets[sheet]) as part:
        return holds_anything(part)


def _open_sheet(workbook: _Workbook, sheet: str, kind: FactKind, findings: Findings) -> Table | None:
    """One sheet as a table: measured first, then read."""
    from python_calamine import CalamineError

    place = Place(workbook.name, sheet=sheet)
    parts = workbook.parts
    try:
        with workbook.parts_of.open(parts.sheets[sheet]) as part:
            marks = read_marks(part, parts.string_sizes, parts.percent_styles)
        values = workbook.values.get_sheet_by_name(sheet)
    except NotOpened as refusal:
        findings.add(refusal.code, place, found=refusal.found, expected=refusal.expected)
        return None
    except (NotPlainXml, CalamineError):
        findings.add("corrupt-workbook", place)
        return None
    if marks.hidden_rows:
        rows = "、".join(map(str, marks.hidden_rows[:_ROWS_NAMED]))
        more = "…" if len(marks.hidden_rows) > _ROWS_NAMED else ""
        findings.warn("hidden-rows", place, found=str(len(marks.hidden_rows)), rows=rows + more)
    merged, hidden = tuple(marks.merged), frozenset(marks.hidden_columns)
    return Table(kind, place, _rows(values, marks), merged=merged, hidden_columns=hidden)


def _rows(values: CalamineSheet, marks: SheetMarks) -> Iterator[Row]:
    """The rows of a sheet from its first line on; marked cells are replaced by their marks."""
    # The reader gives all rows from the first, but columns only from the first that is used.
    left: list[Raw] = [""] * (values.start[1] if values.start else 0)
    for number, given in enumerate(values.iter_rows(), start=1):
        cells: list[Raw] = [*left, *given]
        if number in marks.cells:
            for column, mark in marks.cells[number].items():
                # A formula without a result may stand right of the last value.
                cells += [""] * (column - len(cells))
                cells[column - 1] = mark
        yield number, cells


def _values(copy: BytesIO) -> CalamineWorkbook:
    # Imported here: a command that reads no workbook starts without it.
    from python_calamine import CalamineError, load_workbook

    copy.seek(0)
    try:
        return load_workbook(copy)
    except CalamineError as error:
        raise NotOpened("corrupt-workbook") from error
