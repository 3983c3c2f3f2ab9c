"""Finding enterprises (查找企业): by code or by a part of a name, each officer within his area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.city import city
from duixian.office.registry.attribute_names import REGISTERED, attribute, name_field
from duixian.office.registry.current import current_attributes
from duixian.office.registry.models import Enterprise
from duixian.rules.house_words import AREA


@dataclass(frozen=True, slots=True)
class Listed:
    """An enterprise in a list (企业): what it is called today, and whose it is."""

    code: str
    name: str
    area: str


def find_enterprises(actor: Actor, text: str = "") -> QuerySet[Enterprise]:
    """The enterprises whose code is the text or one of whose names, past ones too, holds it; all without a text."""
    demand(actor, "enterprise.list")
    found = Enterprise.objects.order_by("code")
    if text.strip():
        found = found.filter(pk__in=_named(text.strip()))
    return found.filter(pk__in=_within(actor.area)) if actor.area else found


def listed(enterprises: Iterable[Enterprise]) -> list[Listed]:
    """Enterprises with their names and areas of today, as ``name_of`` and ``area_of`` have them, read for all of them in one go."""
    codes = [each.pk for each in enterprises]
    registered = attribute(REGISTERED).name
    held: dict[tuple[str, str], str] = {}
    rows = current_attributes(on=timezone.localdate()).filter(enterprise_id__in=codes).order_by("-pk")
    for code, name, value in rows.filter(name__in=(name_field(), AREA, registered)).values_list(
        "enterprise_id", "name", "value"
    ):
        held[code, name] = str(value) if value is not None else ""
    return [
        Listed(
            code,
            held.get((code, name_field()), ""),
            held.get((code, AREA)) or held.get((code, registered), ""),
        )
        for code in codes
    ]


def _named(text: str) -> RawSQL:
    """The codes whose names hold the text, and the code that is the text."""
    like = f"%{connection.ops.prep_for_like_query(text)}%"
    return RawSQL(
        f"SELECT a.enterprise_id FROM registry_attribute a WHERE a.name = %s AND {_text()} LIKE %s ESCAPE '\\' AND {_CURRENT} "
        "UNION SELECT e.code FROM registry_enterprise e WHERE e.code = %s",
        (name_field(), like, text.upper()),
    )


def _within(area: str) -> RawSQL | list[str]:
    """The codes whose area of today, as ``area_of`` has it, lies in this one; none where the city does not know it."""
    region, today = city().region, connection.ops.adapt_datefield_value(timezone.localdate())
    names = [name for name in region.areas if region.lies_in(name, frozenset((area,)))]
    if not names:
        return []
    held = f"a.name = %s AND {_text()} IN ({', '.join(['%s'] * len(names))}) AND {_CURRENT} AND {_HOLDS.format('a')}"
    return RawSQL(
        f"SELECT a.enterprise_id FROM registry_attribute a WHERE {held} "
        f"UNION SELECT a.enterprise_id FROM registry_attribute a WHERE {held} AND NOT EXISTS ("
        "SELECT 1 FROM registry_attribute m WHERE m.enterprise_id = a.enterprise_id AND m.name = %s AND NOT m.is_withdrawal "
        f"AND {_HOLDS.format('m')} AND NOT EXISTS (SELECT 1 FROM registry_attribute s WHERE s.supersedes_id = m.id))",
        (AREA, *names, today, today, attribute(REGISTERED).name, *names, today, today, AREA, today, today),
    )


_CURRENT = (
    "NOT a.is_withdrawal AND NOT EXISTS (SELECT 1 FROM registry_attribute s WHERE s.supersedes_id = a.id)"
)
"""The rows of ``current_attributes``. Written out: for a query of this size, putting it together takes longer than running it."""
_HOLDS = "({0}.valid_from IS NULL OR {0}.valid_from <= %s) AND ({0}.valid_to IS NULL OR {0}.valid_to >= %s)"


def _text() -> str:
    """The text in a JSON value."""
    return "json_extract(a.value, '$')" if connection.vendor == "sqlite" else "(a.value #>> '{}')"
