"""Dates as officials write them, and the small arithmetic that policies need.

>>> read_date("2026年3月1日").isoformat()
'2026-03-01'
>>> add_months(read_date("2025-10-31"), 4).isoformat()
'2026-02-28'
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00:00(?:\.0+)?)?")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


class NotADate(ValueError):
    """The text is no calendar date between 1900 and 2200."""


def read_date(text: str) -> date:
    """Read ``2026-03-01``, ``2026/3/1``, ``2026.3.1``, ``20260301`` or ``2026年3月1日``.

    Raises:
        NotADate: for any other text and for days that the calendar does not have (2026-02-30).
    """
    compact = text.strip()
    chinese = "".join(compact.split())
    match = _ISO.fullmatch(compact) or _CHINESE.fullmatch(chinese) or _COMPACT.fullmatch(compact)
    if match is None or not (match[0].isascii() or "年" in match[0]):
        raise NotADate(text[:40])
    year, month, day = (int(part) for part in match.groups()[:3])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotADate(text[:40])
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADate(text[:40]) from error


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last day of a shorter month when that day is missing (民法典 §202)."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def format_chinese(day: date) -> str:
    """``2026年3月1日``."""
    return f"{day.year}年{day.month}月{day.day}日"
