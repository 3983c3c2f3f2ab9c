"""The side-by-side command runs every engine in its own process, compares, tells what is missing, and writes its page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.peers import registry
from bench.peers.chart import write_chart
from bench.peers.outcome import EQUAL, Outcome
from bench.peers.page import write_page
from bench.peers.registry import engine
from bench.peers.rounds import FILES, IN_MEMORY
from bench.peers.table import line
from bench.plan import NotAvailable
from tests.house.tree import ROOT

TOTALS = {
    "lines": 3,
    "outcomes": [2, 0, 0, 1, 0, 0, 0],
    "paid_fen": 10,
    "city_fen": 3,
    "county_fen": 7,
    "mix": "00",
}


def _outcome(name: str, way: str = IN_MEMORY, warm: int = 2_000_000, **totals: object) -> Outcome:
    run = {
        "import_ns": 1,
        "prepare_ns": 1,
        "first_ns": 1,
        "warm_ns": [warm],
        "cpu_ns": [warm],
        "peak_kib": 2048,
        "input_kib": 1,
    }
    return Outcome(name, f"engine {name}", "", way, [run | {"totals": TOTALS | totals}])


def test_c_and_duckdb_run_side_by_side_and_agree(tmp_path: Path) -> None:
    file = tmp_path / "peers.json"
    options = [
        "--enterprises",
        "1500",
        "--engines",
        "c,duckdb",
        "--rounds",
        "1",
        "--runs",
        "1",
        "--seed",
        "3",
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "bench.peers", *options, "--json", str(file)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads(file.read_text("utf-8"))["outcomes"]
    assert [(each["engine"], each["way"], each.get("agreement", "")) for each in told] == [
        ("c", IN_MEMORY, EQUAL),
        ("duckdb", IN_MEMORY, EQUAL),
        ("c", FILES, ""),
        ("duckdb", FILES, EQUAL),
    ]
    assert "no run from files to files" in ended.stdout


def test_an_engine_whose_package_is_not_installed_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(registry.ENGINES, "absent", "no_such_package.engine:made")
    with pytest.raises(NotAvailable, match="no_such_package is not installed"):
        engine("absent")


def test_totals_that_differ_are_told_by_how_many_fen() -> None:
    wrong, sums = _outcome("b", paid_fen=12, city_fen=4), _outcome("d")
    wrong.compare(TOTALS)
    assert wrong.agreement == "NOT equal: off: paid by +2 fen, city by +1 fen"
    sums.runs[0]["totals"] = {"awards": None, "paid_fen": 9, "city_fen": None, "county_fen": None}
    sums.compare(TOTALS)
    assert sums.agreement == "sums only: off: paid by -1 fen"
    sums.runs[0]["totals"] = {"awards": 2, "paid_fen": 10, "city_fen": 3, "county_fen": 7}
    sums.compare(TOTALS)
    assert sums.agreement == "sums only: paid, city, county equal to the fen"


def test_an_engine_whose_own_runs_differ_is_not_called_equal() -> None:
    each = _outcome("b")
    each.runs.append(_outcome("b", mix="01").runs[0])
    each.compare(TOTALS)
    assert each.agreement == "its own runs differ"


def test_times_are_told_as_multiples_of_the_c_kernel() -> None:
    found = [_outcome("c"), _outcome("b", warm=3_000_000), Outcome("z", "z", "", IN_MEMORY, missing="no")]
    assert "1.50 ×" in line(found[1], found)
    assert line(found[2], found).endswith("not available: no")


def test_the_page_and_the_chart_hold_every_engine(tmp_path: Path) -> None:
    found = [_outcome("c"), _outcome("b", warm=80_000_000), _outcome("b", FILES, 900_000_000)]
    for each in found:
        each.compare(TOTALS)
    found.append(Outcome("z", "engine z", "", IN_MEMORY, missing="z is not installed"))
    write_page(tmp_path / "peers.md", {"enterprises": 1000, "machine": {"date": "2026-11-22"}}, found)
    page = (tmp_path / "peers.md").read_text("utf-8")
    assert page.count("| engine b |") == 2
    assert "z is not installed" in page
    assert "Agreed: 3 lines, 2 awards, 10 fen" in page
    write_chart(tmp_path / "peers.svg", 1000, found)
    texts = [
        each.text
        for each in ElementTree.parse(tmp_path / "peers.svg").iter("{http://www.w3.org/2000/svg}text")
    ]
    assert [texts.count(name) for name in ("engine c", "engine b", "900 ms", "80.0 ms")] == [1, 2, 1, 1]
