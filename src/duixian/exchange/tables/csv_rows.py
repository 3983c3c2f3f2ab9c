"""Text cut into rows of cells (CSV): every row by itself, so that one broken row costs one row.

The standard reader stops where quotes are wrong and takes the rest of the file into one cell where they are not closed.
Here a row that cannot be cut is handed on as :class:`Broken`, and reading goes on with the line after its first one.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from duixian.exchange.tables.table import Broken, Row

MOST_CHARACTERS = 1 << 20
"""The longest row, whatever its lines."""
MOST_LINES = 100
"""The most lines of one row: a cell with more line breaks is a quote that nobody closed."""


class _NeverClosed(Exception):
    """A quote that is still open after as many lines as a row may have."""


class _TooLong(Exception):
    """A line without an end."""


class _Lines:
    """The lines of a stream, with those of the present row remembered, so that they can be read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self._characters = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES or self._characters > MOST_CHARACTERS:
            raise _NeverClosed
        line = self._again.popleft() if self._again else self._stream.readline(MOST_CHARACTERS)
        if not line:
            raise StopIteration
        self.taken.append(line)
        self._characters += len(line)
        if len(line) >= MOST_CHARACTERS and not line.endswith("\n"):
            self._skip_line()
            raise _TooLong
        return line

    def begin_row(self) -> None:
        """Forget the lines of the last row."""
        self.taken = []
        self._characters = 0

    def return_all_but_first(self) -> None:
        """Give back the lines of the present row that came after its first."""
        self._again.extendleft(reversed(self.taken[1:]))

    def _skip_line(self) -> None:
        while (piece := self._stream.readline(MOST_CHARACTERS)) and not piece.endswith("\n"):
            pass


def csv_rows(stream: TextIO, delimiter: str) -> Iterator[Row]:
    """The rows of a text, numbered as a table program numbers them: a row of several lines counts once."""
    lines = _Lines(stream)
    number = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin_row()
        number += 1
        try:
            yield number, next(reader)
            continue
        except StopIteration:
            return
        except _TooLong:
            broken = Broken("line-too-long", str(MOST_CHARACTERS))
        except (_NeverClosed, csv.Error) as error:
            broken = Broken("cell-too-long" if "field limit" in str(error) else "bad-quotes")
            lines.return_all_but_first()
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        yield number, broken
