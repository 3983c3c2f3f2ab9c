"""Many write the chain at the same time, and it is one chain: on PostgreSQL, whose writers do not wait for each other by themselves."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from duixian.office.accounts.actor import SYSTEM
from duixian.office.acting import acting, tell
from duixian.office.append_only import _statements, _undoing
from duixian.office.audit.models import AuditEvent
from duixian.office.audit.verify import verify
from tests.office.audit.chained import write

WRITERS, ROUNDS = 8, 50


def _write(writer: int) -> None:
    try:
        for number in range(ROUNDS):
            with acting():
                tell(SYSTEM, f"test.writer{writer}", str(number))
                tell(SYSTEM, f"test.writer{writer}.then", str(number))
    finally:
        connection.close()


def _emptied() -> None:
    """The database refuses to empty the table after this test, as it should: the triggers go, and come back."""
    for statement in _undoing("audit_event", connection.vendor):
        write(statement)
    AuditEvent.objects.all().delete()
    for statement in _statements("audit_event", connection.vendor):
        write(statement)


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_eight_writers_at_once_make_one_chain() -> None:
        try:
            with ThreadPoolExecutor(WRITERS) as pool:
                list(pool.map(_write, range(WRITERS)))
            assert verify([]) == []
            assert AuditEvent.objects.count() == 2 * WRITERS * ROUNDS
            for event in AuditEvent.objects.filter(action__endswith=".then"):
                before = AuditEvent.objects.get(number=event.number - 1)
                assert (f"{before.action}.then", before.subject_id) == (event.action, event.subject_id)
        finally:
            _emptied()
