"""A year's holidays (节假日安排), entered at one go from the State Council's notice, for years that the calendar does not reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Holiday
from duixian.office.awards.working_days import FIRST_YEAR, LAST_YEAR
from duixian.office.refusal import Clash, Refusal

_SATURDAY = 5


def enter_holidays(
    actor: Actor, year: int, *, off: Iterable[date], worked: Iterable[date] = (), notice: str
) -> int:
    """Enter a whole year: the days off, and the Saturdays and Sundays that are worked for them (调休); how many days were entered.

    Raises:
        Refusal: ``holidays-incomplete`` when New Year's Day is not among the days off, a day lies in another year or is both, or a worked
            day is no weekend; ``holidays-built-in`` for a year that the calendar knows.
        Clash: ``holidays-entered`` when the year is there already.
    """
    free, busy = frozenset(off), frozenset(worked)
    with acting():
        demand(actor, "holiday.enter")
        _check(year, free, busy)
        rows = [Holiday(day=day, is_working_day=day in busy, note=notice[:80]) for day in sorted(free | busy)]
        try:
            with transaction.atomic():
                Holiday.objects.bulk_create(rows)
        except IntegrityError as error:
            raise Clash("holidays-entered", f"{year}年的节假日安排已经录入") from error
        tell(actor, "holiday.enter", year, detail={"days": len(rows), "notice": notice[:80]})
    return len(rows)


def _check(year: int, free: frozenset[date], busy: frozenset[date]) -> None:
    if FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(
            "holidays-built-in", f"{year}年的节假日已在内置日历中", why="内置日历优先，录入不起作用"
        )
    if (
        date(year, 1, 1) not in free
        or any(day.year != year for day in free | busy)
        or free & busy
        or any(day.weekday() < _SATURDAY for day in busy)
    ):
        raise Refusal(
            "holidays-incomplete",
            f"{year}年的节假日安排不完整或者有矛盾",
            why="放假日须含元旦；各日须在当年；同一日不能既放假又上班；调休上班日只能是周六、周日",
            fix="请对照通知全年一次录入",
        )
