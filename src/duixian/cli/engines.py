"""Which engine determines (引擎): by the book for a few dossiers, in bulk for many, on a cluster when asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from duixian.cli.refusal import Refusal

SWITCH = 20_000
"""From so many facts on, the kernel runs by itself: there it has caught up with its start."""


class EngineName(StrEnum):
    """An engine, as ``--engine`` names it (引擎)."""

    AUTO = "auto"
    """Whichever fits the number of facts."""
    REFERENCE = "reference"
    """By the book, with the whole calculation of every award."""
    KERNEL = "kernel"
    """In bulk, with a short reason; explanations on demand."""
    SPARK = "spark"
    """The kernel on a Spark cluster."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What ``determine`` is told about its engine (引擎选项).

    ``with_marks``, ``format`` and ``is_incremental`` are for runs in bulk, ``master`` for Spark.
    """

    engine: str = EngineName.AUTO
    with_marks: bool = True
    format: str = "parquet"
    is_incremental: bool = False
    master: str | None = None


def read_engine(text: str | None, facts: Path) -> EngineName:
    """The engine that was named; else the kernel for many facts, the reference engine for few.

    Raises:
        Refusal: when there is no such engine.
    """
    try:
        named = EngineName(text or EngineName.AUTO)
    except ValueError:
        raise Refusal("error.unknown-engine", engine=text, engines="、".join(EngineName)) from None
    if named is not EngineName.AUTO:
        return named
    return EngineName.KERNEL if rows_at_least(facts, SWITCH) else EngineName.REFERENCE


def rows_at_least(facts: Path, rows: int) -> bool:
    """Whether tables hold that many rows, as far as that can be told without reading them; a workbook counts as small."""
    files = sorted(facts.iterdir()) if facts.is_dir() else [facts]
    found = 0
    for file in files:
        found += _rows_of(file, rows - found)
        if found >= rows:
            return True
    return False


def _rows_of(file: Path, enough: int) -> int:
    """The rows of a table; for text the lines, counted only until there are enough."""
    try:
        if file.suffix.lower() == ".parquet":
            from pyarrow.parquet import read_metadata  # type: ignore[import-untyped]

            return int(read_metadata(file).num_rows)
        if file.suffix.lower() in (".arrow", ".feather"):
            return _by_size(file)
        return _lines(file, enough) if file.suffix.lower() in (".csv", ".tsv", ".txt") else 0
    except (OSError, ValueError):
        # What is wrong with the file is told by whoever reads it.
        return 0


def _by_size(file: Path) -> int:
    """A row of a columnar file takes some fifty bytes."""
    return file.stat().st_size // 50


def _lines(file: Path, enough: int) -> int:
    if not file.is_file():
        return 0
    count = 0
    with file.open("rb") as stream:
        while count < enough and (piece := stream.read(1 << 20)):
            count += piece.count(b"\n")
    return count
