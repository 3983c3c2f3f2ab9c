"""Plain rows (直接写行): one row put into its table, or changed there, by a statement that names its columns and nothing else.

For what is written with every request: Django's ``save`` takes five times as long to put such a statement together as the database to run
it. What a field does when it is saved (its clock, its form in the database) is done here as well; signals are not sent: nobody listens.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)


def insert(row: M) -> M:
    """Put a new row into its table; it has its key then."""
    statement, fields = _insertion(type(row))
    values = [_value(row, each, is_new=True) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


def update(row: Model, names: Iterable[str]) -> None:
    """Write these fields of a row that is there already, and no others.

    Raises:
        RuntimeError: when there is no such row.
    """
    fields: list[Field[Any, Any]] = [row._meta.get_field(each) for each in names]  # type: ignore[misc]
    columns = ", ".join(f"{_quoted(each.column)} = %s" for each in fields)
    key = row._meta.pk
    values = [*(_value(row, each, is_new=False) for each in fields), row.pk]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(row._meta.db_table)} SET {columns} WHERE {_quoted(key.column)} = %s", values
        )
        if cursor.rowcount != 1:
            raise RuntimeError(f"no row {row.pk} in {row._meta.db_table}")


@cache
def _insertion(model: type[Model]) -> tuple[str, tuple[Field[Any, Any], ...]]:
    """The statement, and the fields whose values it takes: all but the key that the database gives."""
    meta = model._meta
    fields = tuple(each for each in meta.concrete_fields if each is not meta.auto_field)
    columns = ", ".join(_quoted(each.column) for each in fields)
    blanks = ", ".join(["%s"] * len(fields))
    key = _quoted(meta.pk.column)
    return (
        f"INSERT INTO {_quoted(meta.db_table)} ({columns}) VALUES ({blanks}) RETURNING {key}",
        fields,
    )


def _value(row: Model, field: Field[Any, Any], *, is_new: bool) -> Any:
    return field.get_db_prep_save(field.pre_save(row, is_new), connection)


def _quoted(name: str | None) -> str:
    assert name is not None
    return str(connection.ops.quote_name(name))
