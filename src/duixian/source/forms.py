"""Quantities with a form of their own (专有写法): dates, shares, ratios, document numbers, slogans, 一次性."""

from __future__ import annotations

import re
from fractions import Fraction

from duixian.dates import EARLIEST_YEAR, LATEST_YEAR, NotADate, read_date
from duixian.source import labels
from duixian.source.figures import NUMBER, NUMERAL
from duixian.source.numerals import DIGITS, NotANumeral, read_numeral, read_year
from duixian.source.quantity import LabelKind, QuantityKind, whole_if_possible
from duixian.source.recogniser import IMPOSSIBLE, Found, label, recogniser, verbatim, whole_match


def _read_date(match: re.Match[str]) -> tuple[Found, ...]:
    try:
        return whole_match(QuantityKind.DATE, read_date(match[0]), match)
    except NotADate:
        return IMPOSSIBLE


def _read_month(match: re.Match[str]) -> tuple[Found, ...]:
    year, month = int(match[1]), int(match[2])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or month not in range(1, 13):
        return IMPOSSIBLE
    return whole_match(QuantityKind.MONTH, (year, month), match)


def _read_yearly_day(match: re.Match[str]) -> tuple[Found, ...]:
    month, day = int(match[1]), int(match[2])
    try:
        read_date(f"2024-{month}-{day}")  # a leap year, which has every day that there is
    except NotADate:
        return IMPOSSIBLE
    return whole_match(QuantityKind.YEARLY_DAY, (month, day), match)


def _read_spelt_date(match: re.Match[str]) -> tuple[Found, ...] | None:
    """``二○一一年六月十七日``, ``二〇二五年``: the year digit by digit."""
    try:
        year = read_year(match["year"])
        month, day = (read_numeral(match[part]) if match[part] else None for part in ("month", "day"))
    except NotANumeral:
        return None
    if month is None:
        return whole_match(QuantityKind.YEAR, year, match)
    try:
        first_or_that_day = read_date(f"{year}-{month}-{1 if day is None else day}")
    except NotADate:
        return IMPOSSIBLE
    if day is None:
        return whole_match(QuantityKind.MONTH, (year, first_or_that_day.month), match)
    return whole_match(QuantityKind.DATE, first_or_that_day, match)


def _read_share(match: re.Match[str]) -> tuple[Found, ...] | None:
    try:
        whole = read_numeral(f"{match['whole']}分之一")
        part = read_numeral(match["part"]) if match["part"] else Fraction(match["digits"].replace(",", ""))
    except NotANumeral:
        return None
    return whole_match(QuantityKind.PERCENT, Fraction(part * whole), match)


def _read_ratio(match: re.Match[str]) -> tuple[Found, ...]:
    parts = tuple(whole_if_possible(Fraction(part)) for part in re.split("[:比]", match[0]))
    return whole_match(QuantityKind.RATIO, parts, match)


def _read_document(match: re.Match[str]) -> tuple[Found, ...]:
    return whole_match(QuantityKind.DOCUMENT, f"〔{match[1]}〕{int(match[2])}号", match)


_DECIMAL = r"[0-9]+(?:\.[0-9]+)?"
_YEAR_DIGIT = f"[〇○{DIGITS}]"
FORMS = (
    recogniser("一次性", verbatim(QuantityKind.ONE_OFF)),
    recogniser(labels.IDIOM, label(LabelKind.IDIOM)),
    recogniser(r"[〔\[(【]([0-9]{4})[〕\])】]第?([0-9]{1,5})号", _read_document),
    recogniser(labels.REFERENCE, label(LabelKind.NUMBER)),
    recogniser(labels.ENUMERATION, label(LabelKind.NUMBER)),
    recogniser(labels.LETTERS_FIRST, label(LabelKind.NAME)),
    recogniser(labels.VERSION, label(LabelKind.NAME)),
    recogniser(
        r"(?<![0-9A-Za-z+])[0-9]+(?:\+(?:[0-9]+|[A-Z](?![A-Za-z]))){1,9}(?![0-9+])",
        verbatim(QuantityKind.FORMULA),
    ),
    recogniser(r'(?<=")[0-9]+(?=")', verbatim(QuantityKind.FORMULA)),
    recogniser(r"(?<![0-9])[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", _read_date),
    recogniser(r"(?<![0-9])[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])", _read_date),
    recogniser(r"(?<![0-9])([0-9]{4})年([0-9]{1,2})月", _read_month),
    recogniser(r"(?<![0-9])([0-9]{1,2})月([0-9]{1,2})日", _read_yearly_day),
    recogniser(
        rf"(?<!{_YEAR_DIGIT})(?P<year>{_YEAR_DIGIT}{{4}})年(?:(?P<month>{NUMERAL})月(?:(?P<day>{NUMERAL})日)?)?",
        _read_spelt_date,
    ),
    recogniser(rf"(?<![0-9.:]){_DECIMAL}(?:[:比]{_DECIMAL}){{1,9}}(?![0-9:])", _read_ratio),
    recogniser(rf"(?P<whole>{NUMERAL})分之(?:(?P<part>{NUMERAL})|(?P<digits>{NUMBER}))", _read_share),
)
NAMES_FROM_DIGITS = recogniser(labels.DIGITS_FIRST, label(LabelKind.NAME))
"""5G, 3C: tried last, since 100MW is a quantity."""
