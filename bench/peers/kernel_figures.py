"""What the kernel must keep beside its speed in bulk (内核指标): a quick start, a quick answer on one enterprise, many parameter sets."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from bench.child import duixian, run
from bench.city import dossiers_in, lianyungang
from bench.figure import MICROSECOND, SECOND, Figure, Unit
from bench.peers.workload import AS_OF as DAY_OF_WORLD
from bench.peers.workload import city
from bench.plan import AS_OF, POLICIES, SEED, Benchmark, Plan
from bench.world.enterprises import world_columns
from bench.world.tables import fact_tables
from duixian.exchange.demo.write import write_demo_city
from duixian.kernel.changes import Change, Parameter
from duixian.kernel.kernel import Kernel
from duixian.kernel.variations import ParameterSet, Variations
from duixian.rules.fact import Dossier
from duixian.rules.measure import FixedSum

WARM_BOUND, COLD_BOUND, SETS_BOUND = SECOND, 20 * SECOND, 30 * SECOND
DOSSIER_BOUND = 15 * MICROSECOND
FEWEST, MOST = 3, 5
"""Facts of the dossiers that are told apart from all."""
SETS, OF_ENTERPRISES = 1_000, 10_000
STEP_FEN = 10_000


def measure_starting(plan: Plan) -> Iterator[Figure]:
    """From a fresh process to all results of a demo city; the whole command; and the first where nothing was compiled before."""
    with TemporaryDirectory() as folder:
        facts = write_demo_city(Path(folder) / "demo", SEED, plan.enterprises).facts
        begin = [
            sys.executable,
            "-m",
            "bench.peers.first_result",
            str(facts),
            str(POLICIES),
            AS_OF.isoformat(),
        ]
        run(begin)
        warm = [run(begin) for _ in range(plan.processes)]
        yield Figure(
            "to all results, compiled before", Unit.TIME, [each.wall_ns for each in warm], WARM_BOUND
        )
        yield Figure("of it processor time", Unit.TIME, [each.cpu_ns for each in warm])
        about = ("--policies", POLICIES, "--as-of", AS_OF, "--out", f"{folder}/out", "--engine", "kernel")
        whole = [run(duixian("determine", facts, *about), (0, 3)) for _ in range(plan.processes)]
        yield Figure("duixian determine --engine kernel", Unit.TIME, [each.wall_ns for each in whole])
        cold = run(["env", f"NUMBA_CACHE_DIR={folder}/cache", *begin])
        yield Figure("to all results, nothing compiled before", Unit.TIME, [cold.wall_ns], COLD_BOUND)
        yield Figure("of it processor time", Unit.TIME, [cold.cpu_ns])


def measure_dossiers(plan: Plan) -> Iterator[Figure]:
    """One enterprise of the demo city at a time, from a dossier in Python to its determinations, without trace."""
    with TemporaryDirectory() as folder:
        dossiers = dossiers_in(write_demo_city(Path(folder), SEED, plan.enterprises).facts)
    kernel = Kernel(lianyungang())
    for each in dossiers:
        kernel.determine_dossier(each, AS_OF)
    medians = [(len(each.facts), _median(kernel, each, plan.block_runs)) for each in dossiers]
    some = [time for facts, time in medians if FEWEST <= facts <= MOST]
    yield Figure("all dossiers", Unit.TIME, [time for _, time in medians], DOSSIER_BOUND)
    yield Figure(f"of them those of {FEWEST} to {MOST} facts", Unit.TIME, some)


def _median(kernel: Kernel, dossier: Dossier, runs: int) -> float:
    times: list[int] = []
    for _ in range(runs):
        begin = perf_counter_ns()
        kernel.determine_dossier(dossier, AS_OF)
        times.append(perf_counter_ns() - begin)
    return median(times)


def measure_parameter_sets(plan: Plan) -> Iterator[Figure]:
    """A thousand variants of the rules over the facts of ten thousand enterprises: the sums of every measure under each."""
    tables = fact_tables(world_columns(SEED, 0, OF_ENTERPRISES))
    sets = parameter_sets(SETS)
    prepared: list[int] = []
    added: list[int] = []
    for _ in range(plan.city_runs):
        begin = perf_counter_ns()
        variations = Variations(city(), sets)
        ready = perf_counter_ns()
        assert variations.totals(tables, DAY_OF_WORLD).num_rows
        prepared.append(ready - begin)
        added.append(perf_counter_ns() - ready)
    both = [one + other for one, other in zip(prepared, added, strict=True)]
    yield Figure(f"{SETS:,} sets over {OF_ENTERPRISES:,} enterprises", Unit.TIME, both, SETS_BOUND)
    yield Figure("of it preparing the sets", Unit.TIME, prepared)


def parameter_sets(count: int) -> list[ParameterSet]:
    """Sets in which one row after the other has another sum, cap or rate than it has."""
    rows = [(measure, row) for measure in city().measures for row in measure.rows]
    found: list[ParameterSet] = []
    for number, (measure, row) in enumerate(islice(cycle(rows), count)):
        amount = row.amount
        if isinstance(amount, FixedSum):
            fen = amount.fen
        else:
            assert amount.cap_fen is not None
            fen = amount.cap_fen
        change = Change(
            measure.document, measure.id, Parameter.CEILING, fen + STEP_FEN * (1 + number), row.id
        )
        found.append(ParameterSet(f"{row.id} {number}", changes=(change,)))
    return found


BENCHMARKS: tuple[tuple[str, Benchmark], ...] = (
    ("Starting: the demo city in a fresh process", measure_starting),
    ("One dossier through Python, rules loaded, no trace", measure_dossiers),
    ("Many parameter sets in one pass", measure_parameter_sets),
)
"""Headings and what is measured under them; fresh processes first."""
