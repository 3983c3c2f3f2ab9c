"""Clocks (办理时限): they start and stop with what happens, and tell what is due and what is late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import demand, is_allowed
from duixian.office.awards.models import Award, Clock
from duixian.office.awards.states import PayClock
from duixian.office.awards.working_days import add_working_days
from duixian.office.refusal import Clash

PAY, GUIDE, ANSWER = "pay", "guide", "answer"


@dataclass(frozen=True, slots=True)
class Due:
    """A running time limit (在办时限). ``due_on`` is None while the holidays of its year are not known."""

    clock: Clock
    due_on: date | None
    is_overdue: bool


def working_days_of(kind: str) -> int:
    """How many working days a kind of clock has, by the settings."""
    days: dict[str, int] = {
        PAY: settings.PAY_WORKING_DAYS, GUIDE: settings.GUIDE_WORKING_DAYS, ANSWER: settings.ANSWER_WORKING_DAYS,
    }  # fmt: skip
    return days[kind]


def start_clock(kind: str, subject: str, *, award: Award | None = None, on: date | None = None) -> Clock:
    """Start a clock on a day that itself does not count (today); one that runs already goes on as it is."""
    started, days = on or timezone.localdate(), working_days_of(kind)
    clock, _ = Clock.objects.get_or_create(
        kind=kind, subject=subject, stopped_on=None,
        defaults={"award": award, "started_on": started, "working_days": days, "due_on": _due_on(started, days)},
    )  # fmt: skip
    return clock


def stop_clock(kind: str, subject: str) -> bool:
    """Stop the clock, and tell whether one was running."""
    running = Clock.objects.filter(kind=kind, subject=subject, stopped_on=None)
    return bool(running.update(stopped_on=timezone.localdate()))


def turn_pay_clock(award: Award, turn: PayClock) -> None:
    """What a move does to the time limit for payment. After a correction it starts anew: the papers are complete only then."""
    if turn is PayClock.STARTS:
        start_clock(PAY, f"award {award.pk}", award=award)
    elif turn is PayClock.STOPS:
        stop_clock(PAY, f"award {award.pk}")


def due_clocks(actor: Actor, *, by: date | None = None, kind: str = "") -> list[Due]:
    """Every running clock of this account's awards, soonest first; with ``by`` only those due by that day, or not known when.

    Clocks without an award (guides) belong to the city's accounts.
    """
    demand(actor, "clock.read", area=actor.area, enterprise=actor.enterprise)
    found = [each for each in _running(kind) if _concerns(actor, each.clock)]
    if by is not None:
        found = [each for each in found if each.due_on is None or each.due_on <= by]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.clock.pk))


def _running(kind: str) -> Iterator[Due]:
    today = timezone.localdate()
    wanted = Q(kind=kind) if kind else Q()
    for clock in Clock.objects.filter(wanted, stopped_on=None).select_related("award"):
        due_on = clock.due_on or _due_on(clock.started_on, clock.working_days)
        yield Due(clock, due_on, due_on is not None and due_on < today)


def _concerns(actor: Actor, clock: Clock) -> bool:
    if clock.award is None:
        return actor.role not in (Role.ENTERPRISE, Role.COUNTY_OFFICER)
    return is_allowed(actor, "clock.read", area=clock.award.area, enterprise=clock.award.enterprise_id)


def _due_on(started: date, days: int) -> date | None:
    try:
        return add_working_days(started, days)
    except Clash:
        # Next year's holidays are published late in the year; an enterprise need not wait for them.
        return None
