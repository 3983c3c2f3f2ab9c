"""``python -m bench.office.runs --enterprises 100000``: a run from the database, end to end, and what each part of it takes.

The database is SQLite in a folder that is thrown away, or the empty one that ``DATABASE_URL`` names.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.plan import AS_OF, POLICIES, SEED

BOUND = 30
"""Seconds that a run of 100,000 enterprises may take."""
_PARTS = (
    "freeze_city", "city_from", "typed_tables", "freeze_facts", "decide", "text_of", "keep_own", "keep_rows", "counts_of",
)  # fmt: skip
"""The steps of a run, by their names in ``runs/start.py``."""


def main() -> None:
    """Fill an office, run it, print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.office.runs", description="Measure a run.")
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    with TemporaryDirectory(prefix="duixian-bench-") as home:
        os.environ |= {"DUIXIAN_HOME": home, "DUIXIAN_CITY": str(POLICIES)}
        os.environ["DJANGO_SETTINGS_MODULE"] = "duixian.office.settings"
        _measure(Path(home), options.enterprises, options.runs)


def _measure(home: Path, enterprises: int, runs: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {enterprises:,} enterprises")
    actor = _fill(home, enterprises)
    from duixian.office.runs import start
    from duixian.office.runs.verify import verify

    taken: dict[str, float] = {}
    for name in _PARTS:
        setattr(start, name, _timed(name, getattr(start, name), taken))
    for number in range(1, runs + 1):
        taken.clear()
        begin = perf_counter()
        run = start.start(actor, title=f"第{number}批", as_of=AS_OF)
        whole = perf_counter() - begin
        told = f"{'within' if whole <= BOUND else 'BEYOND'} {BOUND} s"
        print(
            f"run {number}: {run.counts['rows']:,} rows of {run.counts['facts']:,} facts in {whole:.1f} s, {told}"
        )
        for name in _PARTS:
            print(f"  {name:<16}{taken[name]:8.2f} s")
        print(f"  {'the rest':<16}{whole - sum(taken.values()):8.2f} s", flush=True)
    begin = perf_counter()
    complaints = verify(run)
    print(f"verify: {complaints or 'whole'} in {perf_counter() - begin:.1f} s")


def _fill(home: Path, enterprises: int) -> Any:
    from duixian.exchange.demo.write import write_demo_city
    from duixian.office.accounts.actor import actor_of
    from duixian.office.accounts.models import Role, User
    from duixian.office.registry.import_tables import import_tables

    facts = write_demo_city(home / "demo", SEED, enterprises).facts
    actor = actor_of(User.objects.create(username="市级经办", role=Role.CITY_OFFICER))
    begin = perf_counter()
    found = import_tables(actor, "虚构城市", facts)
    print(f"{found.rows:,} rows of tables into the registry in {perf_counter() - begin:.1f} s", flush=True)
    return actor


def _timed(name: str, step: Callable[..., Any], taken: dict[str, float]) -> Callable[..., Any]:
    @wraps(step)
    def timed(*arguments: Any, **named: Any) -> Any:
        begin = perf_counter()
        try:
            return step(*arguments, **named)
        finally:
            taken[name] = taken.get(name, 0) + perf_counter() - begin

    return timed


if __name__ == "__main__":
    main()
