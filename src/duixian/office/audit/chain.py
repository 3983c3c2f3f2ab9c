"""The chain (哈希链): an event's hash covers everything it says and the hash of the event before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import CharField
from django.utils import timezone

from duixian.office.advisory_lock import wait_in_line
from duixian.office.audit.models import AuditEvent

BEGINNING = "0" * 64
"""What the first event has before it."""
_LENGTHS = {
    each.name: each.max_length
    for each in AuditEvent._meta.get_fields()
    if isinstance(each, CharField) and each.max_length is not None
}
"""How long each text of an event may be; SQLite would not notice."""
_CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
_TOLD = ("actor", "action", "subject_type", "subject_id", "enterprise")


@dataclass(frozen=True, slots=True)
class Told:
    """What an event tells (审计内容), before it has its place in the chain."""

    actor: str
    action: str
    subject_type: str = ""
    subject_id: str = ""
    enterprise: str = ""
    detail: Mapping[str, Any] | None = None


def append(told: Iterable[Told]) -> None:
    """Put events at the end of the chain, in the transaction at hand.

    Only one transaction at a time does that: on PostgreSQL behind a lock that ends with it, on SQLite there is one writer anyway.

    Raises:
        ValueError: for what the database would keep otherwise than it was told: a number that is not whole, a text too long for its column.
    """
    events = list(told)
    for each in events:
        _demand_keepable(each)
    if not events:
        return
    # What is checked only at commit would lock rows while the chain is held, and two transactions could wait for each other.
    wait_in_line("audit chain", before=_CHECK_NOW)
    # Plain statements: the chain is held meanwhile, and everybody waits.
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        number, last = cursor.fetchone() or (0, BEGINNING)
        rows = [_row(each) for each in _linked(events, number, last)]
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            cursor.execute(
                f"{_APPEND} {', '.join([_BLANKS] * len(some))}", [value for row in some for value in row]
            )


_LAST = f"SELECT number, hash FROM {AuditEvent._meta.db_table} ORDER BY number DESC LIMIT 1"
_COLUMNS = tuple(each.name for each in AuditEvent._meta.concrete_fields)
_APPEND = f"INSERT INTO {AuditEvent._meta.db_table} ({', '.join(_COLUMNS)}) VALUES"
_BLANKS = f"({', '.join(['%s'] * len(_COLUMNS))})"
_AT_ONCE = 500
"""So many events go into one statement."""


def _row(event: AuditEvent) -> list[Any]:
    """An event as the database takes it."""
    told = {name: getattr(event, name) for name in _COLUMNS}
    told["at"] = connection.ops.adapt_datetimefield_value(event.at)
    told["detail"] = json.dumps(event.detail, ensure_ascii=False)
    return list(told.values())


def _demand_keepable(told: Told) -> None:
    for name in _TOLD:
        if len(getattr(told, name)) > _LENGTHS[name]:
            raise ValueError(f"{name} is longer than {_LENGTHS[name]}")
    _demand_exact(told.detail)


def _demand_exact(value: object) -> None:
    """No floats: PostgreSQL writes 1e16 as a whole number, and the hash would no longer be that of what is kept."""
    if isinstance(value, float):
        raise ValueError("a number that is not whole has no place in the audit chain")
    if isinstance(value, Mapping):
        for name, each in value.items():
            if not isinstance(name, str):
                raise ValueError("names in the audit chain are texts")
            _demand_exact(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _demand_exact(each)


def _linked(events: list[Told], number: int, previous: str) -> Iterator[AuditEvent]:
    now = timezone.now()
    for each in events:
        number += 1
        event = AuditEvent(
            number=number, at=now, actor=each.actor, action=each.action, subject_type=each.subject_type,
            subject_id=each.subject_id, enterprise=each.enterprise, detail=dict(each.detail or {}),
            algorithm=settings.AUDIT_ALGORITHM, previous_hash=previous,
        )  # fmt: skip
        event.hash = previous = hash_of(event)
        yield event


def hash_of(event: AuditEvent) -> str:
    """The hash that an event must have."""
    said = [
        event.number, _moment(event.at), event.actor, event.action, event.subject_type, event.subject_id, event.enterprise,
        event.detail, event.algorithm, event.previous_hash,
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new(event.algorithm, text.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
