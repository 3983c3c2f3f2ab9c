"""Text cut into plain lines and odd rows (CSV 分行): plain lines may be parsed all at once, odd rows by the reader of rows.

A line is plain when it holds exactly its row: as many cells as the header has, and quotes only around whole cells. Every other
line goes to ``csv_rows``, which also knows where a row of several lines ends; rows are numbered as it numbers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.exchange.tables.csv_rows import MOST_LINES, csv_rows
from duixian.exchange.tables.table import Broken, Row

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
    def of(cls, data: bytes) -> _Lines:
        letters = np.frombuffer(data, np.uint8)
        ends = np.flatnonzero(letters == _NEWLINE) + 1
        return cls(data, letters, np.concatenate([[0], ends[:-1]]).astype(np.int64)[: len(ends)], ends)

    def __len__(self) -> int:
        return len(self.ends)

    def count(self, which: Mask) -> Places:
        """How many bytes of each line are meant."""
        return np.diff(np.searchsorted(np.flatnonzero(which), self.ends), prepend=0)

    def text(self, first: int, last: int) -> str:
        """The lines from one to another, which is not among them."""
        return self.data[self.starts[first] : self.ends[last - 1]].decode("utf-8")

    def arrow(self, which: Places) -> Any:
        """Some lines as an Arrow array."""
        offsets = np.append(self.starts, len(self.data)).astype(np.int64)
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(self.data)]
        return pa.Array.from_buffers(pa.large_string(), len(self), buffers).take(pa.array(which))


class LineCutter:
    """Cuts a text into lines (分行器). ``width`` is the number of cells of a row, ``first`` the number of the first row."""

    def __init__(self, delimiter: str, width: int, first: int) -> None:
        self._delimiter, self._width, self._next = delimiter, width, first
        between = re.escape(delimiter)
        self._in_quotes = '"(?:[^"\\n]|"")*"'
        cell = f'(?:[^"\\n{between}]*|{self._in_quotes})'
        self._well_quoted = f"^{cell}(?:{between}{cell})*\\n$"

    def cut(self, chunks: Iterable[bytes]) -> Iterator[CutText]:
        """A text, in chunks of UTF-8 with plain line breaks, cut stretch by stretch."""
        rest = b""
        for chunk in chunks:
            whole = rest + chunk
            end = whole.rfind(b"\n") + 1
            lines = _Lines.of(whole[:end])
            cut, used = self._cut(lines, is_last=False)
            yield cut
            rest = whole[int(lines.starts[used]) if used < len(lines) else end :]
        if rest:
            yield self._cut(_Lines.of(rest if rest.endswith(b"\n") else rest + b"\n"), is_last=True)[0]

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
        is_quote, is_between = lines.letters == _QUOTE, lines.letters == ord(self._delimiter)
        is_doubtful = lengths > _LONGEST_PLAIN
        cells = lines.count(is_between) + 1
        if is_quote.any():
            quotes = lines.count(is_quote)
            simple = _simply_quoted(lines, is_quote, is_between, quotes)
            inside = np.bitwise_xor.accumulate(is_quote)
            # Quotes that do not close in their line would count the following lines inside out.
            if (quotes % 2).any():
                inside ^= np.repeat((np.cumsum(quotes) - quotes) % 2 == 1, lengths)
            cells[simple] = (lines.count(is_between & ~inside) + 1)[simple]
            closely = np.flatnonzero((quotes > 0) & ~simple)
            well, cells[closely] = self._closely(lines, closely)
            is_doubtful[closely] |= ~well
        is_filled = lengths > 1
        return is_filled & ~is_doubtful & (cells == self._width), is_filled, np.flatnonzero(is_doubtful)

    def _closely(self, lines: _Lines, which: Places) -> tuple[Mask, Places]:
        """Which lines with quotes hold whole cells only, quotes within quotes among them; and how many cells each has."""
        texts = lines.arrow(which)
        well = pc.match_substring_regex(texts, self._well_quoted).to_numpy(zero_copy_only=False)
        bare = pc.replace_substring_regex(texts, self._in_quotes, "")
        return well, pc.count_substring(bare, self._delimiter).to_numpy() + 1

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


def _simply_quoted(lines: _Lines, is_quote: Mask, is_between: Mask, quotes: Places) -> Mask:
    """Which lines have quotes, and only such as open at the beginning of a cell and close at its end."""
    places = np.flatnonzero(is_quote)
    line = np.repeat(np.arange(len(lines)), quotes)
    turn = np.arange(len(places)) - np.repeat(np.cumsum(quotes) - quotes, quotes)
    is_edge = is_between | (lines.letters == _NEWLINE)
    # Before the first byte there is the break of a line; after a quote there is at least its own.
    opens = is_edge[places - 1] | (places == 0)
    fits = np.where(turn % 2 == 0, opens, is_edge[places + 1])
    simple: Mask = (quotes > 0) & (quotes % 2 == 0)
    simple[line[~fits]] = False
    return simple


def _only(lines: _Lines, which: Mask) -> bytes:
    if which.all():
        return lines.data
    return lines.letters[np.repeat(which, lines.ends - lines.starts)].tobytes()
