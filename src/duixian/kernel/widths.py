"""What fits into a word (字长): money times a rate never leaves 64 bits, or the kernel refuses the rule."""

from __future__ import annotations

from fractions import Fraction

from duixian.kernel.assembler import Unsuitable
from duixian.money import MAX_FEN

LARGEST = 2**62
MOST_ADDED = 8
"""A base is a sum of a few amounts, each at most MAX_FEN."""


def check_base_rate(rate: Fraction) -> None:
    """See that a rate of any base can be computed exactly.

    Raises:
        Unsuitable: for a rate so large, or so finely divided, that it could not.
    """
    if rate < 0 or rate * MAX_FEN * MOST_ADDED > LARGEST or rate.numerator * rate.denominator > LARGEST:
        raise Unsuitable("rate-out-of-range")
