"""The rounds of a side-by-side run (轮次): in each, every engine by turns in a fresh process, so that a busy moment meets all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.child import run
from bench.peers.columns_file import columns_path, tables_path
from bench.peers.outcome import Outcome
from bench.plan import NotAvailable

IN_MEMORY, FILES = "in memory", "Parquet to Parquet"
PATIENCE_NS = 150_000_000_000
"""An engine whose process took longer is not started again in later rounds."""


def outcomes(
    names: list[str], seed: int, enterprises: int, rounds: int, runs: int, ways: tuple[str, ...]
) -> Iterator[list[Outcome]]:
    """Run all rounds and give all engines' outcomes, way by way; the first engine with lines is held for right in all of them."""
    run([sys.executable, "-m", "bench.peers.columns_file", str(seed), str(enterprises)])
    if any(each.startswith("duixian") for each in names):
        run([sys.executable, "-m", "bench.peers.compiled_before"])
    truth: dict[str, Any] | None = None
    for way in ways:
        all_ = [Outcome(name, name, "", way, enterprises) for name in names]
        slow: set[str] = set()
        for turn in range(rounds):
            for each in all_:
                if each.missing or each.name in slow:
                    continue
                _show(f"{way}, round {turn + 1} of {rounds}: {each.title}")
                if _measure(each, seed, enterprises, runs) > PATIENCE_NS:
                    slow.add(each.name)
        _show("")
        truth = truth or next((each.totals for each in all_ if each.runs and "mix" in each.totals), None)
        for each in all_:
            if each.runs and truth:
                each.compare(truth)
        yield all_


def _measure(outcome: Outcome, seed: int, enterprises: int, runs: int) -> int:
    """Start one process and keep what it told; how long it took in ns."""
    where: tuple[str, Path] = ("--columns", columns_path(seed, enterprises))
    if outcome.way == FILES:
        where = ("--tables", tables_path(seed, enterprises))
    size = ("--enterprises", str(enterprises), "--runs", str(runs))
    command = [sys.executable, "-m", "bench.peers.measure", outcome.name, *size, where[0], str(where[1])]
    try:
        ended = run(command)
        told = json.loads(ended.output.splitlines()[-1])
    except NotAvailable as why:
        outcome.missing = str(why)
        return 0
    outcome.title, outcome.note = told.get("title", outcome.name), told.get("note", "")
    if "not_available" in told:
        outcome.missing = told["not_available"]
        return 0
    outcome.runs.append(told)
    return ended.wall_ns


def _show(text: str) -> None:
    """What is being measured, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r{text:<78}" if text else f"\r{'':<78}\r", end="", file=sys.stderr, flush=True)
