"""What a cell's value alone does not tell (表内标记): formulas, error values, percentages, merged and hidden parts, sizes.

The reader of values gives the last result of a formula as if somebody had typed it, nothing for ``#N/A``, and 0.12 for
12%. One pass over the sheet's XML finds them, and measures the sheet before its cells are laid out in memory.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import IO

from duixian.exchange.tables.regular_file import MEBIBYTE, NotOpened
from duixian.exchange.tables.table import CellRange, Unusable, column_letters
from duixian.exchange.tables.workbook_xml import NotPlainXml, local, walk_xml

MOST_CELLS = 5_000_000
"""The most cells between the first and the last that is used; a quarter million rows of twenty columns."""
MOST_TEXT = 256 * MEBIBYTE
"""All text of a sheet's cells together, each repetition counted."""
MOST_MARKS = 100_000
"""The most formulas and errors, or merged blocks, that are put down one by one."""

_LETTERS = re.compile("[A-Z]{1,3}")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_ERROR_LENGTH = 12


@dataclass(slots=True)
class SheetMarks:
    """The marks of one sheet (表内标记). Rows and columns are 1-based; ``cells`` leads from row and column to the mark."""

    cells: dict[int, dict[int, Unusable]] = field(default_factory=dict)
    merged: list[CellRange] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0


