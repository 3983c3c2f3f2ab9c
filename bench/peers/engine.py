"""What an engine is to the side-by-side runs (参比引擎): one small object; add its name to ``registry.py`` and it takes part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peers.lines import Lines
from bench.world.columns import Columns


@dataclass(frozen=True, slots=True)
class Money:
    """What an engine gives that has no lines (只有合计): awards given (None when it does not count them) and sums in fen."""

    awards: int | None
    paid_fen: int
    city_fen: int | None = None
    county_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine on the workload (参比引擎).

    ``prepare`` turns the integer columns into whatever the engine keeps in memory; it is timed apart; None where an engine only goes from
    files to files. ``run`` is timed, first and
    warm; it gets what ``prepare`` returned and returns its result in the engine's own form, newly made. ``told`` turns that into
    lines, or sums where there are no lines, after the clock has stopped.

    ``run_files`` is the same from Parquet to Parquet: from the folder of fact tables to the file that it names, in the columns of
    :mod:`bench.peers.award_file`; everything in it is timed. ``most`` is the greatest world that the engine is run on. ``is_exact``
    says that it reckons in whole fen, so that its lines must equal the others'.
    """

    name: str
    note: str
    prepare: Callable[[Columns], Any] | None
    run: Callable[[Any], Any]
    told: Callable[[Any], Lines | Money]
    run_files: Callable[[Path, Path], None] | None = None
    most: int | None = None
    is_exact: bool = True
