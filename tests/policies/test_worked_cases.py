"""Every worked case of every document gives what its officer wrote down, on the reference engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from duixian.evaluate.engine import Engine
from duixian.rules.case import Case, Expected, ExpectedFen, Pending
from duixian.rules.determination import Determination, Outcome
from duixian.rules.policy import City
from duixian.source.cases import read_cases
from duixian.source.city import read_city

FOLDER = Path(__file__).resolve().parents[2] / "policies" / "lianyungang"


@cache
def lianyungang() -> City:
    reading = read_city(FOLDER)
    assert reading.city is not None
    assert not reading.problems, "\n".join(
        f"{each.place} {each.code} {each.found}" for each in reading.problems
    )
    return reading.city


@cache
def all_cases() -> tuple[Case, ...]:
    reading = read_cases(lianyungang())
    assert not reading.problems, "\n".join(
        f"{each.place} {each.code} {each.found}" for each in reading.problems
    )
    return reading.cases


@cache
def engine(decisions: tuple[tuple[str, str], ...]) -> Engine:
    return Engine(lianyungang(), dict(decisions))


def determine(case: Case) -> list[Determination]:
    found = engine(tuple(sorted(case.decisions.items()))).determine(case.dossier, case.as_of)
    return list(found)


def fits(expected: Expected, each: Determination) -> bool:
    is_row = expected.row in (each.row, each.measure_id) and (
        not expected.document or expected.document == each.document
    )
    return each.fact == expected.fact and (is_row or expected.row == "" == each.measure_id)


def says(expected: ExpectedFen, found: int | None) -> bool:
    return expected is None or (found is None if expected is Pending.PENDING else found == expected)


def complaints(expected: Expected, found: list[Determination]) -> list[str]:
    mine = [each for each in found if fits(expected, each)]
    if len(mine) != 1:
        return [f"{expected.fact} {expected.row}: {len(mine)} determinations instead of one"]
    each, wrong = mine[0], []
    share = each.share
    if expected.outcome is not None and each.outcome is not expected.outcome:
        wrong.append(
            f"{each.outcome.value} instead of {expected.outcome.value}: {each.reason.code} {each.reason.args}"
        )
    if not says(expected.amount_fen, each.amount_fen):
        wrong.append(f"{each.amount_fen} fen instead of {expected.amount_fen}")
    if not says(expected.city_fen, share.city_fen if share else None):
        wrong.append(f"city bears {share}")
    if not says(expected.county_fen, share.county_fen if share else None):
        wrong.append(f"county bears {share}")
    marks = {mark.interpretation for mark in each.marks}
    if not set(expected.marks) <= marks or (expected.is_unmarked and marks):
        wrong.append(f"marked by {sorted(marks)} instead of {expected.marks}")
    if expected.missing and not all(
        any(name in field for field in each.missing) for name in expected.missing
    ):
        wrong.append(f"misses {each.missing} instead of {expected.missing}")
    return [f"{expected.fact} {expected.row}: {complaint}" for complaint in wrong]


@pytest.mark.parametrize(
    "case", all_cases(), ids=lambda case: f"{Path(case.place.file).parts[-3]}:{case.name}"
)
def test_the_case_gives_what_the_officer_wrote(case: Case) -> None:
    found = determine(case)
    wrong = [complaint for expected in case.results for complaint in complaints(expected, found)]
    unlisted = [
        f"{each.fact} {each.row}: payable, but not listed"
        for each in found
        if each.outcome is Outcome.PAYABLE and not any(fits(expected, each) for expected in case.results)
    ]
    assert not wrong + unlisted, f"{case.place}\n" + "\n".join(wrong + unlisted)


def test_there_are_enough_cases_and_every_row_fires() -> None:
    fired = {each.row for case in all_cases() for each in determine(case) if each.outcome is Outcome.PAYABLE}
    rows = {row.id for measure in lianyungang().measures for row in measure.rows}
    assert rows == fired
    assert len(all_cases()) >= 160
    assert len(rows) == 61 + 15


def test_every_kind_of_no_stands_in_some_case() -> None:
    outcomes = {expected.outcome for case in all_cases() for expected in case.results}
    assert outcomes >= set(Outcome) - {Outcome.UNDECIDED}
