"""Running sums are those of all determinations at once, however they are cut into blocks."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.exchange.columns import groups
from duixian.exchange.columns.groups import Listed, combined, listed, owners_in_groups, run_starts
from duixian.exchange.columns.summary import By, RunningSummary, Totals
from duixian.exchange.results.results import Results
from duixian.exchange.results.summary import Tally, tallies, tally
from duixian.exchange.results.words import basis_words
from duixian.rules.determination import Determination, Outcome
from tests.exchange.columns.result_tables import result_table
from tests.exchange.results.harbour import results

RUNS = (results(), results(strict=True), results(rulings={"绿色晋级": "补差", "补助基数": "超出部分"}))


def _keys(run: Results) -> dict[By, Callable[[Determination], Hashable]]:
    return {
        By.CLAUSE: lambda each: (each.document, each.clause),
        By.MEASURE: lambda each: (each.document, each.clause, each.measure_id, each.measure),
        By.AREA: lambda each: (run.area_of(each.enterprise),),
        By.TREASURY: lambda each: (basis_words(each, run.language),),
        By.YEAR: lambda each: ("" if each.year is None else str(each.year),),
        By.OUTCOME: lambda each: (str(each.outcome),),
        By.ALL: lambda each: (),
    }


def _told(each: Tally) -> Totals:
    return Totals(
        each.count,
        len(each.enterprises),
        each.unknown,
        each.ceiling_fen,
        each.amount_fen,
        each.city_fen,
        each.county_fen,
        each.undivided_fen,
        {outcome: each.outcomes[outcome] for outcome in Outcome},
    )


def _assert_same(run: Results, blocks: Iterable[Any]) -> None:
    summary = RunningSummary()
    for block in blocks:
        summary.add(block)
    for by, key in _keys(run).items():
        chosen = [
            each for each in run.determinations if by is not By.TREASURY or each.outcome is Outcome.PAYABLE
        ]
        expected = {name: _told(each) for name, each in tallies(chosen, key).items()}
        assert summary.by(by) == expected
    assert summary.whole == _told(tally(run.determinations))


@pytest.mark.parametrize("run", RUNS)
@given(cut=st.integers(0, 5))
def test_the_sums_are_those_of_all_rows_at_once(run: Results, cut: int) -> None:
    table = result_table(run)
    owner = table.column("owner").to_numpy()
    _assert_same(run, [table.filter(pa.array(owner < cut)), table.filter(pa.array(owner >= cut))])


@pytest.mark.parametrize("most", [1, 1 << 22])
def test_the_rows_of_an_enterprise_may_stand_anywhere(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "_MOST_COUNTED", most)
    table = result_table(RUNS[0])
    backwards = table.take(pa.array(np.arange(len(table))[::-1]))
    _assert_same(RUNS[0], [backwards])


def test_nothing_added_is_nothing() -> None:
    summary = RunningSummary()
    summary.add(result_table(RUNS[0]).slice(0, 0))
    assert summary.whole == Totals()
    assert summary.by(By.CLAUSE) == {}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 130)), max_size=60))
def test_each_owner_counts_once_in_each_group(rows: list[tuple[int, int]]) -> None:
    rows.sort()
    owners, group = (np.array([row[part] for row in rows], np.int64) for part in (0, 1))
    counts = owners_in_groups(run_starts(owners), group, 131)
    assert counts.tolist() == [
        len({owner for owner, each in rows if each == number}) for number in range(131)
    ]


@given(
    st.lists(st.tuples(st.none() | st.sampled_from("甲乙"), st.integers(2024, 2026)), min_size=1, max_size=20)
)
def test_combinations_are_those_that_occur(rows: list[tuple[str | None, int]]) -> None:
    columns: list[Listed] = [listed(pa.array([row[part] for row in rows])) for part in (0, 1)]
    found = combined(columns)
    names = found.names
    assert [names[place] for place in found.places] == [(name or "", str(year)) for name, year in rows]
    assert len(set(names)) == len(names) == len({*rows})
