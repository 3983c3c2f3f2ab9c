"""What counts now (现行数据): facts and attributes that nothing supersedes and that are no withdrawal."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from duixian.office.registry.models import Attribute, FactRecord


def current_facts(kind: str | None = None, enterprise: str | None = None) -> QuerySet[FactRecord]:
    """The facts that count, of one kind or enterprise where that is given."""
    found = FactRecord.objects.filter(successor__isnull=True, is_withdrawal=False)
    if kind is not None:
        found = found.filter(kind=kind)
    return found if enterprise is None else found.filter(enterprise_id=enterprise)


def current_attributes(
    name: str | None = None, enterprise: str | None = None, *, on: date | None = None
) -> QuerySet[Attribute]:
    """The attributes that count, of one name or enterprise, and on one day, where that is given; both ends of a time belong to it."""
    found = Attribute.objects.filter(successor__isnull=True, is_withdrawal=False)
    if name is not None:
        found = found.filter(name=name)
    if enterprise is not None:
        found = found.filter(enterprise_id=enterprise)
    return found if on is None else found.filter(holding_on(on))


def attributes_on(code: str, on: date) -> dict[str, Any]:
    """Every attribute of an enterprise that counts on a day, by name: ``current_attributes(enterprise=code, on=on)`` as one plain query.

    Every permission asks for the area of an enterprise; the query is written out, since putting it together takes longer than running it.
    """
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(_ATTRIBUTES_ON, [code, day, day])
        # Of two that count at once, which the registry does not let in, the first one stands.
        return {name: json.loads(value) for name, value in reversed(cursor.fetchall())}


_ATTRIBUTES_ON = """
    SELECT a.name, a.value FROM registry_attribute a
    WHERE a.enterprise_id = %s AND NOT a.is_withdrawal
    AND (a.valid_from IS NULL OR a.valid_from <= %s) AND (a.valid_to IS NULL OR a.valid_to >= %s)
    AND NOT EXISTS (SELECT 1 FROM registry_attribute s WHERE s.supersedes_id = a.id)
    ORDER BY a.id
"""


def holding_on(day: date) -> Q:
    """The condition that an attribute holds on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
