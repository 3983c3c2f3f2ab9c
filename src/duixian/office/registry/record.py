"""Recording by hand (登记): what an officer enters of one enterprise. The same again changes nothing; what contradicts is a clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from duixian.credit_code import NotACreditCode, read_code
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.city import city
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.registry.attribute_names import REGISTERED, attribute, code_field
from duixian.office.registry.current import current_attributes
from duixian.office.registry.dossiers import area_of
from duixian.office.registry.fact_rows import FactRow, Recorded, ensure_enterprises, withdraw_all, write_facts
from duixian.office.registry.models import Attribute, Enterprise, FactRecord, Source
from duixian.office.registry.pen import take_the_pen
from duixian.office.registry.sources import made_source
from duixian.office.registry.spans import Span
from duixian.office.registry.stored_values import stored
from duixian.office.registry.value_types import demand_fits, demand_values
from duixian.rules.fact import Value
from duixian.rules.house_words import AREA

__all__ = ["FactRow", "Recorded", "record_enterprise", "record_facts", "withdraw"]


def record_enterprise(
    actor: Actor,
    source: Source,
    code: str,
    attributes: Mapping[str, Value],
    row: int | None = None,
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Enterprise:
    """Record what an enterprise was from one day to another, None where that is open; an enterprise that is not there yet begins.

    Raises:
        Refusal: ``code-invalid``, ``attribute-unknown``, ``value-unfit`` or ``span-backwards``.
        Clash: ``attribute-overlaps`` when another value is known for some of these days.
    """
    code, span = checked_code(code), Span(valid_from, valid_to)
    values = {field.name: (field, value) for name, value in attributes.items() if (field := attribute(name))}
    for field, value in values.values():
        demand_fits(field, value)
    with acting():
        take_the_pen()
        _demand_here(actor, code, {name: value for name, (_, value) in values.items()})
        ensure_enterprises({code})
        changed = [
            name
            for name, (_, value) in sorted(values.items())
            if name != code_field() and hold(source, code, name, value, span, row)
        ]
        if changed:
            detail = {
                "source": source.pk,
                "fields": changed,
                "from": str(valid_from or ""),
                "to": str(valid_to or ""),
            }
            tell(actor, "enterprise.record", code, enterprise=code, detail=detail)
        return Enterprise.objects.get(pk=code)


def record_facts(actor: Actor, source: Source, rows: Iterable[FactRow]) -> Recorded:
    """Record facts: a number that is known gets a new version when its content differs.

    Raises:
        Refusal: ``code-invalid``, ``kind-unknown``, ``number-missing``, ``field-unknown`` or ``value-unfit``.
        Clash: ``number-twice``.
    """
    given = [_whole(row) for row in rows]
    with acting():
        take_the_pen()
        for code in sorted({row.code for row in given}) if actor.role == Role.COUNTY_OFFICER else [""]:
            demand(
                actor,
                "fact.record",
                area=area_of(code, timezone.localdate()) if code else "",
                enterprise=code,
            )
        recorded = write_facts(source.pk, given)
        codes = {row.code for row in given}
        if recorded.new or recorded.superseded:
            detail = {"source": source.pk, "kinds": sorted({row.kind for row in given}), **recorded.counts}
            one = next(iter(codes)) if len(codes) == 1 else ""
            tell(actor, "fact.record", source, enterprise=one, detail=detail)
        return recorded


def withdraw(actor: Actor, fact: FactRecord | int, reason: str) -> FactRecord:
    """Withdraw a fact: a row that says so supersedes it, and both stay. Again is the same.

    Runs that were frozen with the fact keep it; only new ones go without.

    Raises:
        Refusal: ``reason-missing``.
        Clash: ``fact-superseded`` when there is a later version.
    """
    number = fact if isinstance(fact, int) else fact.pk
    if not reason.strip():
        raise Refusal("reason-missing", "没有写理由", why="撤回事实须说明理由", fix="请写明理由")
    with acting():
        take_the_pen()
        found = FactRecord.objects.filter(pk=number).first()
        if found is None:
            raise NotThere("not-there", "没有找到", why="没有这条事实")
        code = found.enterprise_id
        demand(actor, "fact.withdraw", area=area_of(code, timezone.localdate()), enterprise=code)
        later = FactRecord.objects.filter(supersedes=found).first()
        if later is not None and not later.is_withdrawal:
            raise Clash(
                "fact-superseded",
                "这条事实已有新版本",
                why="只能撤回最新版本",
                fix="请打开最新版本",
                fact=later.pk,
            )
        if later is not None or found.is_withdrawal:
            return later or found
        source = made_source(actor, f"撤回：{reason.strip()}")
        withdraw_all(source.pk, [found])
        detail = {"kind": found.kind, "number": found.number, "reason": reason.strip()}
        tell(actor, "fact.withdraw", found, enterprise=code, detail=detail)
        return FactRecord.objects.get(supersedes=found)


def hold(
    source: Source, code: str, name: str, value: Value, span: Span, row: int | None = None
) -> Attribute | None:
    """Put down one attribute, the pen in hand; None when it is known already.

    Raises:
        Clash: ``attribute-overlaps``, with what it meets.
    """
    kept = stored(value)
    for other in current_attributes(name, code).order_by("valid_from"):
        known = Span(other.valid_from, other.valid_to)
        if other.value == kept and known.holds(span):
            return None
        if known.meets(span):
            raise overlap(other, known, span)
    return Attribute.objects.create(
        enterprise_id=code, name=name, value=kept, valid_from=span.first, valid_to=span.last, source=source, source_row=row
    )  # fmt: skip


def overlap(other: Attribute, known: Span, span: Span) -> Clash:
    """The clash of a new span with one that is known."""
    return Clash(
        "attribute-overlaps",
        f"{other.name}在{span}与已登记的{known}重叠",
        why=f"同一天只能有一个值；已登记的来源：{other.source.title}",
        fix="如情况已变化，请登记变更日期；如原登记有误，请更正原登记",
        attribute=other.pk,
        name=other.name,
        valid_from=str(known.first or ""),
        valid_to=str(known.last or ""),
    )


def checked_code(code: str) -> str:
    """A credit code in its one spelling; one that the registry knows needs no check.

    Raises:
        Refusal: ``code-invalid``.
    """
    if Enterprise.objects.filter(pk=code).exists():
        return code
    try:
        return read_code(code)
    except NotACreditCode as error:
        raise Refusal(
            "code-invalid", "统一社会信用代码不对", why=str(error), fix="请对照营业执照重新填写"
        ) from error


def _demand_here(actor: Actor, code: str, values: Mapping[str, Value]) -> None:
    """A county officer records what is in his own area, and does not move it into another's, nor take it from there."""
    known = area_of(code, timezone.localdate())
    given = str(values.get(AREA) or values.get(attribute(REGISTERED).name) or "")
    for area in {known or given, given or known}:
        demand(actor, "enterprise.record", area=area, enterprise=code)


def _whole(row: FactRow) -> FactRow:
    """The row with its number and code among its values, as tables have them."""
    kind = city().vocabulary.kinds.get(row.kind)
    if kind is None or kind.is_subject:
        raise Refusal("kind-unknown", f"没有这种事实：{row.kind[:40]}", fix="请使用词汇表中的事实种类")
    code = checked_code(row.code)
    if not row.number.strip() or len(row.number) > 80:
        raise Refusal("number-missing", "事实没有编号，或编号过长", why="编号不超过80字", fix="请填写编号")
    return FactRow(row.kind, row.number, code, demand_values(kind, row.number, code, row.values), row.row)
