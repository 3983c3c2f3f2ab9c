"""Dividing without dividing (除法): a product and a shift in place of the processor's slowest operation."""

from __future__ import annotations

from duixian.kernel.compiled import compiled_within
from duixian.kernel.pointers import high_product


@compiled_within
def quotient(number: int, factor: int, shift: int) -> int:
    """A number from 0 to below 2⁶² over a divisor, whose factor and shift ``widths.reciprocal`` tells, rounded down."""
    return high_product(number << 2, factor) >> shift
