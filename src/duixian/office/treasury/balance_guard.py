"""The guard of the books (借贷平衡): the database commits no entry whose postings do not add up to nought.

It can only be judged at the end of a transaction, when all postings are there. PostgreSQL has constraint triggers that wait so long.
SQLite has none, but its foreign keys wait: a trigger writes what an entry's postings add up to beside the entry, in a column that
refers to a table whose one row is nought; a sum that leads nowhere is refused at the end.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "does not balance"

_POSTGRESQL = (
    f"""CREATE FUNCTION treasury_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE entry bigint; total numeric;
    BEGIN
        IF TG_TABLE_NAME = 'treasury_entry' THEN entry := NEW.id; ELSE entry := NEW.entry_id; END IF;
        SELECT sum(amount_fen) INTO total FROM treasury_posting WHERE entry_id = entry;
        IF total IS DISTINCT FROM 0 THEN
            RAISE EXCEPTION 'treasury_entry % {REFUSAL}', entry USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$""",
    *(
        f"CREATE CONSTRAINT TRIGGER {table}_balances AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION treasury_entry_balances()"
        for table in ("treasury_entry", "treasury_posting")
    ),
)
_POSTGRESQL_UNDONE = (
    "DROP TRIGGER treasury_entry_balances ON treasury_entry",
    "DROP TRIGGER treasury_posting_balances ON treasury_posting",
    "DROP FUNCTION treasury_entry_balances()",
)
# An entry without postings has nothing to add up: its sum begins as 1, which is not nought either.
_SQLITE = (
    "CREATE TABLE treasury_nought (sum INTEGER PRIMARY KEY CHECK (sum = 0))",
    "INSERT INTO treasury_nought VALUES (0)",
    "CREATE TABLE treasury_entry_sum (entry_id INTEGER PRIMARY KEY, "
    "sum INTEGER NOT NULL REFERENCES treasury_nought (sum) DEFERRABLE INITIALLY DEFERRED)",
    "CREATE TRIGGER treasury_entry_begins AFTER INSERT ON treasury_entry "
    "BEGIN INSERT OR REPLACE INTO treasury_entry_sum VALUES (NEW.id, 1); END",
    "CREATE TRIGGER treasury_posting_adds AFTER INSERT ON treasury_posting "
    "BEGIN UPDATE treasury_entry_sum SET sum = (SELECT SUM(amount_fen) FROM treasury_posting "
    "WHERE entry_id = NEW.entry_id) WHERE entry_id = NEW.entry_id; END",
)
_SQLITE_UNDONE = (
    "DROP TRIGGER treasury_posting_adds",
    "DROP TRIGGER treasury_entry_begins",
    "DROP TABLE treasury_entry_sum",
    "DROP TABLE treasury_nought",
)


class BalanceGuard(migrations.RunPython):
    """A migration step that puts the guard on entries and postings."""

    def __init__(self) -> None:
        super().__init__(self._forwards, self._backwards)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a migration file names this step."""
        return self.__class__.__name__, [], {}

    def describe(self) -> str:
        """The line that ``migrate`` shows."""
        return "Let no entry be committed that does not balance"

    def _forwards(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRESQL:
            editor.execute(statement, params=None)

    def _backwards(self, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _SQLITE_UNDONE if editor.connection.vendor == "sqlite" else _POSTGRESQL_UNDONE:
            editor.execute(statement, params=None)
