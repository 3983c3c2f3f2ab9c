"""Problems that come in any order are told as those of rows in their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.errors import Place, Severity
from duixian.exchange.columns import findings_by_line
from duixian.exchange.columns.findings_by_line import FindingsByLine
from duixian.exchange.tables import findings
from duixian.exchange.tables.findings import Findings

LINES = st.lists(st.integers(1, 30), max_size=30)


@pytest.fixture(autouse=True)
def _five_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "TOLD_ONE_BY_ONE", 5)
    monkeypatch.setattr(findings_by_line, "TOLD_ONE_BY_ONE", 5)


def _told_in_order(lines: list[int], code: str) -> Findings:
    told = Findings()
    for line in lines:
        told.add(code, Place("认定.csv", line), severity=Severity.WARNING, found=str(line))
    return told


@pytest.mark.parametrize("order", ["as they come", "backwards"])
def test_the_first_by_line_are_told_one_by_one(order: str) -> None:
    @given(LINES)
    def law(lines: list[int]) -> None:
        mixed = FindingsByLine()
        for line in lines if order == "as they come" else reversed(lines):
            mixed.warn("bad-date", Place("认定.csv", line), found=str(line))
        assert mixed.problems() == _told_in_order(sorted(lines), "bad-date").problems()
        assert not mixed.has_errors

    law()


@given(st.lists(LINES, max_size=4))
def test_many_rows_at_once_are_told_as_one_by_one(parts: list[list[int]]) -> None:
    told = FindingsByLine()
    for lines in parts:

        def tell(row: int, lines: list[int] = lines) -> tuple[str, str, dict[str, str]]:
            return str(lines[row]), "", {}

        told.add_rows(
            "dangling-reference", Place("认定.csv"), np.array(lines, np.int64), tell, Severity.WARNING
        )
    every = sorted(line for lines in parts for line in lines)
    assert told.problems() == _told_in_order(every, "dangling-reference").problems()


@given(LINES)
def test_what_is_told_by_enterprise_keeps_its_order(lines: list[int]) -> None:
    told = FindingsByLine()

    def tell(row: int) -> tuple[str, str, dict[str, str]]:
        return str(lines[row]), "", {}

    told.add_rows(
        "enterprise-not-listed", Place("认定.csv"), np.array(lines, np.int64), tell, Severity.WARNING
    )
    assert told.problems() == _told_in_order(lines, "enterprise-not-listed").problems()


def test_an_error_is_remembered() -> None:
    told = FindingsByLine()
    told.note("total-row", Place("认定.csv", 3))
    assert not told.has_errors
    told.add("bad-date", Place("认定.csv", 2))
    assert told.has_errors
    assert [problem.place.line for problem in told.problems()] == [2, 3]
