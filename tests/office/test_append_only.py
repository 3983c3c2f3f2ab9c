"""The database itself refuses to change or delete what was once written."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from duixian.office.accounts.actor import SYSTEM
from duixian.office.acting import acting, tell

TABLES = (
    "audit_event", "registry_attribute", "registry_fact", "runs_ruling", "runs_ruling_signature", "runs_determination", "awards_step",
    "awards_notice_item", "awards_exclusion_check", "treasury_entry", "treasury_posting", "treasury_bank_result",
    "treasury_attempt", "treasury_recovery_return", "treasury_settlement",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_touch_the_audit_chain(statement: str) -> None:
    with acting():
        tell(SYSTEM, "test.done")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_every_append_only_table_has_its_trigger(table: str) -> None:
    catalogue = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        if connection.vendor == "sqlite"
        else "SELECT event_object_table FROM information_schema.triggers WHERE event_object_table = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue, [table])
        assert cursor.fetchone() is not None
