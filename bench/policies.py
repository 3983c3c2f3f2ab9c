"""How long both policies take to be read and checked in a fresh process (读取和检查), and where the time goes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from bench.child import duixian, run
from bench.figure import MILLISECOND, Figure, Unit
from bench.plan import POLICIES, Plan

BOUND = 1_500 * MILLISECOND
_STAGES = {"import": "of it importing", "read": "of it read_city", "check": "of it check_city"}


def measure_policies(plan: Plan) -> Iterator[Figure]:
    """The whole process against the bound, then its stages, then the command that an officer types."""
    command = [sys.executable, "-m", "bench.policy_stages"]
    run(command)
    ended = [run(command) for _ in range(plan.processes)]
    stages: list[dict[str, int]] = [json.loads(each.output) for each in ended]
    yield Figure("both policies read and checked", Unit.TIME, [each.wall_ns for each in ended], BOUND)
    yield Figure("both policies, processor time", Unit.TIME, [each.cpu_ns for each in ended])
    for stage, name in _STAGES.items():
        yield Figure(name, Unit.TIME, [each[stage] for each in stages])
    check = [run(duixian("check", POLICIES)).wall_ns for _ in range(plan.processes)]
    yield Figure("duixian check", Unit.TIME, check, BOUND)
