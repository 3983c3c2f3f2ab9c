"""The demo city from the first command to the workbook (虚构城市): ``duixian demo``, then ``duixian determine``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.child import duixian, run
from bench.figure import Figure, Unit
from bench.plan import AS_OF, POLICIES, SEED, Plan

_DETERMINED = (0, 3)
"""Exit codes of a run that went through; 3 says that rows were set aside, and the demo city has some on purpose."""


def measure_demo_city(plan: Plan) -> Iterator[Figure]:
    """Wall time and peak memory of both commands, as an officer would run them."""
    with TemporaryDirectory() as folder:
        demo = Path(folder)
        make = duixian("demo", "--out", demo, "--seed", SEED, "--enterprises", plan.enterprises)
        made = [run(make) for _ in range(plan.city_runs)]
        yield Figure("duixian demo", Unit.TIME, [each.wall_ns for each in made])
        determine = duixian(
            "determine", demo / "facts", "--policies", POLICIES, "--as-of", AS_OF, "--out", demo / "out"
        )
        determined = [run(determine, _DETERMINED) for _ in range(plan.city_runs)]
        yield Figure("duixian determine", Unit.TIME, [each.wall_ns for each in determined])
        yield Figure("duixian determine, processor time", Unit.TIME, [each.cpu_ns for each in determined])
        yield Figure("duixian determine, peak memory", Unit.MEMORY, [each.peak_kib for each in determined])
