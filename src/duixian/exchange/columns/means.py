"""What a reading works with (读入条件): open files, threads, a temporary folder, and how much memory it may take."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from duixian.exchange.columns.remembered import Room

Progress: TypeAlias = Callable[[str, int], None]
"""Told which table is being read, and how many of its rows are done."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a reading works with (读入条件).

    ``files`` are closed with the reading. ``kept`` is the room for small tables, ``remembered`` that for columns of the first pass;
    texts of ``least_text`` bytes and more are read by columns.
    """

    files: ExitStack
    pool: Executor
    folder: Path
    progress: Progress
    kept: Room
    remembered: Room
    least_text: int
