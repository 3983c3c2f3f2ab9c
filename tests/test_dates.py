"""Dates: read as officials write them, shifted as the civil code counts months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.dates import NotADate, add_months, format_chinese, read_date

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01", "2026-3-1", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日", "2026年03月01日", "2026 年 3 月 1 日",
        " 2026-03-01 ", "2026-03-01 00:00:00", "2026-03-01T00:00:00", "2026-03-01 00:00:00.000",
    ],
)  # fmt: skip
def test_a_day_is_read_however_officials_write_it(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "", "2026", "2026-03", "2026年3月", "26-03-01", "2026-02-30", "2026-13-01", "2026-00-10", "2025年2月29日", "01/03/2026",
        "2026-03-01 08:30:00", "2026-03-01以前", "2026 03 01", "202603011", "２０２６-03-01", "46082",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        read_date(text)


def test_a_refusal_shows_the_beginning_of_the_text_only() -> None:
    with pytest.raises(NotADate, match=r"^x{40}$"):
        read_date("x" * 60)


def test_the_first_and_the_last_year_are_included() -> None:
    assert (read_date("1900-01-01"), read_date("2200-12-31")) == (date(1900, 1, 1), date(2200, 12, 31))
    for text in ("1899-12-31", "2201-01-01"):
        with pytest.raises(NotADate):
            read_date(text)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-03-01", 0, "2026-03-01"),
        ("2026-03-15", 3, "2026-06-15"),
        ("2025-10-31", 4, "2026-02-28"),
        ("2027-10-31", 4, "2028-02-29"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-01-31", 12, "2027-01-31"),
        ("2026-01-31", -1, "2025-12-31"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_of_a_shorter_month(
    day: str, months: int, later: str
) -> None:
    """民法典 §202."""
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@given(DAYS, st.integers(min_value=-600, max_value=600))
def test_shifting_by_months_moves_the_month_by_just_so_many(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


@given(DAYS)
def test_what_is_written_in_chinese_is_read_back(day: date) -> None:
    assert read_date(format_chinese(day)) == read_date(day.isoformat()) == day


def test_chinese_days_carry_no_leading_zeros() -> None:
    assert format_chinese(DAY) == "2026年3月1日"
