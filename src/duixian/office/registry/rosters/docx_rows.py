"""The tables of a Word document as rows of cells (Word 表格): one after the other, as they stand on the page.

A list that runs over several tables is one list; its rows are counted from the first table on. Text that somebody deleted while
changes were tracked is no text. A cell over several columns stands in the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from duixian.exchange.tables.regular_file import NotOpened
from duixian.exchange.tables.table import CellRange, Raw
from duixian.exchange.tables.workbook_guard import measured_copy
from duixian.exchange.tables.workbook_xml import NotPlainXml, attribute, local, walk_xml

_MAIN = "word/document.xml"
_MOST_COLUMNS = 200


@dataclass(slots=True)
class _Walk:
    """Where the walk through the document stands."""

    rows: list[tuple[int, list[Raw]]] = field(default_factory=list)
    merged: list[CellRange] = field(default_factory=list)
    open_blocks: dict[int, CellRange] = field(default_factory=dict)
    depth: int = 0
    cells: list[Raw] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    span: int = 1
    merge: str = ""
    is_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens. Only the outermost tables are lists; what is in an inner one is text of its cell."""
        tag = local(name)
        if tag == "tbl":
            self.depth += 1
            if self.depth == 1:
                self.open_blocks.clear()
        elif self.depth == 1 and tag == "tr":
            self.cells = []
        elif self.depth == 1 and tag == "tc":
            self.text, self.span, self.merge = [], 1, ""
        elif self.depth == 1 and tag == "gridSpan":
            self.span = max(1, min(int(attribute(attributes, "val") or 1), _MOST_COLUMNS))
        elif self.depth == 1 and tag == "vMerge":
            self.merge = attribute(attributes, "val") or "continue"
        elif tag == "t":
            self.is_text = True
        elif tag in ("br", "tab", "cr"):
            self.text.append(" ")

    def end(self, name: str) -> None:
        """A tag closes."""
        tag = local(name)
        if tag == "t":
            self.is_text = False
        elif tag == "p":
            self.text.append(" ")
        elif tag == "tbl":
            self.depth -= 1
        elif self.depth == 1 and tag == "tc":
            self._close_cell()
        elif self.depth == 1 and tag == "tr":
            self.rows.append((len(self.rows) + 1, self.cells))

    def read(self, text: str) -> None:
        """Text, of a run that is not deleted."""
        if self.is_text and self.depth:
            self.text.append(text)

    def _close_cell(self) -> None:
        column, line = len(self.cells) + 1, len(self.rows) + 1
        block = self.open_blocks.pop(column, None)
        if self.merge == "continue" and block is not None:
            self.open_blocks[column] = CellRange(block.top, column, line, column)
            self.merged.append(self.open_blocks[column])
        elif self.merge:
            self.open_blocks[column] = CellRange(line, column, line, column)
        text = "" if self.merge == "continue" else " ".join("".join(self.text).split())
        self.cells += [text, *[""] * (self.span - 1)][: max(0, _MOST_COLUMNS - len(self.cells))]


def docx_rows(stream: BinaryIO) -> tuple[list[tuple[int, list[Raw]]], tuple[CellRange, ...]]:
    """The rows of all tables, and the blocks of cells merged over several rows.

    Raises:
        NotOpened: when the document is damaged, encrypted or too large.
    """
    copy, walk = measured_copy(stream), _Walk()
    try:
        with ZipFile(copy) as parts, parts.open(_MAIN) as part:
            walk_xml(part, walk.start, walk.end, walk.read)
    except (NotPlainXml, KeyError, BadZipFile, ValueError) as error:
        raise NotOpened("corrupt-workbook") from error
    width = max((len(cells) for _, cells in walk.rows), default=0)
    for _, cells in walk.rows:
        cells += [""] * (width - len(cells))
    return walk.rows, tuple(walk.merged)
