"""The C kernel as an engine of the side-by-side runs, with new columns for every run, and with the same again (C 内核)."""

from __future__ import annotations

from bench.peers import c_kernel as kernel
from bench.peers.c_kernel import Prepared
from bench.peers.engine import Engine
from bench.peers.lines import Lines
from bench.world.columns import Columns


def c_kernel() -> Engine:
    """The limit: results newly allocated in every run, as all engines return theirs."""
    return Engine("C kernel, 2 threads", "hand-written limit", kernel.prepare, kernel.run, _as_they_are)


def c_kernel_reused() -> Engine:
    """The same without the pages that new columns cost: what remains is counting and deciding."""
    return Engine(
        "C kernel, columns reused", "no allocation in a run", _prepare_twice, _run_again, _as_they_are
    )


def _prepare_twice(columns: Columns) -> tuple[Prepared, Lines]:
    prepared = kernel.prepare(columns)
    return prepared, kernel.run(prepared)


def _run_again(both: tuple[Prepared, Lines]) -> Lines:
    return kernel.run_again(*both)


def _as_they_are(lines: Lines) -> Lines:
    return lines
