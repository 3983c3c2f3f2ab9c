"""Many rows at once (批量写入): COPY on PostgreSQL, one prepared statement on SQLite; a hundred thousand rows in seconds.

Rows are given as tuples in the order of the named columns (``enterprise_id``, not ``enterprise``); what is not named takes the
database's null or its own number. Constraints and triggers hold as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from json.encoder import JSONEncoder, encode_basestring_ascii
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Field, JSONField, Model

_PIECE = 20_000
_ENCODER = JSONEncoder()


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into a model's table."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    encoders = [_encoder(_field(model, name)) for name in columns]
    named = ", ".join(map(quote, columns))
    encoded = (
        [encode(value) if encode else value for encode, value in zip(encoders, row, strict=True)]
        for row in rows
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(table)} ({named}) FROM STDIN") as copy:
                for row in encoded:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {quote(table)} ({named}) VALUES ({places})"
        while piece := list(islice(encoded, _PIECE)):
            cursor.executemany(statement, piece)


def reserve_numbers(model: type[Model], count: int) -> list[int]:
    """Numbers for rows that are to be inserted with their keys; the caller is the only writer, or the database keeps writers apart."""
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return list(range(first, first + count))


def set_column(model: type[Model], column: str, values: Iterable[tuple[int, Any]]) -> None:
    """Set one column of many rows, each given with its key."""
    pairs = list(values)
    if not pairs:
        return
    table, name = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET {name} = given.value FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, value) "
                f"WHERE {table}.id = given.id",
                [[key for key, _ in pairs], [value for _, value in pairs]],
            )
            return
        cursor.executemany(
            f"UPDATE {table} SET {name} = %s WHERE id = %s", [(value, key) for key, value in pairs]
        )


def _field(model: type[Model], column: str) -> Field[Any, Any]:
    for field in model._meta.concrete_fields:
        if field.column == column:
            return field
    raise KeyError(column)


def _encoder(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, JSONField):
        return _json
    if isinstance(field, DateTimeField):
        return _moments()
    if isinstance(field, DateField):
        return _day
    return None


def _json(value: Any) -> str:
    """JSON as Django itself writes it: SQLite finds a key only when it is escaped as the path is that asks for it."""
    if type(value) is str:
        return encode_basestring_ascii(value)
    return "[]" if value == [] else _ENCODER.encode(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def _moments() -> Callable[[datetime | None], Any]:
    """How moments are written; rows of one go have one moment, so the last one is remembered."""
    last: list[Any] = [None, None]

    def write(value: datetime | None) -> Any:
        if value is not last[0]:
            last[:] = value, None if value is None else connection.ops.adapt_datetimefield_value(value)
        return last[1]

    return write