@dataclass(slots=True)
class _Walk:
    """Where the pass over a sheet stands."""

    string_sizes: Sequence[int]
    percent_styles: Container[str]
    marks: SheetMarks = field(default_factory=SheetMarks)
    row: int = 0
    column: int = 0
    type: str = ""
    style: str = ""
    count: int = 0
    text: int = 0
    value: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens; what is not about cells, merging or hiding is passed over."""
        handle = _STARTS.get(name) or _STARTS.get(local(name))
        if handle:
            handle(self, attributes)

    def read_row(self, attributes: dict[str, str]) -> None:
        """A row: numbered, or the next one."""
        self.row = int(attributes.get("r") or self.row + 1)
        self.column = 0
        if attributes.get("hidden") in _TRUE:
            self.marks.hidden_rows.append(self.row)

    def read_cell(self, attributes: dict[str, str]) -> None:
        """A cell: with its own reference, or the next one of the row."""
        reference = attributes.get("r")
        if reference:
            self.column, self.row = _position(reference)
        else:
            self.column += 1
        self.type = attributes.get("t", "n")
        self.style = attributes.get("s", "")

    def read_value(self, _: dict[str, str]) -> None:
        """A value makes the cell a used one; it is looked at when it is a common text, an error or a percentage."""
        self.use(_)
        if self.type in {"s", "e"} or (self.type == "n" and self.style in self.percent_styles):
            self.value = []

    def use(self, _: dict[str, str]) -> None:
        """The cell holds something."""
        marks = self.marks
        if self.row > marks.last_row:
            marks.last_row = self.row
        if self.column > marks.last_column:
            marks.last_column = self.column

    def read_text(self, text: str) -> None:
        """The text of a value, kept where it is looked at."""
        if self.value is not None:
            self.value.append(text)

    def end(self, name: str) -> None:
        """A value is complete."""
        if self.value is None or local(name) != "v":
            return
        value, self.value = "".join(self.value), None
        if self.type == "s":
            self._weigh(value)
        elif self.type == "e":
            self._mark(self.row, self.column, Unusable("error-value", value[:_ERROR_LENGTH]))
        elif self.type == "n":
            self._mark(self.row, self.column, Unusable("percent-cell", _percent(value)))

    def read_formula(self, attributes: dict[str, str]) -> None:
        """A formula; one of an array stands in its first cell only and fills the others."""
        self.use(attributes)
        area = _range(attributes.get("ref", "")) if attributes.get("t") in {"array", "dataTable"} else None
        area = area or CellRange(self.row, self.column, self.row, self.column)
        if (area.bottom - area.top + 1) * (area.right - area.left + 1) > MOST_MARKS:
            raise _too_many()
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                self._mark(row, column, Unusable("formula"))

    def read_merged(self, attributes: dict[str, str]) -> None:
        """A merged block."""
        area = _range(attributes.get("ref", ""))
        if area:
            self.marks.merged.append(area)
        if len(self.marks.merged) > MOST_MARKS:
            raise _too_many()

    def read_columns(self, attributes: dict[str, str]) -> None:
        """Hidden columns, from ``min`` to ``max``."""
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", "0")), int(attributes.get("max", "0"))
            self.marks.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))

    def _mark(self, row: int, column: int, mark: Unusable) -> None:
        self.count += 1
        if self.count > MOST_MARKS:
            raise _too_many()
        # A formula that ends in an error is both; that it is a formula comes first and stays.
        self.marks.cells.setdefault(row, {}).setdefault(column, mark)

    def _weigh(self, index: str) -> None:
        # A cell holds the number of a text in a common list. The reader of values copies that text for each cell.
        number = int(index)
        self.text += self.string_sizes[number] if 0 <= number < len(self.string_sizes) else 0
        if self.text > MOST_TEXT:
            raise NotOpened(
                "workbook-too-large", f"{self.text // MEBIBYTE} MB", f"{MOST_TEXT // MEBIBYTE} MB"
            )


_TRUE = {"1", "true"}
_STARTS = {
    "row": _Walk.read_row,
    "c": _Walk.read_cell,
    "v": _Walk.read_value,
    "is": _Walk.use,
    "f": _Walk.read_formula,
    "mergeCell": _Walk.read_merged,
    "col": _Walk.read_columns,
}


def read_marks(sheet: IO[bytes], string_sizes: Sequence[int], percent_styles: Container[str]) -> SheetMarks:
    """The marks of a sheet's XML.

    Raises:
        NotOpened: when the sheet is larger than the limits of this module.
        NotPlainXml: when its XML is broken.
    """
    walk = _Walk(string_sizes, percent_styles)
    walk_xml(sheet, walk.start, walk.end, walk.read_text)
    marks = walk.marks
    if marks.last_row * marks.last_column > MOST_CELLS:
        raise NotOpened(
            "sheet-too-large", f"{column_letters(marks.last_column)}{marks.last_row}", str(MOST_CELLS)
        )
    return marks


def _position(reference: str) -> tuple[int, int]:
    """Column and row of ``AB12``."""
    letters = reference.rstrip("0123456789")
    column, row = _column(letters), int(reference[len(letters) :])
    if not 1 <= row <= _LAST_ROW:
        raise ValueError(reference)
    return column, row


@lru_cache(maxsize=_LAST_COLUMN)
def _column(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > _LAST_COLUMN:
        raise ValueError(letters)
    return column


def _range(reference: str) -> CellRange | None:
    first, _, last = reference.replace("$", "").partition(":")
    try:
        (left, top), (right, bottom) = _position(first), _position(last or first)
    except ValueError:
        return None
    return CellRange(top, left, bottom, right)


def _percent(value: str) -> str:
    """0.12 as 12%."""
    try:
        number = Decimal(value)
    except ArithmeticError:
        return ""
    return f"{(number * 100).normalize():f}%" if abs(number.adjusted()) < _ERROR_LENGTH else ""


def _too_many() -> NotOpened:
    return NotOpened("too-many-marks", expected=str(MOST_MARKS))


class _Filled(Exception):
    """The first cell that holds something was met."""


def holds_anything(sheet: IO[bytes]) -> bool:
    """Whether any cell of a sheet's XML holds something; broken XML counts as holding."""

    def start(name: str, _: dict[str, str]) -> None:
        if local(name) in {"v", "is", "f"}:
            raise _Filled

    try:
        walk_xml(sheet, start)
    except (_Filled, NotPlainXml):
        return True
    return False
