"""The small real roster: nothing in it is invented, every row has its source, and names without codes wait for a person."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from duixian.credit_code import make_code
from duixian.evaluate.engine import Engine
from duixian.exchange.tables.facts import read_facts
from duixian.rules.determination import Outcome
from duixian.rules.policy import City
from duixian.source.city import read_city
from tests.house.tree import ROOT

ROSTER = ROOT / "policies" / "lianyungang" / "examples" / "published-rosters"
CODE, NAME = "统一社会信用代码", "企业名称"


@pytest.fixture(scope="module")
def city() -> City:
    reading = read_city(ROOT / "policies" / "lianyungang")
    assert reading.city is not None
    return reading.city


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _recognitions() -> list[dict[str, str]]:
    return _table(ROSTER / "facts" / "认定.csv")


def test_no_code_of_a_real_enterprise_is_invented() -> None:
    rows = [*_table(ROSTER / "facts" / "企业.csv"), *_recognitions()]
    assert rows
    assert all(row[CODE] == "" for row in rows)


def test_every_row_has_its_source_in_the_readme() -> None:
    readme = (ROSTER / "README.md").read_text("utf-8").splitlines()
    for row in _recognitions():
        (line,) = [line for line in readme if line.startswith(f"| {row['编号']} |")]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert cells[1].removesuffix("（简称）") == row[NAME]
        assert cells[-1]


def test_a_day_stands_only_where_a_list_gives_it() -> None:
    """A year or a month is no day; such a row is 待核, not dated by us."""
    readme = (ROSTER / "README.md").read_text("utf-8").splitlines()
    for row in _recognitions():
        line = next(line for line in readme if line.startswith(f"| {row['编号']} |"))
        assert ("日期空着" in line) is (row["日期"] == "")


def test_names_without_codes_are_listed_for_a_person(city: City) -> None:
    reading = read_facts(ROSTER / "facts", city)
    assert reading.dossiers == ()
    assert [each.name for each in reading.uncertain] == [row[NAME] for row in _recognitions()]
    assert {problem.code for problem in reading.problems} == {
        "exchange.missing-value",
        "exchange.unknown-name",
    }


def test_with_codes_filled_in_the_names_are_found_and_undated_rows_wait(city: City, tmp_path: Path) -> None:
    """The codes here are synthetic: they stand for those that an officer looks up."""
    facts = tmp_path / "facts"
    shutil.copytree(ROSTER / "facts", facts)
    rows = _table(facts / "企业.csv")
    for serial, row in enumerate(rows):
        row[CODE] = make_code("91", "320706", serial)
    with (facts / "企业.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    reading = read_facts(facts, city)
    assert (reading.problems, reading.uncertain) == ((), ())
    engine = Engine(city)
    found = {
        each.fact: each.outcome
        for dossier in reading.dossiers
        for each in engine.determine(dossier, date(2026, 12, 31))
    }
    assert found["P01"] is Outcome.NOT_IN_FORCE
    assert {found[number] for number in ("P04", "P05", "P06", "P07", "P09", "P12")} == {Outcome.UNKNOWN}
    assert found["P08"] is Outcome.INELIGIBLE
