"""The rate α: as much as every budget bears, to the fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from duixian.evaluate.share import split_fen
from duixian.office.treasury.rate import allot, portion
from duixian.rules.policy import Remainder

AMOUNTS = st.lists(st.integers(1, 10**10), min_size=1, max_size=30)


def test_enough_money_pays_everything() -> None:
    assert allot([100, 200], lambda fen: {1: sum(fen)}, {1: 300}).rate == 1


def test_residues_go_to_the_largest_remainder_and_then_by_order() -> None:
    assert portion([10, 15, 15], Fraction(1, 3)) == (3, 5, 5)
    assert portion([10, 10, 10, 10], Fraction(1, 3)) == (4, 3, 3, 3)


@given(AMOUNTS, st.fractions(0, 1, max_denominator=10**6))
def test_portions_add_up_to_exactly_what_the_rate_allows(approved: list[int], rate: Fraction) -> None:
    payable = portion(approved, rate)
    assert sum(payable) == sum(approved) * rate.numerator // rate.denominator
    for fen, whole in zip(payable, approved, strict=True):
        assert whole * rate // 1 <= fen <= min(whole, whole * rate // 1 + 1)


@given(AMOUNTS, st.integers(0, 10**11))
def test_one_budget_is_used_to_its_last_fen(approved: list[int], available: int) -> None:
    allotment = allot(approved, lambda fen: {1: sum(fen)}, {1: available})
    assert sum(allotment.payable_fen) == min(available, sum(approved))


@given(AMOUNTS, st.integers(0, 10**10), st.integers(0, 10**10), st.sampled_from(Remainder))
def test_no_budget_is_promised_more_than_it_has(
    approved: list[int], city: int, county: int, remainder: Remainder
) -> None:
    def demands(payable: Sequence[int]) -> Mapping[int, int]:
        parts = [split_fen(fen, (3, 7), remainder) for fen in payable]
        return {1: sum(part[0] for part in parts), 2: sum(part[1] for part in parts)}

    allotment = allot(approved, demands, {1: city, 2: county})
    needed = demands(allotment.payable_fen)
    assert needed[1] <= city
    assert needed[2] <= county
    exact = min(
        Fraction(1),
        *(
            Fraction(has, fen)
            for has, fen in zip((city, county), demands(approved).values(), strict=True)
            if fen
        ),
    )
    # Rounding costs less than a fen for each award and budget.
    assert exact * sum(approved) - sum(allotment.payable_fen) <= 10 * len(approved) + 1
    assert (
        sum(allotment.payable_fen) == sum(approved) * allotment.rate.numerator // allotment.rate.denominator
    )
