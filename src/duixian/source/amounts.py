"""Quantities as rules write them (规则中的量): each key asks for one kind, any other is refused, never converted."""

from __future__ import annotations

import re
from datetime import date

from duixian.dates import NotADate, read_date
from duixian.source.quantities import NotAQuantity, read_quantity
from duixian.source.quantity import Count, QuantityKind, Reading, Term

_PLAIN = re.compile(r"[0-9]{1,6}")
_RATIO = re.compile(r"([0-9]{1,4})\s*[:：]\s*([0-9]{1,4})")


class WrongQuantity(ValueError):
    """The text is no quantity of the kind asked for."""


def reading_of(text: str) -> Reading | None:
    """The quantity that a rule writes, or None when the text is none."""
    if _PLAIN.fullmatch(text):
        return None
    try:
        return read_quantity(text)
    except NotAQuantity:
        pass
    try:
        return Reading(QuantityKind.DATE, read_date(text), None)
    except NotADate:
        return None


def _read(text: str, kind: QuantityKind) -> Reading:
    found = reading_of(text)
    if found is None or found.kind is not kind:
        raise WrongQuantity(text)
    return found


def read_money(text: str) -> Reading:
    """An amount of money (``20万元``, ``40万元#2``); the value is fen."""
    return _read(text, QuantityKind.MONEY)


def read_rate(text: str) -> Reading:
    """A percentage; the value is a fraction of the whole."""
    return _read(text, QuantityKind.PERCENT)


def read_year(text: str) -> Reading:
    """A year; ``2025`` alone is one too."""
    if re.fullmatch(r"(19|20|21)[0-9]{2}", text):
        return Reading(QuantityKind.YEAR, int(text), None)
    return _read(text, QuantityKind.YEAR)


def read_count(text: str) -> Reading:
    """A count (``4个``, ``两项``); a bare whole number counts without a unit and stands for no word of the text."""
    if _PLAIN.fullmatch(text):
        return Reading(QuantityKind.COUNT, Count(int(text), ""), None)
    found = _read(text, QuantityKind.COUNT)
    if not isinstance(found.value, Count) or not isinstance(found.value.number, int):
        raise WrongQuantity(text)
    return found


def read_ratio(text: str) -> Reading:
    """Two parts of a whole (``3:7``)."""
    match = _RATIO.fullmatch(text)
    if match is None or not int(match[1]) + int(match[2]):
        raise WrongQuantity(text)
    return Reading(QuantityKind.RATIO, (int(match[1]), int(match[2])), None)


def read_growth_or_sum(text: str) -> Reading:
    """What a target is set to: money, a percentage, or a count with its unit."""
    found = reading_of(text)
    if found is None or found.kind not in _TARGET_KINDS:
        raise WrongQuantity(text)
    return found


_TARGET_KINDS = {QuantityKind.MONEY, QuantityKind.PERCENT, QuantityKind.COUNT, QuantityKind.MAGNITUDE}


def read_term(text: str) -> tuple[int, int] | None:
    """A length of time as months and days (``3个月``, ``2年``, ``10日``); None when the text is none."""
    found = reading_of(text)
    if found is None or not isinstance(found.value, Term) or not isinstance(found.value.length, int):
        return None
    months_and_days = {"月": (found.value.length, 0), "日": (0, found.value.length)}
    return months_and_days.get(found.value.unit)


def day_reading(day: date) -> Reading:
    """A calendar day as a quantity."""
    return Reading(QuantityKind.DATE, day, None)


def whole_number(reading: Reading) -> int:
    """The number of a count, of money (fen) or of a year."""
    value = reading.value.number if isinstance(reading.value, Count) else reading.value
    assert isinstance(value, int)
    return value
