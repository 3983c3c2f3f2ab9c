"""An auditor finds who did what to whom on which day; that he looked is an event too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.audit.chain import Told, append
from duixian.office.audit.models import AuditEvent
from duixian.office.audit.search import Question, search
from duixian.office.refusal import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(make_actor: Callable[..., Actor]) -> Actor:
    """Who looks, after four events on three days (the days are those of Shanghai)."""
    for moment, told in (
        (datetime(2026, 3, 1, 15, 59, tzinfo=UTC), Told("甲", "award.accept", "Award", "7", "E1")),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), Told("乙", "award.check", "Award", "7", "E1")),
        (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), Told("乙", "award.check", "Award", "8", "E2")),
        (datetime(2026, 3, 3, 1, 0, tzinfo=UTC), Told("丙", "run.start", "Run", "7", "")),
    ):
        with time_machine.travel(moment, tick=False):
            append([told])
    return make_actor(Role.AUDITOR)


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        (Question(subject_type="Award", subject_id="7"), [2, 1]),
        (Question(enterprise="E2"), [3]),
        (Question(actor="乙"), [3, 2]),
        (Question(actor="乙", enterprise="E1"), [2]),
        (Question(action="run.start"), [4]),
        (Question(first_day=date(2026, 3, 2), last_day=date(2026, 3, 2)), [3, 2]),
        (Question(last_day=date(2026, 3, 1)), [1]),
        (Question(first_day=date(2026, 3, 3), last_day=date.max, actor="丙"), [4]),
        (Question(actor="丁"), []),
    ],
)
def test_events_are_found(auditor: Actor, question: Question, numbers: list[int]) -> None:
    assert [each.number for each in search(auditor, question)] == numbers


def test_that_an_auditor_looked_is_told(auditor: Actor) -> None:
    search(auditor, Question(enterprise="E1", actor="甲"))
    event = AuditEvent.objects.get(action="audit.read")
    assert (event.actor, event.enterprise, event.detail) == (
        "auditor",
        "E1",
        {"asked": ["enterprise", "actor"]},
    )


@pytest.mark.parametrize("role", [each for each in Role if each != Role.AUDITOR])
def test_nobody_else_looks(make_actor: Callable[..., Actor], role: str) -> None:
    with pytest.raises(NotAllowed):
        search(make_actor(role), Question())
