"""CSV out (表格输出): UTF-8 without a byte order mark, one line end, and no cell that a table program would run.

A text that begins with ``= + - @`` (or their full-width forms, a tab or a line end) would be a formula to a table program.
Such a text gets an apostrophe in front. So that a machine gets every text back exactly, a text that already has
apostrophes before such a sign gets one more: whoever reads removes one apostrophe where the rest begins so.

>>> guarded("=1+1"), guarded("'=1+1"), guarded("'quoted'"), unguarded(guarded("'=1+1"))
("'=1+1", "''=1+1", "'quoted'", "'=1+1")
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LOOKS_LIKE_A_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")

_NEEDS_QUOTES = re.compile(r'[",\r\n]|^\s|\s$')


def guarded(text: str) -> str:
    """The text as a cell that is never taken for a formula."""
    return f"'{text}" if _LOOKS_LIKE_A_FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that a guarded cell stands for."""
    return cell[1:] if cell.startswith("'") and _LOOKS_LIKE_A_FORMULA.match(cell) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A whole table as CSV. Amounts are never negative here, so every cell is guarded alike."""
    lines = [_line(header), *(_line([guarded(cell) for cell in row]) for row in rows)]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return ",".join(_quoted(cell) for cell in cells)


def _quoted(cell: str) -> str:
    # Not csv.writer: with this line end it leaves a lone carriage return unquoted, and a reader breaks the line there.
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
