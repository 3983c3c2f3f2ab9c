"""Money is an integer number of fen (分); rates are exact fractions; no float comes near either.

>>> read_yuan("200万元")
200000000
>>> format_yuan(2_000_000_00)
'2000000.00'
>>> format_wan(7_200_0_00)
'7.2万元'
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction

FEN_PER_YUAN = 100
MAX_FEN = 10**15 * FEN_PER_YUAN
"""The largest amount taken as input, 10^15 yuan: far above any budget, far below the edge of 64-bit arithmetic after a rate."""

UNITS_IN_YUAN: dict[str, int] = {
    "元": 1,
    "千元": 1_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "亿元": 100_000_000,
}
_AMOUNT = re.compile(r"(?P<number>[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)(?P<unit>[^\d.,+-]*)")
_LONGEST = 40


class NotAnAmount(ValueError):
    """The text is no amount of money: no number, an unknown unit, more than two decimals of a yuan, or out of range."""


def read_yuan(text: str) -> int:
    """Read an amount as officers write it (``2000000``, ``2,000,000.00``, ``200万元``, ``0.5亿元``) into fen.

    Raises:
        NotAnAmount: when the text is anything else; fractions of a fen are refused, not rounded.
    """
    compact = "".join(text.split())
    match = _AMOUNT.fullmatch(compact) if len(compact) <= _LONGEST else None
    if match is None:
        raise NotAnAmount(text[:_LONGEST])
    unit = match["unit"] or "元"
    if unit not in UNITS_IN_YUAN:
        raise NotAnAmount(text[:_LONGEST])
    try:
        fen = Decimal(match["number"].replace(",", "")) * UNITS_IN_YUAN[unit] * FEN_PER_YUAN
    except InvalidOperation as error:  # pragma: no cover - the pattern admits numbers only
        raise NotAnAmount(text[:_LONGEST]) from error
    if fen != fen.to_integral_value() or abs(fen) > MAX_FEN:
        raise NotAnAmount(text[:_LONGEST])
    return int(fen)


def share_floor(base_fen: int, rate: Fraction) -> int:
    """``rate`` of ``base_fen``, rounded down to the fen.

    Down, since 不超过 is a ceiling: half a fen more would already break it.

    >>> share_floor(4_166_66_00_00, Fraction(12, 100))
    499999200
    """
    return base_fen * rate.numerator // rate.denominator


def format_yuan(fen: int) -> str:
    """Fen as yuan with two decimals, the form of every table that leaves Duixian."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{yuan}.{rest:02d}"


def format_wan(fen: int) -> str:
    """Fen as an officer says it: ``60万元``, ``7.2万元``, ``499.9992万元``; below one yuan's ten-thousandth, in 元."""
    sign = "-" if fen < 0 else ""
    wan, rest = divmod(abs(fen), FEN_PER_YUAN * 10_000)
    if wan == 0 and rest:
        yuan, cents = divmod(rest, FEN_PER_YUAN)
        return f"{sign}{yuan}.{cents:02d}元" if cents else f"{sign}{yuan}元"
    decimals = f"{rest:06d}".rstrip("0")
    return f"{sign}{wan}.{decimals}万元" if decimals else f"{sign}{wan}万元"
