"""Text cut into plain lines and odd rows (CSV 分行): plain lines may be parsed all at once, odd rows by the reader of rows.

A line is plain when it holds exactly its row: as many cells as the header has, and quotes only around whole cells. Every other
line goes to ``csv_rows``, which also knows where a row of several lines ends; rows are numbered as it numbers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any, TextIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.exchange.tables.csv_rows import MOST_LINES, csv_rows
from duixian.exchange.tables.table import Broken, Row

CHARACTERS_AT_ONCE = 1 << 24
_LONGEST_PLAIN = 100_000
_NEWLINE, _QUOTE = b'\n"'

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CutText:
    """A stretch of text (分行结果): its plain lines as one piece of CSV, the number of each as a row, and the odd rows."""

    plain: bytes
    numbers: Places
    odd: list[Row]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Whole lines of a text as bytes: where each begins and ends, its line break included."""

    data: bytes
    letters: npt.NDArray[np.uint8]
    starts: Places
    ends: Places

    @classmethod
    def of(cls, text: str) -> _Lines:
        data = text.encode("utf-8")
        letters = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero(letters == _NEWLINE) + 1
        return cls(data, letters, np.concatenate([[0], ends[:-1]]).astype(np.int64), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def count(self, letter: int) -> Places:
        """How often a byte stands in each line."""
        before = np.searchsorted(np.flatnonzero(self.letters == letter), self.ends)
        return np.diff(before, prepend=0)

    def text(self, first: int, last: int) -> str:
        """The lines from one to another, which is not among them."""
        return self.data[self.starts[first] : self.ends[last - 1]].decode("utf-8")

    def arrow(self, which: Places) -> Any:
        """Some lines as an Arrow array."""
        offsets = np.append(self.starts, len(self.data)).astype(np.int64)
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(self.data)]
        return pa.Array.from_buffers(pa.large_string(), len(self), buffers).take(pa.array(which))


class LineCutter:
    """Cuts a text into lines from where it stands (分行器). ``width`` is the number of cells of a row, ``first`` the next row's."""

    def __init__(self, text: TextIO, delimiter: str, width: int, first: int) -> None:
        self._text, self._delimiter, self._width, self._next = text, delimiter, width, first
        between = re.escape(delimiter)
        self._in_quotes = '"(?:[^"\\n]|"")*"'
        cell = f'(?:[^"\\n{between}]*|{self._in_quotes})'
        self._well_quoted = f"^{cell}(?:{between}{cell})*\\n$"

    def __iter__(self) -> Iterator[CutText]:
        """All that is left of the text, stretch by stretch."""
        rest = ""
        while chunk := self._text.read(CHARACTERS_AT_ONCE):
            whole = rest + chunk
            end = whole.rfind("\n") + 1
            lines = _Lines.of(whole[:end])
            cut, used = self._cut(lines, is_last=False)
            yield cut
            rest = lines.text(used, len(lines)) + whole[end:] if used < len(lines) else whole[end:]
        if rest:
            yield self._cut(_Lines.of(rest if rest.endswith("\n") else f"{rest}\n"), is_last=True)[0]

    def _cut(self, lines: _Lines, *, is_last: bool) -> tuple[CutText, int]:
        """Some lines cut, and how many of them: a row that may go on in the next stretch is left."""
        plain, is_filled, doubtful = self._sorted(lines)
        begins = np.ones(len(lines), np.bool_)
        rows: dict[int, list[str] | Broken] = {}
        end = len(lines)
        for line in doubtful.tolist():
            if not begins[line]:
                continue
            if not is_last and line + MOST_LINES >= len(lines):
                end = line
                break
            rows[line], count = self._row(lines, line)
            begins[line + 1 : line + count] = False
        plain &= begins
        plain[end:] = False
        numbers = self._next - 1 + np.cumsum(begins)
        self._next += int(begins[:end].sum())
        ragged = begins & is_filled & ~plain
        ragged[doubtful] = ragged[end:] = False
        rows |= {line: self._cells(lines, line) for line in np.flatnonzero(ragged).tolist()}
        odd: list[Row] = [(int(numbers[line]), rows[line]) for line in sorted(rows)]
        return CutText(_only(lines, plain), numbers[plain], odd), end

    def _sorted(self, lines: _Lines) -> tuple[Mask, Mask, Places]:
        """Which lines are plain, which are not blank, and which may be more or less than one row."""
        lengths = lines.ends - lines.starts
        quoted = np.flatnonzero(lines.count(_QUOTE))
        cells = lines.count(ord(self._delimiter)) + 1
        is_doubtful = lengths > _LONGEST_PLAIN
        if len(quoted):
            texts = lines.arrow(quoted)
            is_well = pc.match_substring_regex(texts, self._well_quoted).to_numpy(zero_copy_only=False)
            bare = pc.replace_substring_regex(texts, self._in_quotes, "")
            cells[quoted] = pc.count_substring(bare, self._delimiter).to_numpy() + 1
            is_doubtful[quoted] |= ~is_well
        is_filled = lengths > 1
        return is_filled & ~is_doubtful & (cells == self._width), is_filled, np.flatnonzero(is_doubtful)

    def _row(self, lines: _Lines, line: int) -> tuple[list[str] | Broken, int]:
        """The row that begins with a line, and how many lines it takes."""
        text = StringIO(lines.text(line, min(line + MOST_LINES + 1, len(lines))))
        _, cells = next(csv_rows(text, self._delimiter))
        lines_taken = text.getvalue().count("\n", 0, text.tell())
        if not isinstance(cells, Broken):
            return list(map(str, cells)), lines_taken
        # What follows the first line of a row with wrong quotes is read again; a line without an end is passed over.
        return cells, lines_taken if cells.code == "line-too-long" else 1

    def _cells(self, lines: _Lines, line: int) -> list[str]:
        """The cells of a line that is a row by itself."""
        _, cells = next(csv_rows(StringIO(lines.text(line, line + 1)), self._delimiter))
        assert not isinstance(cells, Broken)
        return list(map(str, cells))


def _only(lines: _Lines, which: Mask) -> bytes:
    if which.all():
        return lines.data
    return lines.letters[np.repeat(which, lines.ends - lines.starts)].tobytes()
