"""How Duixian grows with the world (增长): the same from ten thousand enterprises to ten million, and the slope of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from statistics import linear_regression, median

from bench.child import duixian, run
from bench.figure import Unit, shown
from bench.peers.columns_file import tables_path
from bench.peers.rounds import FILES, IN_MEMORY, outcomes
from bench.peers.workload import AS_OF, CITY

COMMAND = "duixian determine"
WAYS = (IN_MEMORY, FILES, COMMAND)
SLOPE_BOUNDS = (0.9, 1.1)


@dataclass(frozen=True, slots=True)
class Grown:
    """One way on one size of world (规模): the median time in ns, the peak memory in KiB, how many facts there were."""

    way: str
    enterprises: int
    facts: int
    time_ns: float
    peak_kib: float


def grow(sizes: Sequence[int], seed: int, rounds: int, runs: int) -> Iterator[Grown]:
    """Measure every way on every size, the smallest first."""
    for enterprises in sizes:
        facts = 0
        for (each,) in outcomes(["duixian"], seed, enterprises, rounds, runs, (IN_MEMORY, FILES)):
            facts = each.runs[0]["facts"]
            yield Grown(each.way, enterprises, facts, each.warm_ns, each.peak_kib)
        times, peaks = _command(tables_path(seed, enterprises), rounds)
        yield Grown(COMMAND, enterprises, facts, median(times), median(peaks))


def _command(folder: Path, rounds: int) -> tuple[list[int], list[int]]:
    """The whole command as anybody would run it, all columns written; times and peaks of fresh processes."""
    about = ("--policies", CITY, "--as-of", AS_OF, "--engine", "kernel", "--no-marks")
    with tempfile.TemporaryDirectory(dir=folder.parent) as out:
        ended = [run(duixian("determine", folder, "--out", out, *about), (0, 3)) for _ in range(rounds)]
    return [each.wall_ns for each in ended], [each.peak_kib for each in ended]


def slope(found: Sequence[Grown], way: str) -> float | None:
    """How time grows: 1 is in proportion to the world; a fit of log time over log enterprises. None for one size."""
    some = [each for each in found if each.way == way]
    if len(some) < 2:
        return None
    return linear_regression(
        [log(each.enterprises) for each in some], [log(each.time_ns) for each in some]
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
    slopes = (f"{way} {found_slope:.2f}" for way in ways if (found_slope := slope(found, way)) is not None)
    return "\n".join(rows) + f"\n\nSlope of log time over log enterprises: {', '.join(slopes)}."
