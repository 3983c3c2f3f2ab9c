"""What fits into a word (字长): no sum, rate or ratio ever leaves 64 bits, or the kernel refuses the rule."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from duixian.money import MAX_FEN
from duixian.rules.expression import Expr, IfElse, Sum
from duixian.rules.measure import FixedSum, Measure
from duixian.rules.policy import City

LARGEST = 2**62
MOST_ADDED = 8
"""A sum is one of a few amounts, each at most MAX_FEN."""


class Unsuitable(Exception):
    """A rule that does not fit into the kernel's words (规则超出内核范围): the reference engine has to run it. ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_city(city: City) -> None:
    """See that all ratios by which city and county share can be computed exactly.

    Raises:
        Unsuitable: for a ratio that could not.
    """
    for each in city.region.fiscal_table:
        check_ratio(each.city_part, each.county_part)
    for policy in city.policies:
        for share in policy.shares:
            check_ratio(*(share.ratio or (0, 1)))


def check_measure(measure: Measure) -> None:
    """See that all sums and rates of a measure can be computed exactly.

    Raises:
        Unsuitable: for one that could not.
    """
    for row in measure.rows:
        if isinstance(row.amount, FixedSum):
            check_number(row.amount.fen)
        else:
            check_base_rate(row.amount.rate)
            check_number(row.amount.cap_fen or 0)
    for limit in measure.limits:
        check_number(limit.max_fen or 0)
        check_number(limit.max_count or 0)


def check_number(number: int) -> None:
    """See that a sum or count of a rule is one.

    Raises:
        Unsuitable: for one below zero, or above all sums that are taken as input.
    """
    if not 0 <= number <= MAX_FEN:
        raise Unsuitable("number-out-of-range")


def check_base_rate(rate: Fraction) -> None:
    """See that a rate of any base can be computed exactly.

    Raises:
        Unsuitable: for a rate so large, or so finely divided, that it could not.
    """
    if rate < 0 or rate * MAX_FEN * MOST_ADDED > LARGEST or rate.numerator * rate.denominator > LARGEST:
        raise Unsuitable("rate-out-of-range")


def reciprocal(divisor: int) -> tuple[int, int]:
    """A factor and a shift that divide any number from 0 to below ``LARGEST`` by a divisor, rounding down (see ``quotient``).

    Granlund and Montgomery 1994: the factor is so near to a power of two over the divisor that the error never reaches the next quotient.
    """
    shift = (divisor - 1).bit_length()
    return LARGEST * 2**shift // divisor + 1, shift


def check_ratio(city: int, county: int) -> None:
    """See that a ratio of any amount can be computed exactly.

    Raises:
        Unsuitable: for a ratio of nobody, or so finely divided that it could not.
    """
    whole = city + county
    if min(city, county) < 0 or whole == 0 or (whole // gcd(city, county)) ** 2 > LARGEST:
        raise Unsuitable("ratio-out-of-range")


def check_added(expr: Expr) -> None:
    """See that a sum has few parts.

    Raises:
        Unsuitable: for one of so many that it might leave its word.
    """
    if _most_added(expr) > MOST_ADDED:
        raise Unsuitable("too-many-added")


def _most_added(expr: Expr) -> int:
    if isinstance(expr, Sum):
        return _most_added(expr.left) + _most_added(expr.right)
    if isinstance(expr, IfElse):
        return max(_most_added(expr.then), _most_added(expr.otherwise))
    return 1
