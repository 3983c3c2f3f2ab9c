"""Finding enterprises (查找企业): by code or by a part of a name, each officer within his area."""

from __future__ import annotations

from dataclasses import dataclass
from json.encoder import encode_basestring_ascii
from typing import Any

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.city import city
from duixian.office.registry.attribute_names import REGISTERED, attribute, name_field
from duixian.office.registry.current import current_attributes
from duixian.office.registry.dossiers import area_of, name_of
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
        found = found.filter(pk__in=_named(text.strip())) | found.filter(pk=text.strip().upper())
    if not actor.area:
        return found
    region = city().region
    within = [name for name in region.areas if region.lies_in(name, frozenset((actor.area,)))]
    today = timezone.localdate()
    managed = current_attributes(AREA, on=today)
    registered = current_attributes(attribute(REGISTERED).name, on=today).filter(value__in=within)
    elsewhere = managed.values("enterprise_id")
    return found.filter(pk__in=managed.filter(value__in=within).values("enterprise_id")) | found.filter(
        pk__in=registered.exclude(enterprise_id__in=elsewhere).values("enterprise_id")
    )


def listed(enterprise: Enterprise) -> Listed:
    """An enterprise with its name and area of today."""
    today = timezone.localdate()
    return Listed(enterprise.pk, name_of(enterprise.pk, today), area_of(enterprise.pk, today))


def _named(text: str) -> QuerySet[Any, Any]:
    """The codes whose names hold the text."""
    # SQLite keeps JSON as text with escapes; PostgreSQL writes it out plainly.
    part = encode_basestring_ascii(text)[1:-1] if connection.vendor == "sqlite" else text
    names = current_attributes(name_field()).annotate(text=Cast("value", TextField()))
    return names.filter(text__contains=part).values("enterprise_id")
