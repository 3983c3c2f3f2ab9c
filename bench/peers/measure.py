"""One engine measured in a process of its own (单独进程测量); prints one JSON object. Started by ``python -m bench.peers``."""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from typing import TYPE_CHECKING

from bench.figure import SECOND
from bench.plan import NotAvailable

if TYPE_CHECKING:
    from bench.peers.engine import Engine

NO_FILES, NO_MEMORY = "no run from files to files", "only from files to files"
BUDGET = 30 * SECOND
"""Warm runs go on until there are enough of them, or until they took so long; one is always made."""
_KIB_OF_MAXRSS = 1024 if sys.platform == "darwin" else 1


def main() -> None:
    """Measure; an engine that cannot run here says so in one line and that is the result."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers.measure")
    parser.add_argument("engine")
    parser.add_argument("--enterprises", type=int, required=True)
    parser.add_argument("--runs", type=int, default=5)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--columns", type=Path)
    where.add_argument("--tables", type=Path)
    options = parser.parse_args()
    told: dict[str, object] = {}
    try:
        if options.columns:
            _in_memory(options, told)
        else:
            _from_files(options, told)
    except NotAvailable as why:
        told["not_available"] = str(why)
    print(json.dumps(told))


def _in_memory(options: argparse.Namespace, told: dict[str, object]) -> None:
    from bench.peers.columns_file import read_columns

    columns = read_columns(options.columns)
    told |= {"input_kib": _peak_kib(), "facts": columns.facts}
    begin = perf_counter_ns()
    made = _engine(options, told)
    if made.prepare is None:
        raise NotAvailable(NO_MEMORY)
    imported = perf_counter_ns()
    prepared = made.prepare(columns)
    ready = perf_counter_ns()
    kept = [made.run(prepared)]
    first = perf_counter_ns()
    told |= {"import_ns": imported - begin, "prepare_ns": ready - imported, "first_ns": first - ready}
    told["warm_ns"], told["cpu_ns"] = _warm(lambda: made.run(prepared), options.runs, kept)
    told["peak_kib"] = _peak_kib()
    told["totals"] = _totals(made.told(kept.pop()))


def _from_files(options: argparse.Namespace, told: dict[str, object]) -> None:
    begin = perf_counter_ns()
    made = _engine(options, told)
    if made.run_files is None:
        raise NotAvailable(NO_FILES)
    run_files, folder = made.run_files, options.tables
    imported = perf_counter_ns()
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        out = Path(scratch) / "awards.parquet"
        run_files(folder, out)
        first = perf_counter_ns()
        told |= {"import_ns": imported - begin, "prepare_ns": 0, "first_ns": first - imported}
        told["warm_ns"], told["cpu_ns"] = _warm(lambda: run_files(folder, out), options.runs, [])
        told["peak_kib"] = _peak_kib()
        from bench.peers.award_file import award_lines

        told["totals"], told["facts"] = _totals(award_lines(out)), _facts(folder)
        told["written_bytes"] = out.stat().st_size


def _facts(folder: Path) -> int:
    """How many facts the tables of a folder hold, the enterprises themselves not counted."""
    from pyarrow.parquet import read_metadata  # type: ignore[import-untyped]

    files = [each for each in folder.glob("*.parquet") if each.stem != "企业"]
    return sum(int(read_metadata(each).num_rows) for each in files)


def _engine(options: argparse.Namespace, told: dict[str, object]) -> Engine:
    from bench.peers.registry import engine

    made = engine(options.engine)
    told |= {"title": made.name, "note": made.note, "is_exact": made.is_exact}
    if made.most is not None and options.enterprises > made.most:
        raise NotAvailable(f"run on at most {made.most:,} enterprises")
    return made


def _warm(run: Callable[[], object], runs: int, kept: list[object]) -> tuple[list[int], list[int]]:
    """Times of runs in ns, by the clock and on processors. The last result is let go, and what a run leaves behind collected, before
    the next one begins."""
    times: list[int] = []
    busy: list[int] = []
    while len(times) < runs and (not times or sum(times) < BUDGET):
        kept.clear()
        gc.collect()
        begin, worked = perf_counter_ns(), process_time_ns()
        kept.append(run())
        times.append(perf_counter_ns() - begin)
        busy.append(process_time_ns() - worked)
    return times, busy


def _totals(told: object) -> dict[str, object]:
    from bench.peers.checksum import totals
    from bench.peers.engine import Money
    from bench.peers.lines import Lines

    if isinstance(told, Lines):
        return asdict(totals(told))
    assert isinstance(told, Money)
    return asdict(told)


def _peak_kib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KIB_OF_MAXRSS


if __name__ == "__main__":
    main()
