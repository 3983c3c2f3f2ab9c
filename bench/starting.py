"""How soon the command answers (启动): ``duixian --help`` in a fresh process, beside a Python that does nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench.child import duixian, run
from bench.figure import MILLISECOND, Figure, Unit
from bench.plan import Plan

HELP_BOUND = 300 * MILLISECOND


def measure_starting(plan: Plan) -> Iterator[Figure]:
    """Start both by turns, so that a busy moment of the machine meets both."""
    nothing, help_ = [sys.executable, "-c", "pass"], duixian("--help")
    run(help_)  # writes the byte code that every later start reads
    pairs = [(run(nothing), run(help_)) for _ in range(plan.processes)]
    yield Figure("python -c pass", Unit.TIME, [floor.wall_ns for floor, _ in pairs])
    yield Figure("duixian --help", Unit.TIME, [each.wall_ns for _, each in pairs], HELP_BOUND)
    yield Figure("duixian --help, processor time", Unit.TIME, [each.cpu_ns for _, each in pairs])
    ratios = [each.wall_ns / floor.wall_ns for floor, each in pairs]
    yield Figure("duixian --help to python -c pass", Unit.RATIO, ratios)
