"""Fact tables as workbooks (xlsx): a sheet for each kind, or one sheet in a file named by its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from duixian.errors import Place
from duixian.exchange.findings import Findings
from duixian.exchange.folder import kind_of_name
from duixian.exchange.regular_file import NotOpened
from duixian.exchange.sheet_marks import SheetMarks, read_marks
from duixian.exchange.sheet_parts import SheetParts, find_parts
from duixian.exchange.table import Row, Table, column_letters
from duixian.exchange.workbook_guard import measured_copy
from duixian.exchange.workbook_xml import NotPlainXml
from duixian.rules.vocabulary import FactKind

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ROWS_NAMED = 10


def open_workbook(
    stream: BinaryIO,
    kind: FactKind | None,
    name: str,
    kinds: Mapping[str, FactKind],
    findings: Findings,
) -> Iterator[Table]:
    """The tables of a workbook, one after the other. ``kind`` is what the file's name says, if anything.

    Raises:
        NotOpened: when the workbook, or one of its sheets, cannot be read safely.
    """
    copy = measured_copy(stream)
    try:
        with ZipFile(copy) as parts_of, _values(copy) as values:
            parts = find_parts(parts_of)
            for sheet, sheet_kind in _sheets(values, kind, name, kinds, findings):
                yield _table(parts_of, parts, values, sheet, sheet_kind, Place(name, sheet=sheet), findings)
    except (NotPlainXml, KeyError, BadZipFile) as error:
        raise NotOpened("corrupt-workbook") from error


def _values(copy: BytesIO) -> CalamineWorkbook:
    # Imported here: a command that reads no workbook starts without it.
    from python_calamine import CalamineError, load_workbook

    try:
        return load_workbook(BytesIO(copy.getvalue()))
    except CalamineError as error:
        raise NotOpened("corrupt-workbook") from error
