"""Numbers in front of units (数值), Arabic and Chinese: their patterns over normalised text, and what they are worth."""

from __future__ import annotations

import re
from fractions import Fraction

from duixian.source.numerals import DIGITS, NUMERAL_CHARACTERS, WEIGHTS, NotANumeral, read_numeral
from duixian.source.quantity import Number, QuantityKind
from duixian.source.units import AFTER_DIGITS, AFTER_NUMERAL, UNITS, any_of

# 10余家, 200多万元: the number is 10, 200万; "and some" is said, like 以上 and 左右, by words outside it.
_SOME = "[余多]?"
SCALE = "(?:万亿|[十百千]?[万亿]|[百千])?"
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
ARABIC = f"(?<![0-9])(?<![0-9][.,]){NUMBER}{_SOME}{SCALE}{_SOME}"
# Not inside a longer number, and not after 第 (an ordinal) or a digit (20万: 万 belongs to 20).
NUMERAL = f"(?<![第0-9{NUMERAL_CHARACTERS}])(?:[{NUMERAL_CHARACTERS}]+(?:点[{DIGITS}]+)?{_SOME}|半(?=年))"
FIGURE = f"(?:{ARABIC}|{NUMERAL})"
UNIT = any_of(AFTER_DIGITS)
NUMERAL_UNIT = any_of(AFTER_NUMERAL)

_PARTS = re.compile(f"(?P<number>{NUMBER})(?P<scale>{SCALE})")
_TRAILING_SCALE = re.compile(r"(?<=.)[万亿]+$")
_SOME_WORDS = str.maketrans("", "", "余多")

_NOT_AFTER_ONE = frozenset("批 大 条 人".split())
"""一批 is "some", 一大 "a big", 一条龙 and 一人一策 are set phrases; 一个, 一项, 一家 … count."""
_POINTING = frozenset("同统单唯每任某另这那哪该逐合专归上下前跑")
"""Before 一 these make it point, not count: 同一项目, 任一项, 上一年, 最多跑一次."""
_VAGUE = frozenset("数几上好")
"""Before a bare weight these make it vague: 数十家, 上百家, 几千万元."""


def read_figure(text: str) -> tuple[Number, int] | None:
    """A figure as its number and the scale written with it: ``1.5万`` is 1.5 and 10 000, ``五十万`` 50 and 10 000."""
    exact = text.translate(_SOME_WORDS)
    if parts := _PARTS.fullmatch(exact):
        return Fraction(parts["number"].replace(",", "")), _factor(parts["scale"])
    scale = _TRAILING_SCALE.search(exact)
    try:
        number = read_numeral(exact[: scale.start()] if scale else exact)
    except NotANumeral:
        return None
    return number, _factor(scale[0] if scale else "")


def _factor(scale: str) -> int:
    factor = 1
    for character in scale:
        factor *= WEIGHTS[character]
    return factor


def counts(numeral: str, unit: str, before: str, after: str) -> bool:
    """Whether a Chinese numeral before a unit counts something, or only helps to form a word.

    ``before`` holds the two characters ahead, ``after`` the one that follows. Counting says 两, never 二 (二次开发, 二类);
    百家 and 千名 mean many; 一企一档 and 一户一策 are set phrases; 三元 and 多元 are adjectives, 万元 alone is a unit.
    """
    if numeral == "一":
        is_set_phrase = before[:-1] == "一" or after == "一"
        return unit not in _NOT_AFTER_ONE and before[-1:] not in _POINTING and not is_set_phrase
    has_digit = any(character in DIGITS or character in "两半" for character in numeral)
    if not has_digit and before[-1:] in _VAGUE:
        return False
    match UNITS[unit].kind:
        case QuantityKind.GRADE:
            return has_digit or numeral == "十"
        case QuantityKind.MONEY:
            return len(numeral) > 1
        case _:
            return numeral != "二" and (has_digit or numeral.startswith("十"))
