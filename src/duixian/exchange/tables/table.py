"""A table as it came, before anything is understood (原表): rows of raw cells, whatever the format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from duixian.errors import Place
from duixian.rules.vocabulary import FactKind


@dataclass(frozen=True, slots=True)
class Unusable:
    """A cell that cannot be read because of what it is (不可用的单元格): a formula, an error value, a percentage.

    ``code`` is the problem it makes in a column that is read; in other columns it does no harm.
    """

    code: str
    shown: str = ""


Raw: TypeAlias = (
    str
    | int
    | float
    | bool
    | Decimal
    | date
    | datetime
    | time
    | timedelta
    | tuple[str, ...]
    | Unusable
    | None
)
"""A cell as the file gives it; ``""`` and ``None`` are empty."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that could not even be cut into cells (残行); ``code`` is the problem it makes."""

    code: str
    shown: str = ""


Row: TypeAlias = tuple[int, Sequence[Raw] | Broken]
"""The row's number as an officer sees it (1 is the first line of the file), and its cells from the first column on."""


@dataclass(frozen=True, slots=True)
class CellRange:
    """A block of cells, 1-based and inclusive (单元格区域)."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{column_letters(self.left)}{self.top}:{column_letters(self.right)}{self.bottom}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of facts (事实表). ``rows`` may be walked once.

    ``columns`` are the names where the format itself has them (Parquet); otherwise a header row is to be found.
    ``merged`` and ``hidden_columns`` come from workbooks; ``hidden_columns`` are 1-based.
    """

    kind: FactKind
    place: Place
    rows: Iterable[Row]
    columns: tuple[str, ...] = ()
    merged: tuple[CellRange, ...] = ()
    hidden_columns: frozenset[int] = frozenset()

    def at(self, line: int, column: int = 0) -> Place:
        """A place in this table."""
        return Place(self.place.file, line, column, sheet=self.place.sheet)


def column_letters(column: int) -> str:
    """The letters of a 1-based column, as table programs show it.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
