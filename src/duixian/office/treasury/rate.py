"""The rate α (兑付系数): what part of the approved amounts the budgets allow, and what each award gets of it, to the fen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Demands = Callable[[Sequence[int]], Mapping[int, int]]
"""What each budget must bear, when the awards are paid these amounts."""


@dataclass(frozen=True, slots=True)
class Allotment:
    """What is payable (应付) of each approved amount at the rate α; the sum is exactly ⌊α · sum of approved amounts⌋."""

    rate: Fraction
    payable_fen: tuple[int, ...]


def allot(approved: Sequence[int], demands: Demands, available: Mapping[int, int]) -> Allotment:
    """The largest rate that every budget bears, and what it gives each award.

    α is the smallest ratio of what a budget has to what it would have to bear, at most 1. Parts are rounded fen by fen, so that with
    several budgets one may still be short by some fen: then those are taken off the whole, and α is what that leaves.

    >>> allot([100, 100, 101], lambda payable: {1: sum(payable)}, {1: 200})
    Allotment(rate=Fraction(200, 301), payable_fen=(67, 66, 67))
    """
    whole = demands(approved)
    ratios = [Fraction(max(0, available[budget]), fen) for budget, fen in whole.items() if fen]
    rate = min([Fraction(1), *ratios])
    while True:
        payable = portion(approved, rate)
        short = max([0, *(fen - available[budget] for budget, fen in demands(payable).items() if fen)])
        if not short:
            return Allotment(rate, payable)
        rate = Fraction(max(0, sum(payable) - short), sum(approved))


def portion(approved: Sequence[int], rate: Fraction) -> tuple[int, ...]:
    """Each amount times the rate in whole fen; the fen that rounding leaves go to the largest remainders, then by order.

    >>> portion([100, 100, 100], Fraction(1, 3)), portion([7, 7], Fraction(1, 2))
    ((34, 33, 33), (4, 3))
    """
    floors = [fen * rate.numerator // rate.denominator for fen in approved]
    left = sum(approved) * rate.numerator // rate.denominator - sum(floors)
    by_remainder = sorted(
        range(len(approved)),
        key=lambda place: (-(approved[place] * rate.numerator % rate.denominator), place),
    )
    for place in by_remainder[:left]:
        floors[place] += 1
    return tuple(floors)
