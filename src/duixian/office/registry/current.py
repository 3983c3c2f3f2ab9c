"""What counts now (现行数据): facts and attributes that nothing supersedes and that are no withdrawal."""

from __future__ import annotations

from datetime import date

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


def holding_on(day: date) -> Q:
    """The condition that an attribute holds on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))
