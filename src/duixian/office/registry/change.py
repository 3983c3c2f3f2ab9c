"""Changing what is known of an enterprise (变更与更正): by rows that supersede others, never by editing.

A *change* happened on a day: what was true before stays true before. A *correction* says that it was never so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.registry.attribute_names import REGISTERED, attribute
from duixian.office.registry.current import current_attributes
from duixian.office.registry.dossiers import area_of, demand_known
from duixian.office.registry.models import Attribute, Source
from duixian.office.registry.pen import take_the_pen
from duixian.office.registry.record import hold, overlap
from duixian.office.registry.sources import made_source
from duixian.office.registry.spans import Span
from duixian.office.registry.stored_values import stored
from duixian.office.registry.value_types import demand_fits
from duixian.rules.fact import Value
from duixian.rules.house_words import AREA

_ONE_DAY = timedelta(days=1)


def change(
    actor: Actor, source: Source, code: str, name: str, value: Value, since: date, row: int | None = None
) -> Attribute:
    """Record that an attribute has another value from a day on: what held until then ends the day before.

    Raises:
        Refusal: ``attribute-unknown`` or ``value-unfit``.
        Clash: ``attribute-overlaps`` when something is known to begin on that day or later.
    """
    field = attribute(name)
    demand_fits(field, value)
    with acting():
        take_the_pen()
        demand_known(code)
        _demand(actor, code, field.name, value)
        found = changed(source, code, field.name, value, since, row)
        detail = {"source": source.pk, "fields": [field.name], "since": since.isoformat()}
        tell(actor, "enterprise.change", code, enterprise=code, detail=detail)
        return found


def changed(
    source: Source, code: str, name: str, value: Value, since: date, row: int | None = None
) -> Attribute:
    """The same, for services that have demanded and tell by themselves, the pen in hand."""
    for other in current_attributes(name, code).order_by("valid_from"):
        span = Span(other.valid_from, other.valid_to)
        if other.value == stored(value) and span.holds(Span(since)):
            return other
        if not span.meets(Span(since)):
            continue
        if other.valid_from is not None and other.valid_from >= since:
            raise overlap(other, span, Span(since))
        _supersede(
            other, other.source, other.value, Span(other.valid_from, since - _ONE_DAY), other.source_row
        )
    written = hold(source, code, name, value, Span(since), row)
    return written or current_attributes(name, code, on=since).get()


def correct(
    actor: Actor,
    source: Source,
    attribute_id: int,
    value: Value,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Attribute:
    """Say that an attribute was wrong: another value, or other days, in its place. The same again is the same.

    Raises:
        Refusal: ``value-unfit`` or ``span-backwards``.
        Clash: ``attribute-superseded``, or ``attribute-overlaps`` when the new days are another's.
    """
    span = Span(valid_from, valid_to)
    with acting():
        take_the_pen()
        found = _attribute(attribute_id)
        demand_fits(attribute(found.name), value)
        _demand(actor, found.enterprise_id, found.name, value)
        later = Attribute.objects.filter(supersedes=found).first()
        if later is not None and _says(later, value, span):
            return later
        if later is not None or found.is_withdrawal:
            raise _superseded(later or found)
        others = current_attributes(found.name, found.enterprise_id).exclude(pk=found.pk)
        _demand_free(others, span)
        written = _supersede(found, source, stored(value), span, None)
        detail = {"source": source.pk, "fields": [found.name], "corrects": found.pk}
        tell(actor, "enterprise.correct", found.enterprise_id, enterprise=found.enterprise_id, detail=detail)
        return written


def withdraw_attribute(actor: Actor, attribute_id: int, reason: str) -> Attribute:
    """Say that an attribute should not be known at all. Again is the same.

    Raises:
        Refusal: ``reason-missing``.
        Clash: ``attribute-superseded``.
    """
    if not reason.strip():
        raise Refusal("reason-missing", "没有写理由", why="撤回登记须说明理由", fix="请写明理由")
    with acting():
        take_the_pen()
        found = _attribute(attribute_id)
        code = found.enterprise_id
        demand(actor, "enterprise.correct", area=area_of(code, timezone.localdate()), enterprise=code)
        later = Attribute.objects.filter(supersedes=found).first()
        if (later or found).is_withdrawal:
            return later or found
        if later is not None:
            raise _superseded(later)
        source = made_source(actor, f"撤回：{reason.strip()}")
        span = Span(found.valid_from, found.valid_to)
        written = _supersede(found, source, found.value, span, None, is_withdrawal=True)
        detail = {"fields": [found.name], "reason": reason.strip()}
        tell(actor, "enterprise.correct", code, enterprise=code, detail=detail)
        return written


def _demand(actor: Actor, code: str, name: str, value: Value) -> None:
    """Whoever may touch the enterprise; a county officer does not hand it to another county, nor take it from one."""
    areas = {area_of(code, timezone.localdate())}
    if name in (AREA, attribute(REGISTERED).name):
        areas.add(str(value))
    for area in areas:
        demand(actor, "enterprise.correct", area=area, enterprise=code)


def name_of_attribute(attribute_id: int) -> str:
    """Of which attribute a row is.

    Raises:
        NotThere: when there is no such row.
    """
    return _attribute(attribute_id).name


def _attribute(attribute_id: int) -> Attribute:
    found = Attribute.objects.select_related("source").filter(pk=attribute_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到", why="没有这条登记")
    return found


def _demand_free(others: Iterable[Attribute], span: Span) -> None:
    for other in others:
        known = Span(other.valid_from, other.valid_to)
        if known.meets(span):
            raise overlap(other, known, span)


def _says(one: Attribute, value: Value, span: Span) -> bool:
    return not one.is_withdrawal and one.value == stored(value) and Span(one.valid_from, one.valid_to) == span


def _supersede(
    found: Attribute,
    source: Source,
    kept: object,
    span: Span,
    row: int | None,
    *,
    is_withdrawal: bool = False,
) -> Attribute:
    return Attribute.objects.create(
        enterprise_id=found.enterprise_id, name=found.name, value=kept, valid_from=span.first, valid_to=span.last,
        source=source, source_row=row, supersedes=found, is_withdrawal=is_withdrawal,
    )  # fmt: skip


def _superseded(later: Attribute) -> Clash:
    return Clash(
        "attribute-superseded",
        "这条登记已被替代",
        why="只能更正最新的登记",
        fix="请打开最新登记",
        attribute=later.pk,
    )
