"""The benchmarks run, say clearly what they could not measure, and have a page that names every line. Times are not tested."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.child import run
from bench.figure import MILLISECOND, Figure, Unit
from bench.plan import NotAvailable
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "performance.md"


def test_a_quick_run_measures_and_prints_every_line_of_the_page(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    ended = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--json", str(file)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    measured = [figure["name"] for figure in json.loads(file.read_text("utf-8"))["figures"]]
    printed = [line.strip() for line in ended.stdout.splitlines()]
    assert [name for name in measured if not any(line.startswith(name) for line in printed)] == []
    assert re.findall(r"^\| `([^`]+)` \|", PAGE.read_text("utf-8"), re.MULTILINE) == measured


def test_a_median_is_told_within_or_beyond_its_bound() -> None:
    times = [MILLISECOND, 2 * MILLISECOND, 9 * MILLISECOND]
    assert Figure("one", Unit.TIME, times, 2 * MILLISECOND).line().endswith("3  within 2.0 ms")
    assert Figure("one", Unit.TIME, times, 2 * MILLISECOND - 1).line().endswith("3  BEYOND 2.0 ms")
    assert Figure("one", Unit.TIME, times).line().endswith("9.0 ms      3")


def test_a_command_that_fails_is_not_available_and_its_last_words_are_told() -> None:
    with pytest.raises(NotAvailable, match="ended with 1, its last line: no such city"):
        run([sys.executable, "-c", "raise SystemExit('no such city')"])


def test_a_command_that_is_not_installed_is_not_available() -> None:
    with pytest.raises(NotAvailable, match="duixian-of-old does not start"):
        run(["/nowhere/duixian-of-old"])
