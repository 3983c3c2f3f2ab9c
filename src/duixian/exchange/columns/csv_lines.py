"""Text cut into plain lines and odd rows (CSV 分行): plain lines may be parsed all at once, odd rows by the reader of rows.

A line is plain when it holds exactly its row: as many cells as the header has, and quotes only around whole cells. Every other
line goes to ``csv_rows``, which also knows where a row of several lines ends; rows are numbered as it numbers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TextIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.exchange.tables.csv_rows import MOST_CHARACTERS, MOST_LINES, csv_rows
from duixian.exchange.tables.table import Broken, Row

_CHARACTERS_AT_ONCE = 1 << 24
_LONGEST_PLAIN = 100_000
_NEWLINE, _QUOTE = ord("\n"), ord('"')

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CutText:
    """A stretch of text (分行结果): its plain lines as one piece of CSV, the number of each as a row, and the odd rows."""

    plain: bytes
    numbers: Places
    odd: list[Row]


class LineCutter:
    """Cuts a text into lines from where it stands (分行器). ``width`` is the number of cells of a row, ``first`` that of its row."""

    def __init__(self, text: TextIO, delimiter: str, width: int, first: int) -> None:
        self._text, self._delimiter, self._width, self._next = text, delimiter, width, first
        cell = f'(?:[^"{re.escape(delimiter)}]*|"(?:[^"]|"")*")'
        self._well_quoted = f"^{cell}(?:{re.escape(delimiter)}{cell})*$"
        self._quoted = '"(?:[^"]|"")*"'

    def __iter__(self) -> Iterator[CutText]:
        """All that is left of the text, stretch by stretch."""
        rest = ""
        while chunk := self._text.read(_CHARACTERS_AT_ONCE):
            whole = rest + chunk
            end = whole.rfind("\n") + 1
            cut, used = self._cut(whole[:end], is_last=False)
            yield cut
            rest = whole[used:]
        if rest:
            yield self._cut(rest if rest.endswith("\n") else f"{rest}\n", is_last=True)[0]

    def _cut(self, text: str, *, is_last: bool) -> tuple[CutText, int]:
        """Some whole lines cut, and how many characters of them: a row that may go on in the next stretch is left."""
        ...
