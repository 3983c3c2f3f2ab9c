"""Dossiers from the database (一企一档): everything that counts about one enterprise, as the engines take it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.city import city
from duixian.office.kept_query import KeptQuery
from duixian.office.refusal import NotThere
from duixian.office.registry.attribute_names import AREAS, REGISTERED, attribute, code_field, name_field
from duixian.office.registry.current import attributes_on, current_facts
from duixian.office.registry.stored_values import field_types, read_stored, read_values
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.house_words import AREA

__all__ = ["AREAS", "area_of", "dossier", "name_of", "read_dossier"]


def dossier(code: str, as_of: date) -> Dossier:
    """The dossier of an enterprise: what it was on a day, and every fact that counts, whenever that happened.

    Engines leave aside by themselves what happened after their day.
    """
    subject = subject_on(code, as_of)
    kept = _FACTS(code)
    types = {kind: field_types(kind) for kind in {each.kind for each in kept}}
    facts = tuple(
        Fact(each.kind, each.number, code, read_values(types[each.kind], each.values)) for each in kept
    )
    return Dossier(code, str(subject.get(name_field(), "")), subject, facts)


_FACTS = KeptQuery(
    lambda code: (
        current_facts().filter(enterprise=code).order_by("kind", "number").only("kind", "number", "values")
    )
)


def subject_on(code: str, on: date) -> dict[str, Value]:
    """What an enterprise was on a day, by the fields of the city's 企业 table; empty when nothing is known of it."""
    types = field_types(city().vocabulary.subject.name)
    held = attributes_on(code, on)
    found = {name: read_stored(value, types[name]) for name, value in held.items() if name in types}
    return {code_field(): code, **found} if found else {}


def read_dossier(actor: Actor, code: str, as_of: date) -> Dossier:
    """The dossier for somebody who may see it; the look is told.

    Raises:
        NotThere: when there is none, or it is not his to see.
    """
    with acting():
        demand(actor, "enterprise.read", area=area_of(code, as_of), enterprise=code)
        demand_known(code)
        tell(actor, "enterprise.read", code, enterprise=code, detail={"as_of": as_of.isoformat()})
        return dossier(code, as_of)


def name_of(code: str, on: date) -> str:
    """The name that an enterprise bore on a day; "" when none is known for it."""
    return _text(attributes_on(code, on), name_field())


def area_of(code: str, on: date) -> str:
    """The area whose officers an enterprise has on a day: 所属地区, and where that is not known the place of registration.

    所属地区 is what decides who pays, so the same county that pays also checks; "" when neither is known.
    """
    held = attributes_on(code, on)
    return _text(held, AREA) or _text(held, attribute(REGISTERED).name)


def demand_known(code: str) -> None:
    """Go on only when the registry has the enterprise.

    Raises:
        NotThere: when it has not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM registry_enterprise WHERE code = %s", [code])
        is_known = cursor.fetchone() is not None
    if not is_known:
        raise NotThere("not-there", "没有找到", why="企业库中没有这家企业，或不在该账号的管辖范围内")


def _text(held: Mapping[str, Any], name: str) -> str:
    value = held.get(name)
    return str(value) if value is not None else ""
