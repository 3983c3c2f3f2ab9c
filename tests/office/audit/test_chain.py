"""Events are chained in the order in which their transactions end, and only what can be kept exactly is told."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.db import transaction

from duixian.office.accounts.actor import SYSTEM
from duixian.office.acting import acting, tell
from duixian.office.audit.chain import BEGINNING, Told, append, hash_of
from duixian.office.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """What a test throws to undo a transaction."""


def _done_and_undone() -> None:
    with acting():
        tell(SYSTEM, "test.done")
        raise Undone


def test_events_are_numbered_without_gaps_and_each_knows_the_one_before() -> None:
    for number in range(3):
        with acting():
            tell(SYSTEM, "test.first", str(number))
            tell(SYSTEM, "test.second", detail={"number": number, "名": ["甲", None, True]})
    events = list(AuditEvent.objects.order_by("number"))
    assert [each.number for each in events] == [1, 2, 3, 4, 5, 6]
    assert [each.previous_hash for each in events] == [BEGINNING, *(each.hash for each in events[:-1])]
    assert all(hash_of(each) == each.hash for each in events)


def test_what_was_undone_is_not_told() -> None:
    with pytest.raises(Undone):
        _done_and_undone()
    assert not AuditEvent.objects.exists()


def test_acting_within_acting_is_one_transaction_with_one_end() -> None:
    with acting():
        tell(SYSTEM, "test.outer")
        with acting():
            tell(SYSTEM, "test.inner")
        assert not AuditEvent.objects.exists()
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["test.outer", "test.inner"]


def test_nothing_is_told_outside_of_acting() -> None:
    with pytest.raises(RuntimeError):
        tell(SYSTEM, "test.done")


def test_a_chain_may_go_on_in_another_algorithm(settings: LazySettings) -> None:
    for algorithm in ("sha256", "sm3", "sha256"):
        settings.AUDIT_ALGORITHM = algorithm
        append([Told("甲", "test.done")])
    assert list(AuditEvent.objects.values_list("algorithm", flat=True)) == ["sha256", "sm3", "sha256"]


@pytest.mark.parametrize(
    "told",
    [
        Told("甲", "x", detail={"rate": 0.5}),
        Told("甲", "x", detail={"deep": [{"er": (1, 1e16)}]}),
        Told("甲", "x", detail={1: "a"}),  # type: ignore[dict-item]
        Told("甲" * 151, "x"),
        Told("甲", "x", subject_id="x" * 121),
        Told("甲", "x", enterprise="x" * 19),
    ],
)
def test_what_the_database_would_keep_otherwise_is_a_bug(told: Told) -> None:
    with pytest.raises(ValueError, match=r"audit chain|longer"), transaction.atomic():
        append([told])
