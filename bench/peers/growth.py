"""How Duixian grows with the world (增长): the same from ten thousand enterprises to ten million, and the slope of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import linear_regression, median

from bench.child import Ended, duixian, run
from bench.figure import Unit, shown
from bench.peers.columns_file import tables_path
from bench.peers.rounds import FILES, IN_MEMORY, outcomes
from bench.peers.workload import AS_OF, CITY

COMMAND = "duixian determine"
WAYS = (IN_MEMORY, FILES, COMMAND)
SLOPE_BOUNDS = (0.9, 1.1)


@dataclass(frozen=True, slots=True)
class Grown:
    """One way on one size of world (规模): the median times by the clock and of processors in ns, the peak memory in KiB, how many
    facts there were."""

    way: str
    enterprises: int
    facts: int
    time_ns: float
    cpu_ns: float
    peak_kib: float


def grow(sizes: Sequence[int], seed: int, rounds: int, runs: int) -> Iterator[Grown]:
    """Measure every way on every size, the smallest first."""
    for enterprises in sizes:
        facts = 0
        for (each,) in outcomes(["duixian"], seed, enterprises, rounds, runs, (IN_MEMORY, FILES)):
            facts = each.runs[0]["facts"]
            yield Grown(each.way, enterprises, facts, each.warm_ns, each.cpu_ns, each.peak_kib)
        ended = _command(tables_path(seed, enterprises), rounds)
        medians = (
            median(getattr(each, name) for each in ended) for name in ("wall_ns", "cpu_ns", "peak_kib")
        )
        yield Grown(COMMAND, enterprises, facts, *medians)


def _command(folder: Path, rounds: int) -> list[Ended]:
    """The whole command as anybody would run it, all columns written, in fresh processes."""
    about = ("--policies", CITY, "--as-of", AS_OF, "--engine", "kernel", "--no-marks")
    with tempfile.TemporaryDirectory(dir=folder.parent) as out:
        return [run(duixian("determine", folder, "--out", out, *about), (0, 3)) for _ in range(rounds)]


def slope(found: Sequence[Grown], way: str, time: str = "time_ns") -> float | None:
    """How time grows: 1 is in proportion to the world; a fit of log time over log enterprises. None for one size.

    By the clock a small world takes more than its part, since it does not fill all processors: ``cpu_ns`` tells of the work alone.
    """
    some = [each for each in found if each.way == way]
    if len(some) < 2:
        return None
    return linear_regression(
        [log(each.enterprises) for each in some], [log(getattr(each, time)) for each in some]
    ).slope


def markdown(found: Sequence[Grown]) -> str:
    """All sizes as a table, and the slopes below it."""
    ways = [way for way in WAYS if any(each.way == way for each in found)]
    rows = [
        f"| enterprises | facts | {' | '.join(f'{way} | memory' for way in ways)} |",
        f"|--:|--:|{'--:|--:|' * len(ways)}",
    ]
    for size in dict.fromkeys(each.enterprises for each in found):
        here = {each.way: each for each in found if each.enterprises == size}
        cells = (
            f"{shown(here[way].time_ns, Unit.TIME)} | {shown(here[way].peak_kib, Unit.MEMORY)}"
            for way in ways
        )
        rows.append(f"| {size:,} | {next(iter(here.values())).facts:,} | {' | '.join(cells)} |")
    slopes = (
        f"{way} {by_clock:.2f} by the clock, {of_work:.2f} of processor time"
        for way in ways
        if (by_clock := slope(found, way)) is not None
        and (of_work := slope(found, way, "cpu_ns")) is not None
    )
    return "\n".join(rows) + f"\n\nSlope of log time over log enterprises: {'; '.join(slopes)}."
