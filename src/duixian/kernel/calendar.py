"""Days as numbers (日序): days since 1970-01-01 in the Gregorian calendar, and the little arithmetic that policies need."""

from __future__ import annotations

from duixian.kernel.compiled import compiled, compiled_within

FIRST_CENTURY = 47_482
"""The day number of 2100-01-01, the first year divisible by four that is no leap year."""
_PER_YEAR, _PRECISION = 752_574_694, 40
"""2⁴⁰ over the 1461 days of four years, rounded up: exact for every day of the century."""


@compiled
def day_number(year: int, month: int, day: int) -> int:
    """The day of a date.

    Years are counted from March, so that the day that leap years add is the last of a year.
    """
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@compiled
def civil(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day's number."""
    number += 719468
    era = number // 146097
    of_era = number - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month0 = (5 * of_year + 2) // 153
    day = of_year - (153 * month0 + 2) // 5 + 1
    month = month0 + 3 if month0 < 10 else month0 - 9
    return year + era * 400 + (month <= 2), month, day


@compiled
def year_of(number: int) -> int:
    """The calendar year of a day."""
    if 0 <= number < FIRST_CENTURY:
        return year_of_century(number)
    return civil(number)[0]


@compiled_within
def year_of_century(number: int) -> int:
    """The calendar year of a day from 1970 to 2099, where every fourth year is a leap year."""
    return 1970 + ((4 * number + 2) * _PER_YEAR >> _PRECISION)


@compiled
def year_end(year: int) -> int:
    """31 December."""
    return day_number(year, 12, 31)


@compiled
def shift_day(number: int, months: int, days: int) -> int:
    """Some months later, on the last day of a shorter month when the day is missing; then some days later."""
    if months != 0:
        year, month, day = civil(number)
        month0 = year * 12 + month - 1 + months
        year, month = month0 // 12, month0 % 12 + 1
        following = day_number(year + month // 12, month % 12 + 1, 1)
        number = min(day_number(year, month, day), following - 1)
    return number + days
