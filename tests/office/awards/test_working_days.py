"""Working days by the published calendar, and beyond it by the city's table, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from duixian.office.awards.holidays import enter_holidays
from duixian.office.awards.models import Holiday
from duixian.office.awards.working_days import (
    LAST_YEAR,
    add_working_days,
    is_working_day,
    working_days_between,
)
from tests.office.awards.refused import refused
from tests.office.awards.scene import Scene

pytestmark = pytest.mark.django_db
NEXT = LAST_YEAR + 1
NEW_YEAR = date(NEXT, 1, 1)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 3, 2), True),
        (date(2026, 3, 1), False),  # Sunday
        (date(2026, 10, 1), False),  # 国庆节
        (date(2026, 10, 10), True),  # a Saturday that is worked for it
    ],
)
def test_the_calendar_knows_holidays_and_worked_weekends(day: date, is_worked: bool) -> None:
    assert is_working_day(day) is is_worked


def test_a_day_itself_does_not_count() -> None:
    assert add_working_days(date(2026, 3, 6), 1) == date(2026, 3, 9)
    assert working_days_between(date(2026, 3, 6), date(2026, 3, 9)) == 1


def test_a_year_that_nobody_entered_is_unknown() -> None:
    with refused("holidays-unknown"):
        is_working_day(NEW_YEAR + timedelta(days=40))


def test_a_single_row_does_not_make_a_year() -> None:
    Holiday.objects.create(day=date(NEXT, 10, 1), is_working_day=False, note="国庆节")
    with refused("holidays-unknown"):
        is_working_day(date(NEXT, 10, 1))


def test_a_year_that_was_entered_is_known(scene: Scene) -> None:
    monday = next(
        day for day in (NEW_YEAR + timedelta(days=each) for each in range(3, 12)) if day.weekday() == 0
    )
    saturday = monday + timedelta(days=5)
    entered = enter_holidays(
        scene.people.city, NEXT, off=[NEW_YEAR, monday], worked=[saturday], notice="国办发明电〔某〕号"
    )
    assert entered == 3
    assert not is_working_day(NEW_YEAR)
    assert not is_working_day(monday)
    assert is_working_day(saturday)
    assert not is_working_day(saturday + timedelta(days=1))
    assert is_working_day(monday + timedelta(days=1))
    with refused("holidays-entered"):
        enter_holidays(scene.people.city, NEXT, off=[NEW_YEAR], notice="再来一次")


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        ([], []),
        ([date(NEXT, 10, 1)], []),
        ([NEW_YEAR, date(2020, 1, 1)], []),
        ([NEW_YEAR], [NEW_YEAR]),
        ([NEW_YEAR], [next(NEW_YEAR + timedelta(days=each) for each in range(2, 9) if (NEW_YEAR + timedelta(days=each)).weekday() == 2)]),
    ],
)  # fmt: skip
def test_half_a_year_is_not_entered(scene: Scene, off: list[date], worked: list[date]) -> None:
    with refused("holidays-incomplete"):
        enter_holidays(scene.people.city, NEXT, off=off, worked=worked, notice="某通知")


def test_the_calendars_own_years_are_not_entered(scene: Scene) -> None:
    with refused("holidays-built-in"):
        enter_holidays(scene.people.city, LAST_YEAR, off=[date(LAST_YEAR, 1, 1)], notice="某通知")
