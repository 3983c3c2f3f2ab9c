"""Queries that are put together once (留存查询): what is asked with every request keeps its SQL, and only its values change.

For such a query Django takes four times as long to put it together as the database takes to answer it.

_ONE = KeptQuery(lambda key: Award.objects.select_related("determination").filter(pk=key))
_ONE.first(award_id)
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
MOST_SHAPES = 256


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a value goes (空位)."""

    index: int


@dataclass(frozen=True, slots=True)
class _Ready:
    """A query as the database takes it (备好的查询); some of its parameters are slots. Without ``sql`` nothing can ever fit."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    parameters: tuple[Any, ...]


class KeptQuery(Generic[M]):
    """A query over a model (留存查询). ``make`` takes the shape, then as many values as are given, and makes a query set of them.

    What the query looks like may depend on the shape alone: a value is a blank while the query is made. ``None`` and lists are no values:
    they make another query, so they belong to the shape.
    """

    def __init__(self, make: Callable[..., QuerySet[M]]) -> None:
        self._make = make
        self._ready: dict[tuple[Any, ...], _Ready] = {}
        self._lock = Lock()

    def __call__(self, *values: Any, shape: tuple[Any, ...] = ()) -> list[M]:
        """The rows for these values."""
        ready = self._made(values, shape)
        return list(_run(ready, ready.sql, _filled(ready, values))) if ready.sql else []

    def part(self, first: int, most: int, *values: Any, shape: tuple[Any, ...] = ()) -> list[M]:
        """So many rows from ``first`` on."""
        ready = self._made(values, shape)
        if not ready.sql:
            return []
        return list(_run(ready, f"{ready.sql} LIMIT %s OFFSET %s", (*_filled(ready, values), most, first)))

    def first(self, *values: Any, shape: tuple[Any, ...] = ()) -> M | None:
        """The first row for these values; None when there is none."""
        found = self(*values, shape=shape)
        return found[0] if found else None

    def count(self, *values: Any, shape: tuple[Any, ...] = ()) -> int:
        """How many rows there are for these values."""
        ready = self._made(values, shape)
        if not ready.sql:
            return 0
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({ready.sql}) counted", _filled(ready, values))
            return int(cursor.fetchone()[0])

    def _made(self, values: tuple[Any, ...], shape: tuple[Any, ...]) -> _Ready:
        key = (*shape, len(values))
        return self._ready.get(key) or self._put_together(key, shape, len(values))

    def _put_together(self, key: tuple[Any, ...], shape: tuple[Any, ...], number: int) -> _Ready:
        queryset = self._make(*shape, *(RawSQL("%s", (_Slot(index),)) for index in range(number)))
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            sql, parameters = "", ()
        ready = _Ready(queryset, compiler, sql, tuple(parameters))
        with self._lock:
            if len(self._ready) >= MOST_SHAPES:
                self._ready.clear()
            self._ready[key] = ready
        return ready


class KeptPage(Generic[M]):
    """A list that is read page by page (留存分页): ``make`` as for a kept query, in an order of its own."""

    def __init__(self, make: Callable[..., QuerySet[M]]) -> None:
        self._rows = KeptQuery[M](make)
        self._keys = KeptQuery[M](lambda *rest: make(*rest).order_by().only("pk").select_related(None))

    def __call__(
        self, first: int, most: int, *values: Any, shape: tuple[Any, ...] = ()
    ) -> tuple[list[M], int]:
        """So many rows from ``first`` on, and how many there are in all."""
        rows = self._rows.part(first, most, *values, shape=shape)
        # A page that is not full is the last one, and tells how many there are.
        is_last = 0 < len(rows) < most or (not rows and not first)
        return rows, first + len(rows) if is_last else self._keys.count(*values, shape=shape)


def _run(ready: _Ready, sql: str, parameters: tuple[Any, ...]) -> ModelIterable[Any]:
    """The rows, made by Django's own reader, which is only told the SQL that stands already."""
    connection = connections[DEFAULT_DB_ALIAS]
    if ready.queryset.query.select_for_update and not connection.in_atomic_block:
        raise RuntimeError("rows are held within a transaction only")
    compiler = copy(ready.compiler)
    compiler.connection = connection
    compiler.as_sql = lambda *_, **__: (sql, parameters)  # type: ignore[method-assign]
    asked: Any = SimpleNamespace(
        db=DEFAULT_DB_ALIAS,
        model=ready.queryset.model,
        query=SimpleNamespace(get_compiler=lambda using: compiler),
        _known_related_objects={},
    )
    return ModelIterable(asked)


def _filled(ready: _Ready, values: tuple[Any, ...]) -> tuple[Any, ...]:
    connection = connections[DEFAULT_DB_ALIAS]
    given = tuple(_adapted(connection, each) for each in values)
    return tuple(given[each.index] if isinstance(each, _Slot) else each for each in ready.parameters)


def _adapted(connection: Any, value: Any) -> Any:
    """A value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
