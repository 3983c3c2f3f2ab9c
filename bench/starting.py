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
    pairs = [(run(nothing).wall_ns, run(help_).wall_ns) for _ in range(plan.processes)]
    yield Figure("python -c pass", Unit.TIME, [floor for floor, _ in pairs])
    yield Figure("duixian --help", Unit.TIME, [wall for _, wall in pairs], HELP_BOUND)
    yield Figure("duixian --help to python -c pass", Unit.RATIO, [wall / floor for floor, wall in pairs])
