"""The side-by-side command runs every engine in its own process, compares, tells what is missing, and writes its page."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.peers import __main__ as peers
from bench.peers import registry, versions
from bench.peers.__main__ import worlds
from bench.peers.chart import write_chart
from bench.peers.growth import Grown, markdown, slope
from bench.peers.measure import NO_MEMORY
from bench.peers.outcome import EQUAL, Outcome
from bench.peers.page import write_page
from bench.peers.registry import engine
from bench.peers.rounds import FILES, IN_MEMORY
from bench.peers.table import line, lines
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
    return Outcome(name, f"engine {name}", "", way, 1000, [run | {"totals": TOTALS | totals}])


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
    assert "not available" not in ended.stdout, "an engine without files is left out of that table"


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


def test_an_engine_that_is_not_exact_is_told_by_its_outcomes_and_sums() -> None:
    each = _outcome("o", paid_fen=13, mix="01")
    each.runs[0]["is_exact"] = False
    each.compare(TOTALS)
    assert each.agreement == "outcomes equal, off: paid by +3 fen"


def test_an_engine_whose_own_runs_differ_is_not_called_equal() -> None:
    each = _outcome("b")
    each.runs.append(_outcome("b", mix="01").runs[0])
    each.compare(TOTALS)
    assert each.agreement == "its own runs differ"


def test_times_are_told_as_multiples_of_the_c_kernel() -> None:
    found = [
        _outcome("c"),
        _outcome("b", warm=3_000_000),
        Outcome("z", "z", "", IN_MEMORY, 1000, missing="no"),
    ]
    assert "1.50 ×" in line(found[1], found)
    assert line(found[2], found).endswith("not available: no")


def test_the_page_and_the_chart_hold_every_engine(tmp_path: Path) -> None:
    found = [_outcome("c"), _outcome("b", warm=80_000_000), _outcome("b", FILES, 900_000_000)]
    for each in found:
        each.compare(TOTALS)
    found.append(Outcome("z", "engine z", "", IN_MEMORY, 1000, missing="z is not installed"))
    growth = tmp_path / "growth.json"
    growth.write_text(json.dumps({"markdown": "## Growth\n\nin proportion"}))
    write_page(tmp_path / "peers.md", {"machine": {"date": "2026-11-22"}}, found, growth)
    page = (tmp_path / "peers.md").read_text("utf-8")
    assert page.count("| engine b |") == 2
    assert "z is not installed" in page
    assert "## Growth\n\nin proportion" in page
    assert "Agreed on 1,000 enterprises: 3 lines, 2 awards, 10 fen" in page
    write_chart(tmp_path / "peers.svg", found)
    texts = [
        each.text
        for each in ElementTree.parse(tmp_path / "peers.svg").iter("{http://www.w3.org/2000/svg}text")
    ]
    assert [texts.count(name) for name in ("engine c", "engine b", "900 ms", "80.0 ms")] == [1, 2, 1, 1]


def test_the_chart_marks_engines_that_are_not_exact_and_those_that_differ(tmp_path: Path) -> None:
    found = [_outcome("c"), _outcome("float", mix="01"), _outcome("wrong", mix="02")]
    found[1].runs[0]["is_exact"] = False
    for each in found:
        each.compare(TOTALS)
    write_chart(tmp_path / "peers.svg", found)
    chart = (tmp_path / "peers.svg").read_text("utf-8")
    for text in ("engine c<", "engine float †<", "engine wrong ‡<", "† not exact", "‡ differs"):
        assert text in chart
    write_chart(tmp_path / "peers.svg", found[:1])
    assert "not exact" not in (tmp_path / "peers.svg").read_text("utf-8")


def test_outcomes_are_the_same_after_json() -> None:
    found = [_outcome("c"), Outcome("z", "engine z", "", IN_MEMORY, 1000, missing="z is not installed")]
    found[0].compare(TOTALS)
    assert [Outcome.of_json(json.loads(json.dumps(each.as_json()))) for each in found] == found


def test_the_page_is_written_again_from_the_last_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [_outcome("duixian"), _outcome("b", warm=640_000_000)]
    for each in found:
        each.compare(TOTALS)
    document = {"machine": {"peers": "b 1.0"}, "seed": 3, "outcomes": [each.as_json() for each in found]}
    (tmp_path / "peers.json").write_text(json.dumps(document), "utf-8")
    monkeypatch.setattr(peers, "DOCS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["peers", "--again", "--json", str(tmp_path / "peers.json")])
    assert peers.main() == 0
    page = (tmp_path / "peers.md").read_text("utf-8")
    assert "Duixian 2.0 ms. Times as long: engine b 320 ×." in page
    assert "peers     b 1.0" in page
    assert (tmp_path / "peers.svg").is_file()


def test_without_a_last_run_there_is_nothing_to_write_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["peers", "--again", "--json", str(tmp_path / "none.json")])
    with pytest.raises(SystemExit):
        peers.main()
    assert "there is no last run" in capsys.readouterr().err


def test_versions_of_the_other_engines_are_told_and_which_are_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(versions, "_PACKAGES", ("duckdb", "no-such-package"))
    assert versions.peer_versions().startswith(f"duckdb {version('duckdb')}, no no-such-package, ")
    monkeypatch.setenv("PATH", str(ROOT))
    assert versions.peer_versions().endswith(", no C compiler")


def test_slow_engines_run_on_a_smaller_world_with_the_yardsticks_beside_them() -> None:
    both = worlds(["c", "duixian", "zen", "zen-single"], 1_000_000)
    assert both == {1_000_000: ["c", "duixian", "zen"], 100_000: ["c", "duixian", "zen-single"]}
    assert worlds(["duckdb", "zen-single"], 1_000_000) == {1_000_000: ["duckdb"], 100_000: ["zen-single"]}
    assert worlds(["c", "zen-single"], 5_000) == {5_000: ["c", "zen-single"]}


def test_engines_of_a_smaller_world_do_not_go_from_files_to_files() -> None:
    assert all(engine(name).run_files is None for name in registry.SMALLER)


def test_every_engine_runs_in_memory_on_a_million_enterprises_unless_it_is_said_to_run_on_fewer() -> None:
    for name in registry.ENGINES:
        assert (engine(name).most or 1_000_000) >= registry.SMALLER.get(name, 1_000_000), name


def test_the_headline_tells_how_many_times_as_long_as_duixian_the_others_take(tmp_path: Path) -> None:
    found = [_outcome("duixian"), _outcome("b", warm=640_000_000)]
    write_page(tmp_path / "peers.md", {"machine": {}}, found, tmp_path / "growth.json")
    page = (tmp_path / "peers.md").read_text("utf-8")
    assert "- **In memory, 1,000 enterprises**: Duixian 2.0 ms. Times as long: engine b 320 ×." in page
    assert "Not measured yet" in page


def test_a_world_on_which_duixian_ran_alone_has_a_headline_too(tmp_path: Path) -> None:
    write_page(tmp_path / "peers.md", {"machine": {}}, [_outcome("duixian")], tmp_path / "growth.json")
    assert "Duixian 2.0 ms. Times as long: none." in (tmp_path / "peers.md").read_text("utf-8")


def test_the_slope_of_growth_in_proportion_is_one() -> None:
    found = [
        Grown(IN_MEMORY, 10**power, 2 * 10**power, 7.0 * 10**power, 9.0 * 10**power, 1024)
        for power in (4, 5, 6)
    ]
    assert slope(found, IN_MEMORY) == pytest.approx(1)
    assert slope(found, IN_MEMORY, "cpu_ns") == pytest.approx(1)
    assert slope(found[:1], IN_MEMORY) is None
    told = markdown(found)
    assert "| 1,000,000 | 2,000,000 | 7.0 ms | 1 MiB |" in told
    assert "in memory 1.00" in told


def test_an_engine_that_only_goes_from_files_to_files_is_left_out_of_the_other_table() -> None:
    none = Outcome("u", "unchecked", "", IN_MEMORY, 1000, missing=NO_MEMORY)
    assert "unchecked" not in lines([_outcome("c"), none])
    assert engine("duixian-unchecked").prepare is None
