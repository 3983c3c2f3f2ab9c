"""What a reading works with (读入条件): open files, threads, a temporary folder, and how much memory it may take."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from duixian.exchange.columns.remembered import Room

Progress: TypeAlias = Callable[[str, int], None]
"""Told which table is being read, and how many of its rows are done."""


class SpoolFolder:
    """A temporary folder (暂存文件夹), made when it is first asked for: a small reading needs none. It goes with ``things``."""

    def __init__(self, things: ExitStack) -> None:
        self._things = things
        self._path: Path | None = None

    def path(self) -> Path:
        """Where it is."""
        if self._path is None:
            self._path = Path(self._things.enter_context(TemporaryDirectory(prefix="duixian-")))
        return self._path


@dataclass(frozen=True, slots=True)
class Means:
    """What a reading works with (读入条件).

    ``files`` are closed with the reading. ``kept`` is the room for small tables, ``remembered`` that for columns of the first pass;
    texts of ``least_text`` bytes and more are read by columns.
    """

    files: ExitStack
    pool: Executor
    folder: SpoolFolder
    progress: Progress
    kept: Room
    remembered: Room
    least_text: int
