"""How often and on how much is measured (测量方案): in full, or quickly, only to see that everything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.figure import Figure

ROOT = Path(__file__).resolve().parent.parent
POLICIES = ROOT / "policies" / "lianyungang"
AS_OF = date(2026, 12, 31)
"""The day of determination in all benchmarks; the demo city ends with it."""
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Plan:
    """How often each thing is done (测量方案): blocks of runs in one process, fresh processes, whole runs of the demo city."""

    dossier_blocks: int
    random_dossiers: int
    block_runs: int
    processes: int
    city_runs: int
    reading_runs: int
    enterprises: int


FULL = Plan(
    dossier_blocks=60,
    random_dossiers=200,
    block_runs=50,
    processes=7,
    city_runs=3,
    reading_runs=5,
    enterprises=3_000,
)
QUICK = Plan(
    dossier_blocks=2,
    random_dossiers=20,
    block_runs=5,
    processes=1,
    city_runs=1,
    reading_runs=1,
    enterprises=300,
)

Benchmark = Callable[[Plan], Iterator[Figure]]
"""What is measured under one heading; its figures come as they are taken."""


class NotAvailable(Exception):
    """Something cannot be measured now: a command fails, or the policies have errors. The message says what."""
