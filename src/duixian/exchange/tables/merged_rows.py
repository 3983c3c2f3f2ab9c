"""Which rows lie under merged cells (合并单元格): a merged block holds one value, and which rows it means is not written.

Blocks above the header are titles, and blocks beside the columns that are read do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable

from duixian.exchange.tables.header import Header
from duixian.exchange.tables.table import CellRange


class MergedRows:
    """The merged blocks of a table as its rows go by, from top to bottom (合并区域)."""

    def __init__(self, areas: Iterable[CellRange], header: Header) -> None:
        read = sorted(column.index + 1 for column in header.columns)
        harmful = [area for area in areas if area.bottom > header.line and _meets(area, read)]
        self._ahead = sorted(harmful, key=lambda area: (area.top, area.left), reverse=True)
        self._met: list[CellRange] = []
        self._until = 0

    def cover(self, line: int) -> bool:
        """Whether a block lies over the row; rows are asked for in their order."""
        while self._ahead and self._ahead[-1].top <= line:
            area = self._ahead.pop()
            self._met.append(area)
            self._until = max(self._until, area.bottom)
        return line <= self._until

    def newly_met(self, line: int) -> list[CellRange]:
        """The blocks that no row before met and that reach this row: each is told of once."""
        met, self._met = [area for area in self._met if area.bottom >= line], []
        return met


def _meets(area: CellRange, columns: list[int]) -> bool:
    return any(area.left <= column <= area.right for column in columns)
