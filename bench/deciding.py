"""How long one dossier of twelve facts takes to be decided (单企测算), rules loaded, with the full trace.

With and without the marks of undecided 口径 by turns, so that a busy moment of the machine meets both and their ratio holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter_ns

from bench.city import lianyungang
from bench.dossiers import random_dossiers, written_dossier
from bench.figure import MICROSECOND, MILLISECOND, Figure, Unit
from bench.plan import AS_OF, Plan
from duixian.evaluate.engine import Engine
from duixian.rules.fact import Dossier

PLAIN_BOUND, MARKED_BOUND = 150 * MICROSECOND, 1 * MILLISECOND

Pair = tuple[float, float]
"""Times of one dossier without and with marks, in ns."""


def measure_deciding(plan: Plan) -> Iterator[Figure]:
    """The dossier written by hand, run by run; then the random ones, each with its own median."""
    engine, dossier = Engine(lianyungang()), written_dossier()
    # The first run with marks prepares the other options of every question that it meets: that is loading rules.
    _pair(engine, dossier)
    yield from _figures("one dossier", [_pair(engine, dossier) for _ in range(plan.dossier_runs)])
    dossiers = random_dossiers(plan)
    for each in dossiers:
        _pair(engine, each)
    yield from _figures("random dossiers", [_medians(engine, each, plan.runs_of_each) for each in dossiers])


def _figures(name: str, pairs: list[Pair]) -> Iterator[Figure]:
    yield Figure(f"{name}, without marks", Unit.TIME, [plain for plain, _ in pairs], PLAIN_BOUND)
    yield Figure(f"{name}, with marks", Unit.TIME, [marked for _, marked in pairs], MARKED_BOUND)
    yield Figure(f"{name}, with marks to without", Unit.RATIO, [marked / plain for plain, marked in pairs])


def _pair(engine: Engine, dossier: Dossier) -> Pair:
    begin = perf_counter_ns()
    engine.determine(dossier, AS_OF, with_marks=False)
    between = perf_counter_ns()
    engine.determine(dossier, AS_OF)
    return between - begin, perf_counter_ns() - between


def _medians(engine: Engine, dossier: Dossier, runs: int) -> Pair:
    pairs = [_pair(engine, dossier) for _ in range(runs)]
    return median(plain for plain, _ in pairs), median(marked for _, marked in pairs)
