"""Dividing without dividing: a product and a shift tell the same as the division, for every divisor that rules can have."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel.compiled import compiled
from duixian.kernel.dividing import quotient
from duixian.kernel.widths import LARGEST, reciprocal


@compiled
def divided(number: int, factor: int, shift: int) -> int:
    """A function of its own, since a part of others is compiled into them."""
    return quotient(number, factor, shift)


@given(st.integers(0, LARGEST - 1), st.integers(1, 10**12))
def test_a_quotient_is_rounded_down_to_the_last_unit(number: int, divisor: int) -> None:
    assert divided(number, *reciprocal(divisor)) == number // divisor


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_nothing_is_lost_at_a_multiple_of_the_divisor(divisor: int, times: int) -> None:
    whole = divisor * times
    factor, shift = reciprocal(divisor)
    assert divided(whole, factor, shift) == times
    assert divided(max(whole - 1, 0), factor, shift) == max(whole - 1, 0) // divisor
