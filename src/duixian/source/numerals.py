"""Chinese numerals (中文数字): 二, 两, 十五, 三千, 千亿, 二○二五, 百分之十二, 半.

Only what is beyond doubt is read. Colloquial short forms (三万五, 一百五), approximations (三四个) and slogans (十四五) are
no numerals: they raise, and whoever asked decides what they are.

>>> read_numeral("三千五百万")
35000000
>>> read_numeral("百分之十二")
Fraction(3, 25)
"""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS = "零一二三四五六七八九"
WEIGHTS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "十": 10}
NUMERAL_CHARACTERS = "〇○两" + DIGITS + "".join(WEIGHTS)

_ONE_SPELLING = str.maketrans("〇○两", "零零二")
_SHARE = re.compile(r"(?P<whole>.+)分之(?P<part>.+)")
_DECIMAL = re.compile(rf"(?P<whole>.+)点(?P<places>[〇○{DIGITS}]+)")
_YEAR = re.compile(rf"[〇○{DIGITS}]{{4}}")
# 两 counts (两千, 一千两百); 十两 is a weight and 两十 nothing.
_STRAY_LIANG = re.compile(r"(?<=.)两(?![百千万亿])|两(?=[^百千万亿])")
_LONGEST = 30


class NotANumeral(ValueError):
    """The text is no Chinese numeral, or one that can be read in two ways."""


def read_numeral(text: str) -> int | Fraction:
    """Read a numeral: an integer, a decimal (三点五), a share of a whole (三分之二), or 半.

    Raises:
        NotANumeral: for anything else.
    """
    if len(text) > _LONGEST:
        raise NotANumeral(text[:_LONGEST])
    if text == "半":
        return Fraction(1, 2)
    if share := _SHARE.fullmatch(text):
        return _share(_integer(share["whole"]), Fraction(read_numeral(share["part"])))
    if decimal := _DECIMAL.fullmatch(text):
        places = decimal["places"]
        return _plain(_integer(decimal["whole"]) + Fraction(_digit_by_digit(places), 10 ** len(places)))
    return _integer(text)


def read_year(text: str) -> int:
    """Read a year spelt digit by digit (二○二五).

    Raises:
        NotANumeral: unless there are four digits.
    """
    if not _YEAR.fullmatch(text):
        raise NotANumeral(text[:_LONGEST])
    return _digit_by_digit(text)


def spell(number: int) -> str:
    """A whole number as it is written in full: 12 is 一十二, 3005 is 三千零五.

    >>> spell(10_500)
    '一万零五百'
    """
    for weight, value in WEIGHTS.items():
        if number >= value:
            head, rest = divmod(number, value)
            # A place left out is marked by one 零, however many are missing.
            zero = "零" if 0 < rest < value // 10 else ""
            return spell(head) + weight + zero + (spell(rest) if rest else "")
    return DIGITS[number]


def _integer(text: str) -> int:
    """Read loosely, then accept only the full spelling of what was read: nothing ambiguous survives that."""
    full = text.translate(_ONE_SPELLING)
    if full[:1] in WEIGHTS:
        full = "一" + full  # 十五, 百, 千亿: a leading one may be left out
    number = _loosely(full)
    if number is None or spell(number) != full or _STRAY_LIANG.search(text):
        raise NotANumeral(text)
    return number


def _loosely(text: str) -> int | None:
    for weight, value in WEIGHTS.items():
        if weight in text:
            head, _, tail = text.rpartition(weight)
            many, rest = _loosely(head), _loosely(tail.lstrip("零")) if tail else 0
            return None if many is None or rest is None else many * value + rest
    return DIGITS.index(text) if len(text) == 1 and text in DIGITS else None


def _digit_by_digit(text: str) -> int:
    number = 0
    for character in text.translate(_ONE_SPELLING):
        number = number * 10 + DIGITS.index(character)
    return number


def _share(whole: int, part: Fraction) -> int | Fraction:
    if not whole:
        raise NotANumeral("零分之")
    return _plain(Fraction(part, whole))


def _plain(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number
