"""How fast tables of facts become dossiers (读表): the whole demo city, in CSV, xlsx and Parquet as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from bench.city import lianyungang
from bench.figure import SECOND, Figure, Unit
from bench.plan import SEED, Plan
from duixian.exchange.demo.write import write_demo_city
from duixian.exchange.tables.facts import read_facts


def measure_reading(plan: Plan) -> Iterator[Figure]:
    """Read all tables again and again; a fact is a row, the row of the enterprise itself among them."""
    city = lianyungang()
    with TemporaryDirectory() as folder:
        tables = write_demo_city(Path(folder), SEED, plan.enterprises).facts
        rows = sum(table.rows for table in read_facts(tables, city).tables)
        times = [_timed(tables) for _ in range(plan.reading_runs)]
    yield Figure("all tables", Unit.TIME, times)
    yield Figure("facts read", Unit.RATE, [rows * SECOND / each for each in times])


def _timed(tables: Path) -> int:
    begin = perf_counter_ns()
    read_facts(tables, lianyungang())
    return perf_counter_ns() - begin
