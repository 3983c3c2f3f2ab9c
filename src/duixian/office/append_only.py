"""Append-only tables (只增不改): the database itself refuses to change, delete or empty what was once written.

A service that forgets the rule, an administrator at a database prompt, a careless migration: all meet the same trigger.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "is append-only: rows are added, never changed"


class AppendOnly(migrations.RunPython):
    """A migration step that puts triggers on a table: UPDATE and DELETE fail, on PostgreSQL TRUNCATE too."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(self._forwards, self._backwards)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a migration file names this step."""
        return self.__class__.__name__, [self.table], {}

    def describe(self) -> str:
        """The line that ``migrate`` shows."""
        return f"Make {self.table} append-only"

    def _forwards(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _statements(self.table, editor.connection.vendor):
            editor.execute(statement)

    def _backwards(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _undoing(self.table, editor.connection.vendor):
            editor.execute(statement)


def _statements(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} {REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} {REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]


def _undoing(table: str, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete")]
    return [
        f"DROP TRIGGER {table}_append_only ON {table}",
        f"DROP TRIGGER {table}_no_truncate ON {table}",
        f"DROP FUNCTION {table}_refuse()",
    ]
