"""Working days (工作日): by the calendar of the State Council's notices as far as it reaches, beyond it by the city's table of holidays."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from chinese_calendar.constants import holidays as _built_in

from duixian.office.awards.models import Holiday
from duixian.office.refusal import Clash

FIRST_YEAR, LAST_YEAR = min(_built_in).year, max(_built_in).year
"""The years that the built-in calendar knows."""
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether a day is worked, days that were moved for a holiday (调休) included.

    Raises:
        Clash: ``holidays-unknown`` when the year is neither in the calendar nor in the table; a guess might end a notice too soon.
    """
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return bool(chinese_calendar.is_workday(day))
    return _by_table(day)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after ``day``; the day itself does not count (民法典 §201).

    Raises:
        Clash: ``holidays-unknown``, as above.
    """
    while n > 0:
        day += timedelta(days=1)
        n -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after ``first``, up to ``last`` itself."""
    days = (first + timedelta(days=each) for each in range(1, (last - first).days + 1))
    return sum(is_working_day(day) for day in days)


def _by_table(day: date) -> bool:
    # New Year's Day is never missing from a year that was entered.
    known = dict(
        Holiday.objects.filter(day__in=(date(day.year, 1, 1), day)).values_list("day", "is_working_day")
    )
    if date(day.year, 1, 1) not in known:
        raise Clash(
            "holidays-unknown",
            f"{day.year}年的节假日安排还没有录入",
            why="缺了它，工作日无法计算",
            fix=f"请先录入国务院办公厅关于{day.year}年节假日安排的通知",
            year=day.year,
        )
    return known.get(day, day.weekday() < _SATURDAY)
