"""One sheet of the workbook (工作表): title, header, rows; ready to print on A4 across, the header on every page.

Texts are always written as texts: nothing that came from outside becomes a formula or a link. Amounts are written from whole fen as
exact decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from duixian.exchange.results.book_style import Styles
from duixian.exchange.tables.table import column_letters
from duixian.rules.determination import Outcome

Cell = str | int | Outcome | None
"""What a row holds: text, a count, fen (the column says which), an outcome; None is an empty cell."""

_A4, _LONGEST_TEXT = 9, 32_767
_DECIMALS = {"yuan": 2, "note_figure": 2, "wan": 6, "total_wan": 6, "change": 6}
_HEAD_HEIGHT, _TITLE_HEIGHT, _LINE_HEIGHT, _MOST_LINES = 32, 30, 14, 28


@dataclass(frozen=True, slots=True)
class Column:
    """A column (列): its header, its width in characters, and the look that says how its values are written."""

    header: str
    width: int
    look: str = "text"


class Sheet:
    """A sheet being written from top to bottom; ``row`` is the next free row, counted from 0."""

    def __init__(self, workbook: Any, styles: Styles, name: str, columns: Sequence[Column]) -> None:
        self._sheet = workbook.add_worksheet(name)
        self.styles = styles
        self.columns = tuple(columns)
        self.row = 0
        self._breaks: list[int] = []
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width)

    @property
    def last_column(self) -> int:
        """The number of the last column, counted from 0."""
        return len(self.columns) - 1

    def title(self, text: str, over: int = 0) -> None:
        """The title over the whole width, or over so many columns."""
        last = over - 1 if over else self.last_column
        self._merge(0, 0, 0, last, text, "title")
        self._sheet.set_row(0, _TITLE_HEIGHT)
        self.row = 1

    def note(self, text: str, lines: int = 1) -> None:
        """A remark over the whole width, so many lines high (a merged cell does not find its own height)."""
        self._merge(self.row, 0, self.row, self.last_column, text, "note")
        self.height(self.row, lines)
        self.row += 1

    def remark(self, text: str, label: str, label_place: int) -> int:
        """A row with a remark on the left and, before the column of a figure, its label; gives the row's number."""
        at = self.row
        self._sheet.write_string(at, 0, text, self.styles.named("plain_note"))
        self._sheet.write_string(at, label_place, label, self.styles.named("label"))
        self.row += 1
        return at

    def block(self, text: str) -> None:
        """The heading of a block, one row free above it."""
        self.row += 1
        self._sheet.write_string(self.row, 0, text, self.styles.named("block"))
        self._sheet.set_row(self.row, 22)
        self.row += 1

    def band(self, text: str) -> None:
        """A row that heads the rows below it, inside a table."""
        self._merge(self.row, 0, self.row, self.last_column, text, "band")
        self.row += 1

    def new_page(self) -> None:
        """Print what follows on a new page."""
        self._breaks.append(self.row)

    def header(
        self, labels: int = 1, heading: str = "", spread: tuple[int, int] | None = None, over: str = ""
    ) -> int:
        """The header row; gives its number.

        The first ``labels`` columns stand under one ``heading``, those from and to ``spread`` under ``over``.
        """
        at, style = self.row, self.styles.named("head")
        for place, column in enumerate(self.columns):
            self._sheet.write_string(at, place, column.header, style)
        if labels > 1:
            self._merge(at, 0, at, labels - 1, heading, "head")
        if spread:
            self._merge(at, spread[0], at, spread[1], over, "head")
        self._sheet.set_row(at, _HEAD_HEIGHT)
        self.row += 1
        return at

    def line(self, cells: Sequence[Cell], *, total: bool = False, labels: int = 1) -> None:
        """One row, high enough for its texts. A total is emphasised; ``labels`` columns are merged into the first."""
        self.height(self.row, 1 if labels > 1 else self._lines(cells))
        for place, (column, value) in enumerate(zip(self.columns, cells, strict=True)):
            look = _total(column.look) if total else column.look
            if place == 0 and labels > 1:
                self._merge(self.row, 0, self.row, labels - 1, "", look)
            if place == 0 or place >= labels:
                self._write(self.row, place, value, look)
        self.row += 1

    def spread(self, first: int, last: int, text: str, look: str = "wrap") -> None:
        """A text over several columns of the row written last."""
        self._merge(self.row - 1, first, self.row - 1, last, text, look)

    def join_above(self, place: int, first_row: int, value: Cell) -> None:
        """Make one cell of a column from ``first_row`` to the row written last."""
        look = self.columns[place].look
        if self.row - 1 > first_row:
            self._merge(first_row, place, self.row - 1, place, "", look)
        self._write(first_row, place, value, look)

    def height(self, row: int, lines: int) -> None:
        """Give a row the height of so many lines: merged cells do not find their own."""
        self._sheet.set_row(row, max(1, min(lines, _MOST_LINES)) * _LINE_HEIGHT + 3)

    def lines_of(self, place: int, text: str) -> int:
        """How many lines a text takes in a column, Chinese characters being twice as wide."""
        width = max(self.columns[place].width - 3, 1)
        return sum(max(1, -(-_width(part) // width)) for part in text.split("\n"))

    def filtered_sum(self, place: int, first_row: int, last_row: int, fen: int, row: int) -> None:
        """In ``row``: the sum of what the filter lets through; ``fen`` is the sum of all, shown until it is computed anew."""
        letter = column_letters(place + 1)
        formula = f"=SUBTOTAL(109,{letter}{first_row + 1}:{letter}{max(first_row, last_row) + 1})"
        look = "note_figure"
        self._sheet.write_formula(row, place, formula, self.styles.named(look), _decimal(fen, look))

    def finish(
        self,
        header_row: int | None,
        frozen_columns: int = 0,
        *,
        is_filtered: bool = False,
        printed_columns: int = 0,
    ) -> None:
        """Set up filter, frozen header and print; of many columns only the first ``printed_columns`` are printed."""
        sheet = self._sheet
        if header_row is not None:
            sheet.freeze_panes(header_row + 1, frozen_columns)
            sheet.repeat_rows(header_row)
            if is_filtered:
                sheet.autofilter(header_row, 0, max(self.row - 1, header_row), self.last_column)
        if printed_columns:
            sheet.print_area(0, 0, self.row - 1, printed_columns - 1)
        sheet.set_h_pagebreaks(self._breaks)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&9&A&R&9&P / &N")
        sheet.hide_gridlines(2)

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, look: str) -> None:
        """Cells made one. The text is written apart: merging would take ``=…`` for a formula."""
        self._sheet.merge_range(top, left, bottom, right, "", self.styles.named(look))
        self._sheet.write_string(top, left, text, self.styles.named(look))

    def _lines(self, cells: Sequence[Cell]) -> int:
        wrapped = (
            self.lines_of(place, value)
            for place, (column, value) in enumerate(zip(self.columns, cells, strict=True))
            if column.look == "wrap" and type(value) is str and value
        )
        return max(wrapped, default=1)

    def _write(self, row: int, place: int, value: Cell, look: str) -> None:
        style = self.styles.named(look)
        if value is None or value == "":
            self._sheet.write_blank(row, place, None, style)
        elif isinstance(value, Outcome):
            self._sheet.write_string(row, place, str(value), self.styles.outcome(value))
        elif isinstance(value, int):
            self._sheet.write_number(row, place, _decimal(value, look), style)
        else:
            self._sheet.write_string(row, place, _clipped(value), style)


def _decimal(number: int, look: str) -> Decimal:
    """Fen as yuan or 万元, a count as it is."""
    return Decimal(number).scaleb(-_DECIMALS.get(look, 0))


def _clipped(text: str) -> str:
    """A text that fits into a cell; one that is cut says so."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _total(look: str) -> str:
    return f"total_{look}" if look in ("count", "wan") else "total_text"


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(1 if character.isascii() else 2 for character in text)
