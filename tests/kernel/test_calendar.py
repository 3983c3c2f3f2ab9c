"""Days as numbers: every day from 1900 to 2200, and months back and forth."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from duixian.dates import add_months
from duixian.kernel.calendar import civil, day_number, shift_day, year_end, year_of
from duixian.kernel.values import EPOCH, day_word

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
DAYS = st.dates(FIRST, LAST)


def test_every_day_of_three_centuries_has_its_number_and_back() -> None:
    wrong = []
    for ordinal in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day, number = date.fromordinal(ordinal), ordinal - EPOCH
        told = (day.year, day.month, day.day)
        if (day_number(*told), civil(number), year_of(number)) != (number, told, day.year):
            wrong.append(day)
    assert wrong == []


def test_a_year_ends_on_31_december() -> None:
    years = range(FIRST.year, LAST.year + 1)
    assert [year_end(year) for year in years] == [day_word(date(year, 12, 31)) for year in years]


def test_a_missing_day_is_the_last_of_a_shorter_month() -> None:
    january = day_word(date(2024, 1, 31))
    assert shift_day(january, 1, 0) == day_word(date(2024, 2, 29))
    assert shift_day(january, 13, 0) == day_word(date(2025, 2, 28))
    assert shift_day(january, 3, 0) == day_word(date(2024, 4, 30))
    assert shift_day(january, -2, 0) == day_word(date(2023, 11, 30))
    assert shift_day(day_word(date(2024, 2, 29)), -12, 0) == day_word(date(2023, 2, 28))
    assert shift_day(day_word(date(2024, 2, 29)), 12 * 76, 0) == day_word(date(2100, 2, 28))


def test_months_come_before_days() -> None:
    assert shift_day(day_word(date(2025, 1, 30)), 1, 1) == day_word(date(2025, 3, 1))


def test_no_months_leave_the_day_of_the_month_alone() -> None:
    assert shift_day(day_word(date(2025, 1, 31)), 0, 1) == day_word(date(2025, 2, 1))


@given(DAYS, st.integers(-1300, 1300), st.integers(-1000, 1000))
def test_a_shift_is_that_of_the_reference(day: date, months: int, days: int) -> None:
    assert shift_day(day_word(day), months, days) == day_word(add_months(day, months) + timedelta(days))
