"""The long run (长跑): engines held against each other on as many random dossiers as one likes, on all cores.

    python -m tests.engines.long_run --dossiers 10000000 --seed first

A run is made of units, each some random cities with some hundred dossiers. What is done is written down after every unit, in
``long_run.json`` beside this file, and in the table of ``docs/reference/engines-equal.md``; the same command goes on where it was left.
A difference is shrunk and kept as a golden case.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from tests.engines.decides import DecidesAll, Reference
from tests.engines.difference import breakdowns, compare, decided_by
from tests.engines.dockets import draw_docket
from tests.engines.engines import LAW, LAW_WITH_MARKS, STRICT_LAW, InTurn
from tests.engines.golden_case import FOLDER, case_of, write_case
from tests.engines.run_record import PAGE, RECORD, Run, UnitResult, Units, read_runs, write_page, write_runs

DOCKETS, DOSSIERS = 20, 1000
"""Cities of a unit, and dossiers of each: enough for several blocks of the kernel's loop."""
MOST_CASES = 2
"""So many differences of a unit are shrunk; all are counted."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a run: the seed, its number, and where differences go."""

    seed: str
    number: int
    folder: Path
    dockets: int = DOCKETS
    dossiers: int = DOSSIERS


def law_for(number: int) -> Reference:
    """The law as a docket asks it: every twentieth with marks, every twentieth strictly."""
    return {7: LAW_WITH_MARKS, 13: STRICT_LAW}.get(number % 20, LAW)


def run_unit(unit: Unit, engines: Sequence[DecidesAll] | None = None) -> UnitResult:
    """Decide the dockets of a unit by the other engines in turn, by all of them the first, or each by these."""
    with _without_sweeping():
        return _run_unit(unit, engines)


def _run_unit(unit: Unit, engines: Sequence[DecidesAll] | None) -> UnitResult:
    dossiers = determinations = differing = breaking = 0
    cases: list[str] = []
    turns = {
        law: InTurn(law, all_in=unit.dockets, first=unit.number) for law in (LAW, LAW_WITH_MARKS, STRICT_LAW)
    }
    first = unit.number * unit.dockets
    for number in range(first, first + unit.dockets):
        docket, law = draw_docket(unit.seed, number, unit.dossiers), law_for(number)
        mine = law.decide(docket)
        dossiers += len(mine)
        determinations += sum(len(rows) for rows in mine)
        breaking += len(breakdowns(mine))
        for engine in turns[law].of(number) if engines is None else engines:
            found = compare(docket, (law, engine), mine, decided_by(engine, docket))
            differing += len(found)
            for each in found[: MOST_CASES - len(cases)]:
                cases.append(write_case(case_of(each, law, engine), unit.folder).name)
    every = [engine for turn in turns.values() for engine in turn.all] if engines is None else engines
    entangled = sum(getattr(engine, "entangled", 0) for engine in every)
    names = tuple(dict.fromkeys(engine.name for engine in every))
    return UnitResult(
        unit.number, names, dossiers, determinations, differing, breaking, entangled, tuple(cases)
    )


@contextmanager
def _without_sweeping() -> Iterator[None]:
    """No search for rings of objects while a unit runs: it makes millions of rows, and hardly a ring."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def run(
    seed: str,
    dossiers: int,
    *,
    workers: int,
    record: Path,
    folder: Path,
    size: Units,
    page: Path | None = None,
    decide: Callable[[Unit], UnitResult] = run_unit,
) -> Run:
    """Go on with the run of a seed until so many dossiers are compared; record and page are written all the while.

    With no ``workers`` this process does it all.
    """
    runs = read_runs(record)
    mine = runs.setdefault(seed, Run(seed, size))
    left = (
        Unit(seed, number, folder, mine.size.dockets, mine.size.dossiers)
        for number in range(-(-dossiers // mine.size.dossiers_each))
        if number not in mine.done
    )
    start = monotonic() - mine.seconds
    for result in _results(left, workers, decide) if workers else map(decide, left):
        mine = mine.with_unit(result, int(monotonic() - start))
        runs[seed] = mine
        write_runs(runs, record)
        if page is not None:
            write_page(runs, page)
        _show(mine, dossiers)
    return mine


def _results(
    units: Iterator[Unit], workers: int, decide: Callable[[Unit], UnitResult]
) -> Iterator[UnitResult]:
    """Units as they are done, a few ahead of the workers at any time."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: set[Future[UnitResult]] = {pool.submit(decide, each) for each in islice(units, 2 * workers)}
        try:
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= {pool.submit(decide, each) for each in islice(units, len(done))}
                yield from (each.result() for each in done)
        finally:
            for each in waiting:
                each.cancel()


def _show(run: Run, wanted: int) -> None:
    told = f"{run.dossiers:,} of {wanted:,} dossiers, {run.differing} differences, {run.seconds} s"
    print(f"\r{told}", end="", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 1 when engines differ or the law breaks down."""
    parser = argparse.ArgumentParser(prog="python -m tests.engines.long_run", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000, help="how many dossiers in all")
    parser.add_argument("--seed", default="first", help="another seed is another run")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--record", type=Path, default=RECORD)
    parser.add_argument("--golden", type=Path, default=FOLDER, help="where shrunk differences go")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page whose table is written anew")
    wanted = parser.parse_args(arguments)
    try:
        found = run(
            wanted.seed,
            wanted.dossiers,
            workers=wanted.workers,
            record=wanted.record,
            folder=wanted.golden,
            size=Units(DOCKETS, DOSSIERS),
            page=wanted.page,
        )
    except KeyboardInterrupt:
        print("\nstopped; the same command goes on from here", file=sys.stderr)
        return 130
    print(f"\n{found.dossiers:,} dossiers, {found.differing} differences", file=sys.stderr)
    return 1 if found.differing or found.breaking else 0


if __name__ == "__main__":
    sys.exit(main())
