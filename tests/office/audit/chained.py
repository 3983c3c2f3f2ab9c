"""A chain to tamper with, at the database and behind its triggers' back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from duixian.office.append_only import _undoing
from duixian.office.audit.chain import Told, append, hash_of
from duixian.office.audit.models import AuditEvent

COLUMNS = ("at", "actor", "action", "subject_type", "subject_id", "enterprise", "detail", "algorithm", "previous_hash", "hash")  # fmt: skip


def chain_of(count: int) -> None:
    """A chain of so many events, each unlike the others."""
    for number in range(count):
        append(
            [Told(f"officer{number}", f"test.act{number}", "Award", str(number), f"E{number}", {"n": number})]
        )


@contextmanager
def unguarded() -> Iterator[None]:
    """The table without its triggers; whatever is done within is undone at the end."""
    with transaction.atomic():
        for statement in _undoing("audit_event", connection.vendor):
            write(statement)
        yield
        transaction.set_rollback(True)


def write(statement: str, *values: Any) -> None:
    """One statement at the database."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def forge(number: int, previous: str, action: str = "test.forged") -> AuditEvent:
    """An event as a forger writes it who knows how hashes are made."""
    last = AuditEvent.objects.order_by("-number").first()
    assert last is not None
    event = AuditEvent(
        number=number, at=last.at, actor="forger", action=action, subject_type="", subject_id="", enterprise="", detail={},
        algorithm="sha256", previous_hash=previous,
    )  # fmt: skip
    event.hash = hash_of(event)
    return event
