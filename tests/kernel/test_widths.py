"""What fits into a word: every rate of every base that is let in is exact to the fen, all others are refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel.kernel import Kernel
from duixian.kernel.widths import LARGEST, MOST_ADDED, Unsuitable, check_base_rate, check_number, check_ratio
from duixian.money import MAX_FEN, share_floor
from duixian.rules.expression import Sum, Type
from duixian.rules.measure import FixedSum, Limit, Measure, RateOfBase
from duixian.rules.policy import ShareRule
from tests.evaluate.build import (
    city,
    dossier,
    expression,
    fact,
    measure,
    policy,
    rate_row,
    row,
    trigger,
)
from tests.kernel.demo import AS_OF

HIGHEST = Fraction(LARGEST, MAX_FEN * MOST_ADDED)
MONEY = trigger("有效投入额", Type.MONEY)


def rated(rate: Fraction, cap: int | None = None) -> Measure:
    return measure(
        "09",
        (replace(rate_row("a", 1, None), amount=RateOfBase(rate, expression(MONEY, Type.MONEY), cap)),),
        kind="投资项目",
    )


def summed(fen: int) -> Measure:
    return measure("08", (replace(row("a", 1, 称号="小巨人"), amount=FixedSum(fen)),))


def ceiling(rules: Measure, base: int) -> int | None:
    project = fact("投资项目", "P", 有效投入额=base, 竣工日期=AS_OF)
    return Kernel(city(policy(rules))).determine_dossier(dossier(project), AS_OF)[0].ceiling_fen


RATES = (
    Fraction(12, 100),
    Fraction(1, 3),
    Fraction(1),
    Fraction(5),
    Fraction(999_999_999, 1_000_000_000),
    Fraction(2_147_483_647, 2_147_483_648),
    HIGHEST.limit_denominator(10**6),
)
KERNELS = [Kernel(city(policy(rated(rate)))) for rate in RATES if rate <= HIGHEST]


@given(st.integers(1, MAX_FEN) | st.integers(MAX_FEN - 10**6, MAX_FEN), st.integers(0, len(KERNELS) - 1))
def test_a_rate_of_a_base_is_rounded_down_to_the_fen(base: int, place: int) -> None:
    project = fact("投资项目", "P", 有效投入额=base, 竣工日期=AS_OF)
    found = KERNELS[place].determine_dossier(dossier(project), AS_OF)[0]
    assert found.ceiling_fen == share_floor(base, RATES[place])


def test_the_most_that_can_be_added_at_the_highest_rate_is_exact() -> None:
    base = MONEY
    for _ in range(MOST_ADDED - 1):
        base = Sum(base, MONEY, 1)  # type: ignore[assignment]
    rate = HIGHEST.limit_denominator(1000)
    rate = rate if rate <= HIGHEST else rate - Fraction(1, 1000)
    amount = RateOfBase(rate, expression(base, Type.MONEY))
    rules = measure("09", (replace(rate_row("a", 1, None), amount=amount),), kind="投资项目")
    for fen in (MAX_FEN, MAX_FEN - 1):
        assert ceiling(rules, fen) == share_floor(MOST_ADDED * fen, rate)


def test_a_base_below_zero_gives_nothing() -> None:
    assert ceiling(rated(Fraction(1, 3)), -1) == ceiling(rated(Fraction(1, 3)), -MAX_FEN) == 0


@pytest.mark.parametrize(
    "rate",
    [
        Fraction(-1, 100),
        HIGHEST + Fraction(1, 10**9),
        Fraction(10**10 + 1, 10**10),
        Fraction(1, 2**62 + 1),
    ],
)
def test_a_rate_that_could_not_be_computed_is_refused(rate: Fraction) -> None:
    with pytest.raises(Unsuitable, match="rate-out-of-range"):
        check_base_rate(rate)
    with pytest.raises(Unsuitable, match="rate-out-of-range"):
        Kernel(city(policy(rated(rate))))


def test_rates_at_the_edge_are_let_in() -> None:
    for rate in (Fraction(0), Fraction(5), Fraction(1, 2**62), Fraction(2**31 - 1, 2**31)):
        check_base_rate(rate)


def test_sums_caps_and_limits_are_amounts_that_can_be_taken_in() -> None:
    for number in (0, 1, MAX_FEN):
        check_number(number)
    for number in (-1, MAX_FEN + 1, 2**63):
        limits = (Limit(("企业",), max_fen=number),), (Limit(("企业",), max_count=number),)
        limited = [replace(summed(1), limits=each) for each in limits]
        for rules in (summed(number), rated(Fraction(1, 2), number), *limited):
            with pytest.raises(Unsuitable, match="number-out-of-range"):
                Kernel(city(policy(rules)))


def test_a_ratio_of_nobody_or_of_too_fine_parts_is_refused() -> None:
    check_ratio(0, 1)
    check_ratio(10**18, 3 * 10**18)
    for city_part, county_part in ((0, 0), (-1, 2), (10**10 + 1, 10**10)):
        share = ShareRule("附则", frozenset(), frozenset(), (city_part, county_part), "现行财政体制")
        with pytest.raises(Unsuitable, match="ratio-out-of-range"):
            Kernel(city(policy(summed(1), shares=(share,))))


def test_a_sum_of_many_amounts_is_refused() -> None:
    base = MONEY
    for _ in range(MOST_ADDED):
        base = Sum(base, MONEY, 1)  # type: ignore[assignment]
    amount = RateOfBase(Fraction(1, 100), expression(base, Type.MONEY))
    rules = measure("09", (replace(rate_row("a", 1, None), amount=amount),), kind="投资项目")
    with pytest.raises(Unsuitable, match="too-many-added"):
        Kernel(city(policy(rules)))
