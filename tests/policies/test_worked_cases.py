"""Every worked case of every city gives what its officer wrote down, on the reference engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from duixian.evaluate.case_run import CaseResult, run_cases
from duixian.rules.determination import Outcome
from duixian.rules.policy import City
from duixian.source.cases import read_cases
from duixian.source.city import read_city

POLICIES = Path(__file__).resolve().parents[2] / "policies"
CITIES = tuple(sorted(path.parent.name for path in POLICIES.glob("*/city.yaml")))


@cache
def city(name: str) -> City:
    reading = read_city(POLICIES / name)
    assert reading.city is not None
    assert not reading.problems, "\n".join(
        f"{each.place} {each.code} {each.found}" for each in reading.problems
    )
    return reading.city


@cache
def results(name: str) -> tuple[CaseResult, ...]:
    reading = read_cases(city(name))
    assert not reading.problems, "\n".join(
        f"{each.place} {each.code} {each.found}" for each in reading.problems
    )
    return tuple(run_cases(city(name), reading.cases))


def all_results() -> list[CaseResult]:
    return [result for name in CITIES for result in results(name)]


def case_id(result: CaseResult) -> str:
    return f"{Path(result.case.place.file).parts[-3]}:{result.case.name}"


@pytest.mark.parametrize("result", all_results(), ids=case_id)
def test_the_case_gives_what_the_officer_wrote(result: CaseResult) -> None:
    assert not result.complaints, f"{result.case.place}\n" + "\n".join(map(str, result.complaints))


@pytest.mark.parametrize("name", CITIES)
def test_every_row_of_every_city_fires_in_some_case(name: str) -> None:
    fired = {
        each.row
        for result in results(name)
        for each in result.determinations
        if each.outcome is Outcome.PAYABLE
    }
    assert fired == {row.id for measure in city(name).measures for row in measure.rows}


def test_lianyungang_has_its_rows_and_cases() -> None:
    assert sum(len(measure.rows) for measure in city("lianyungang").measures) == 61 + 15
    assert len(results("lianyungang")) >= 160


def test_every_kind_of_no_stands_in_some_case() -> None:
    outcomes = {expected.outcome for result in all_results() for expected in result.case.results}
    assert outcomes >= set(Outcome) - {Outcome.UNDECIDED}
