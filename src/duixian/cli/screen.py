"""The screen (屏幕): words in the chosen language, tables that fit, colours only where a person looks on.

Results go to standard output; progress and complaints to standard error, so that a pipe carries results alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from duixian.wording import Language, screen_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

PIPE_WIDTH = 100
"""Columns of tables where nobody looks on; COLUMNS overrides it."""
_NARROWEST_TEXT, _GAP = 14, 2


class Screen:
    """Where a command speaks (屏幕)."""

    def __init__(self, language: Language = Language.CHINESE, *, is_complaining: bool = False) -> None:
        self.language = language
        self._is_complaining = is_complaining

    def complaining(self) -> Screen:
        """The same screen, all of it on standard error."""
        return Screen(self.language, is_complaining=True)

    def words(self, code: str, /, **blanks: object) -> str:
        """A sentence or label."""
        return screen_words(code, self.language, **blanks)

    def say(self, code: str, /, *, style: str = "", **blanks: object) -> None:
        """Print a sentence."""
        self.line(self.words(code, **blanks), style=style)

    def line(self, text: str = "", *, style: str = "") -> None:
        """Print a line as it is; a terminal breaks it where it must, a pipe never."""
        self.out.print(text, style=style or None, soft_wrap=True)

    def aside(self, code: str, /, **blanks: object) -> None:
        """Print a sentence to standard error."""
        self.err.print(self.words(code, **blanks), soft_wrap=True)

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        numbers: Sequence[int] = (),
        title: str = "",
    ) -> None:
        """Print a table; the columns of ``numbers`` are flush right.

        Where it does not fit, each row is told in lines of its own: a figure that is cut short is a wrong figure.
        """
        if title:
            self.line(title, style="bold")
        if _needed(headers, rows, numbers) > self.out.width:
            self._records(headers, rows, numbers)
            return
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for place, header in enumerate(headers):
            is_number = place in numbers
            table.add_column(
                header, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold"
            )
        for row in rows:
            table.add_row(*row)
        if self.out.is_terminal:
            self.out.print(table)
            return
        with self.out.capture() as printed:
            self.out.print(table)
        # A file needs no blanks at the ends of its lines.
        lines = [line.rstrip() for line in printed.get().split("\n")]
        self.line("\n".join(lines).strip("\n") + "\n")

    def _records(self, headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> None:
        for row in rows:
            self.line("  ".join(cell for place, cell in enumerate(row) if cell and place not in numbers))
            figures = [f"{headers[place]} {row[place]}" for place in numbers if row[place]]
            if figures:
                self.line(f"    {'，'.join(figures)}")
        self.line()

    @contextmanager
    def progress(self, code: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """A bar on a terminal, silence elsewhere; tell it how far the work is."""
        if not self.err.is_terminal or self.err.is_dumb_terminal:
            yield lambda done: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.err, transient=True) as bar:
            task = bar.add_task(self.words(code), total=total)
            yield lambda done: bar.update(task, completed=done)

    @cached_property
    def out(self) -> Console:
        """Where this screen speaks: standard output, unless it complains."""
        return self.err if self._is_complaining else _console(sys.stdout)

    @cached_property
    def err(self) -> Console:
        """Standard error."""
        return _console(sys.stderr)


def _needed(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> int:
    """The columns that a table needs: figures whole, texts wrapped to no less than :data:`_NARROWEST_TEXT`."""
    from rich.cells import cell_len

    needed = 0
    for place, header in enumerate(headers):
        longest = max(cell_len(cell) for cell in (header, *(row[place] for row in rows)))
        needed += _GAP + (longest if place in numbers else min(longest, _NARROWEST_TEXT))
    return needed


def _console(file: TextIO) -> Console:
    from rich.console import Console

    # What goes into a file has a fixed width: it must not depend on somebody's window.
    asked = os.environ.get("COLUMNS", "")
    width = None if file.isatty() else int(asked) if asked.isdigit() and int(asked) else PIPE_WIDTH
    return Console(file=file, width=width, markup=False, emoji=False, highlight=False)
