"""How long one dossier of twelve facts takes to be decided (单企测算), rules loaded, with the full trace.

With and without the marks of undecided 口径 in blocks by turns: within a block a run finds the caches as a run of its kind leaves them,
and a busy spell of the machine meets both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter_ns
from typing import NamedTuple

from bench.city import lianyungang
from bench.dossiers import random_dossiers, written_dossier
from bench.figure import MICROSECOND, MILLISECOND, Figure, Unit
from bench.plan import AS_OF, Plan
from duixian.evaluate.engine import Engine
from duixian.rules.fact import Dossier

PLAIN_BOUND, MARKED_BOUND = 150 * MICROSECOND, 1 * MILLISECOND


class Block(NamedTuple):
    """Runs of one dossier without marks, then as many with them; times in ns."""

    plain: list[int]
    marked: list[int]

    @property
    def ratio(self) -> float:
        """How many times as long the marks make it."""
        return median(self.marked) / median(self.plain)


def measure_deciding(plan: Plan) -> Iterator[Figure]:
    """The dossier written by hand, run by run; then the random ones, each with its own median."""
    engine, dossier = Engine(lianyungang()), written_dossier()
    # The first run with marks prepares the other options of every question that it meets: that is loading rules.
    _block(engine, dossier, 1)
    blocks = [_block(engine, dossier, plan.block_runs) for _ in range(plan.dossier_blocks)]
    plain = [time for block in blocks for time in block.plain]
    marked = [time for block in blocks for time in block.marked]
    yield from _figures("one dossier", plain, marked, blocks)
    dossiers = random_dossiers(plan)
    for each in dossiers:
        _block(engine, each, 1)
    blocks = [_block(engine, each, plan.block_runs) for each in dossiers]
    plain_medians = [median(block.plain) for block in blocks]
    marked_medians = [median(block.marked) for block in blocks]
    yield from _figures("random dossiers", plain_medians, marked_medians, blocks)


def _figures(
    name: str, plain: Sequence[float], marked: Sequence[float], blocks: Sequence[Block]
) -> Iterator[Figure]:
    yield Figure(f"{name}, without marks", Unit.TIME, plain, PLAIN_BOUND)
    yield Figure(f"{name}, with marks", Unit.TIME, marked, MARKED_BOUND)
    yield Figure(f"{name}, with marks to without", Unit.RATIO, [block.ratio for block in blocks])


def _block(engine: Engine, dossier: Dossier, runs: int) -> Block:
    plain = [_timed(engine, dossier, with_marks=False) for _ in range(runs)]
    return Block(plain, [_timed(engine, dossier, with_marks=True) for _ in range(runs)])


def _timed(engine: Engine, dossier: Dossier, *, with_marks: bool) -> int:
    begin = perf_counter_ns()
    engine.determine(dossier, AS_OF, with_marks=with_marks)
    return perf_counter_ns() - begin
