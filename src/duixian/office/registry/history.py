"""Histories (沿革): every version of an attribute or a fact, what superseded what, and from which source each came."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.kept_query import KeptPage
from duixian.office.registry.attribute_names import attribute
from duixian.office.registry.dossiers import area_of, demand_known
from duixian.office.registry.models import Attribute, FactRecord


def attribute_history(actor: Actor, code: str, name: str = "") -> QuerySet[Attribute]:
    """Every row of an attribute of an enterprise, or of all its attributes, by name and in the order of recording; the look is told.

    A row counts now when it has no ``successor`` and is no withdrawal.
    """
    with acting():
        _look(actor, "enterprise.read", code, name)
        rows = Attribute.objects.filter(enterprise_id=code).select_related("source", "successor")
        if name:
            rows = rows.filter(name=attribute(name).name)
        return rows.order_by("name", "pk")


def fact_history(
    actor: Actor,
    code: str,
    kind: str = "",
    number: str = "",
    *,
    is_whole: bool = True,
    first: int = 0,
    most: int = 50,
) -> tuple[list[FactRecord], int]:
    """The facts of an enterprise, of one kind or number where that is given, each in every version or as it counts now; the look is told.

    So many from ``first`` on, and how many there are in all.
    """
    with acting():
        _look(actor, "fact.read", code, kind)
        given = {name: value for name, value in (("kind", kind), ("number", number)) if value}
        return _FACTS(first, most, code, *given.values(), shape=(tuple(given), is_whole))


def _facts(names: tuple[str, ...], is_whole: bool, code: Any, *values: Any) -> QuerySet[FactRecord]:
    rows = FactRecord.objects.filter(enterprise=code, **dict(zip(names, values, strict=True)))
    if not is_whole:
        rows = rows.filter(successor__isnull=True, is_withdrawal=False)
    return rows.select_related("source", "successor").order_by("kind", "number", "pk")


_FACTS = KeptPage(_facts)


def _look(actor: Actor, action: str, code: str, of: str) -> None:
    demand(actor, action, area=area_of(code, timezone.localdate()), enterprise=code)
    demand_known(code)
    tell(actor, action, code, enterprise=code, detail={"history": of})
