"""Sums and stakes: they add up to the same from every side, and what is unknown is counted, not added."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from duixian.exchange.results.results import Results
from duixian.exchange.results.stakes import OptionStake, stakes
from duixian.exchange.results.summary import Tally, by_area, by_basis, by_clause, by_outcome, tally
from duixian.rules.determination import Outcome
from tests.exchange.results.harbour import results

RUNS: dict[str, Results] = {
    "default": results(),
    "strict": results(strict=True),
    "decided": results(rulings={"绿色晋级": "补差", "补助基数": "超出部分"}),
}


def _money(parts: Iterable[Tally]) -> tuple[int, int, int, int, int]:
    listed = list(parts)
    return (
        sum(each.ceiling_fen for each in listed),
        sum(each.amount_fen for each in listed),
        sum(each.city_fen for each in listed),
        sum(each.county_fen for each in listed),
        sum(each.undivided_fen for each in listed),
    )


@pytest.mark.parametrize("run", RUNS)
def test_every_side_adds_up_to_the_whole(run: str) -> None:
    found = RUNS[run]
    whole = tally(found.determinations)
    for side in (by_clause(found), by_area(found), by_outcome(found)):
        assert sum(each.count for each in side.values()) == len(found.determinations)
        assert _money(side.values()) == _money([whole])
    assert _money(by_basis(found).values()) == _money([whole])
    assert whole.city_fen + whole.county_fen + whole.undivided_fen == whole.amount_fen


def test_clauses_come_in_the_order_of_the_text_and_silent_ones_stay() -> None:
    found = results()
    keys = list(by_clause(found))
    assert keys == [("港政办〔2026〕1号", "（一）"), ("港政办〔2026〕1号", "（二）")]


def test_an_unknown_area_is_its_own_line() -> None:
    assert list(by_area(results())) == ["西港区", "东港县", ""]


def test_an_unknown_amount_is_counted_and_not_added() -> None:
    unknown = by_outcome(results())[Outcome.UNKNOWN]
    assert (unknown.count, unknown.unknown, unknown.amount_fen) == (2, 2, 0)


def test_open_questions_with_money_come_first() -> None:
    found = stakes(results())
    assert [each.question.name for each in found] == ["补助基数", "绿色晋级", "认定日期"]
    assert [each.determinations for each in found] == [1, 1, 0]


def test_a_stake_says_what_another_answer_would_change() -> None:
    base, green, _ = stakes(results())
    assert base.options == (
        OptionStake("超出部分", "以超过200万元的部分为基数", 1, 1, 99_999_996, 75_999_996, 0),
    )
    assert green.options[0].change_fen == -20_000_000
    assert base.swing_fen == 24_000_000


def test_in_strict_mode_the_present_amount_is_unknown() -> None:
    green = next(each for each in stakes(results(strict=True)) if each.question.name == "绿色晋级")
    assert (green.options[0].determinations, green.options[0].unknown, green.options[0].change_fen) == (
        1,
        1,
        0,
    )


def test_a_ruling_closes_the_question() -> None:
    names = [each.question.name for each in stakes(results(rulings={"绿色晋级": "补差"}))]
    assert "绿色晋级" not in names
