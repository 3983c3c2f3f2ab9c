"""Tables in rule blocks (表格): ``| a | b |`` lines as cells that know their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from duixian.source.yaml_tree import Excerpt

if TYPE_CHECKING:
    from duixian.errors import Place
    from duixian.source.desk import Desk
    from duixian.source.yaml_tree import ScalarNode

_RULE = re.compile(r"\|[\s:|-]+\|")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of a table (行): its cells by column."""

    cells: Mapping[str, Excerpt]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A table (表): the header's cells by their text, and the rows."""

    columns: Mapping[str, Excerpt]
    rows: tuple[TableRow, ...]


def read_table(node: ScalarNode, desk: Desk) -> Table | None:
    """The table that a value holds; None (and a problem) when it has no header. Ragged rows are left out, and reported."""
    lines = [Excerpt(node, *_trimmed(node.text, *match.span())) for match in _LINE.finditer(node.text)]
    lines = [line for line in lines if line.text and not _RULE.fullmatch(line.text)]
    split = [(line, _cells(line)) for line in lines]
    for line, cells in split:
        if cells is None:
            desk.problem("table-line", line.place, line.text[:40], "| … | … |")
    good = [(line, cells) for line, cells in split if cells is not None]
    if not good:
        desk.problem("table-empty", node.place)
        return None
    columns: dict[str, Excerpt] = {}
    for cell in good[0][1]:
        if cell.text in columns:
            desk.problem("duplicate-column", cell.place, cell.text)
            return None
        columns[cell.text] = cell
    rows = []
    for line, cells in good[1:]:
        if len(cells) != len(columns):
            desk.problem("ragged-row", line.place, str(len(cells)), str(len(columns)))
        else:
            rows.append(TableRow(dict(zip(columns, cells, strict=True)), line.place))
    return Table(columns, tuple(rows))


def _cells(line: Excerpt) -> list[Excerpt] | None:
    text = line.text
    if len(text) < 2 or not (text.startswith("|") and text.endswith("|")):
        return None
    bars = [match.start() for match in re.finditer(r"\|", text)]
    return [line.part(*_trimmed(text, left + 1, right)) for left, right in pairwise(bars)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
