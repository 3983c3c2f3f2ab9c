"""Rows into the database and out of it (认定结果入库): hundreds of thousands at once, all of them or none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pcsv  # type: ignore[import-untyped]
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast

from duixian.exchange.columns.typed import JOINT
from duixian.office.runs.models import StoredDetermination
from duixian.office.runs.rows import COLUMNS, LISTS, SCHEMA

_AT_ONCE = 20_000
_INTO = ("run_id", "position", *COLUMNS)


def keep_rows(run_id: int, rows: Any) -> None:
    """Add the rows of a run, numbered from 1, in the transaction at hand."""
    if connection.vendor == "postgresql":
        _copy(run_id, rows)
    else:
        _insert(run_id, rows)


def _whole(run_id: int, rows: Any, first: int) -> Any:
    """Rows with their run and number, several names as JSON."""
    columns = {name: rows.column(name) for name in COLUMNS}
    columns |= {name: _json_lists(columns[name]) for name in LISTS}
    numbers = pa.array(range(first, first + len(rows)), pa.int64())
    return pa.table(
        {"run_id": pa.array([run_id] * len(rows), pa.int64()), "position": numbers, **columns}
    ).select(_INTO)


def _json_lists(column: Any) -> Any:
    chunks = [
        pa.DictionaryArray.from_arrays(
            chunk.indices, pa.array([json_list(each) for each in chunk.dictionary.to_pylist()], pa.string())
        )
        for chunk in column.chunks
    ]
    return pa.chunked_array(chunks, column.type)


def json_list(joined: str) -> str:
    """Several names in JSON.

    >>> json_list("日期；金额"), json_list("")
    ('["日期", "金额"]', '[]')
    """
    return json.dumps(joined.split(JOINT) if joined else [], ensure_ascii=False)


def _copy(run_id: int, rows: Any) -> None:
    """By COPY: PostgreSQL reads the same form of text that results are written in."""
    names = ", ".join(f'"{name}"' for name in _INTO)
    statement = f"COPY {StoredDetermination._meta.db_table} ({names}) FROM STDIN WITH (FORMAT csv)"
    options = pcsv.WriteOptions(include_header=False, quoting_style="needed")
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for first in range(0, len(rows), _AT_ONCE):
            into = io.BytesIO()
            pcsv.write_csv(_whole(run_id, rows.slice(first, _AT_ONCE), first + 1), into, options)
            copy.write(into.getvalue())


def _insert(run_id: int, rows: Any) -> None:
    names = ", ".join(f'"{name}"' for name in _INTO)
    places = ", ".join(["%s"] * len(_INTO))
    statement = f"INSERT INTO {StoredDetermination._meta.db_table} ({names}) VALUES ({places})"
    with connection.cursor() as cursor:
        for first in range(0, len(rows), _AT_ONCE):
            part = _whole(run_id, rows.slice(first, _AT_ONCE), first + 1)
            cursor.executemany(statement, list(zip(*map(_values, part.columns), strict=True)))


def _values(column: Any) -> list[Any]:
    """The values of a column; lists of names are resolved by Arrow, ten times as fast as name by name."""
    values: list[Any] = column.cast(
        pa.large_string() if pa.types.is_dictionary(column.type) else column.type
    ).to_pylist()
    return values


def kept_rows(run_id: int) -> Any:
    """The rows of a run as the database has them, as one table; the numbers of the rows beside them in ``position``."""
    parts = [pa.table(_columns(rows), schema=_KEPT) for rows in _stored(run_id)]
    return pa.concat_tables(parts) if parts else _KEPT.empty_table()


_KEPT = pa.schema(
    [("position", pa.int64())]
    + [
        (field.name, pa.large_string() if pa.types.is_dictionary(field.type) else field.type)
        for field in SCHEMA
    ]
)


def _stored(run_id: int) -> Iterator[list[tuple[Any, ...]]]:
    lists = {f"{name}_text": Cast(name, TextField()) for name in LISTS}
    wanted = [f"{name}_text" if name in LISTS else name for name in COLUMNS]
    query = StoredDetermination.objects.filter(run_id=run_id).annotate(**lists).order_by("position")
    statement, parameters = query.values_list("position", *wanted).query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows


def _columns(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    columns: dict[str, Any] = dict(zip(_KEPT.names, zip(*rows, strict=True), strict=True))
    for name in LISTS:
        known = {text: JOINT.join(json.loads(text)) for text in set(columns[name])}
        columns[name] = [known[text] for text in columns[name]]
    return columns
