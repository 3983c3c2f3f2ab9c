"""The words with which a city's rules speak: what random facts must be made of to meet them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from itertools import chain

from duixian.rules.expression import Compare, Contains, Exists, FieldRef, Literal, Scope, Type
from duixian.rules.fact import Value
from duixian.rules.house_words import PAYMENT, PAYMENT_CLAUSE, PAYMENT_DOCUMENT, PAYMENT_MATTER
from duixian.rules.measure import AwardRow, FixedSum, Measure, RateOfBase
from duixian.rules.policy import City, Policy

ONE_DAY = timedelta(days=1)
Names = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True)
class Sketch:
    """A kind of fact that some rule asks for, and the values that the rule names for its fields."""

    kind: str
    names: Names


@dataclass(frozen=True)
class Words:
    """What the rules of a city name: facts by measure, the fields they read, and the sums and days at which they turn."""

    city: City
    measures: tuple[Measure, ...]
    sketches: Mapping[str, tuple[Sketch, ...]]
    payments: Mapping[str, Sketch]
    common: tuple[Sketch, ...]
    fields: Mapping[str, tuple[str, ...]]
    sums: tuple[int, ...]
    days: tuple[date, ...]


def words_of(city: City) -> Words:
    """Read all rules of a city once."""
    measures = city.measures
    exclusions = [each for policy in city.policies for each in policy.exclusions]
    return Words(
        city=city,
        measures=measures,
        sketches={each.id: (*_of_rows(each), *_of_proofs(each)) for each in measures},
        payments={each.id: _of_payment(each) for each in measures},
        common=tuple(_of_proofs(exclusions)),
        fields=_fields_read(city),
        sums=_turning_sums(city.policies),
        days=_turning_days(city.policies),
    )


def nodes(node: object) -> Iterator[object]:
    """A rule and all that it is made of."""
    yield node
    if isinstance(node, tuple | list | frozenset):
        for part in node:
            yield from nodes(part)
    elif isinstance(node, Mapping):
        for part in node.values():
            yield from nodes(part)
    elif is_dataclass(node):
        for each in fields(node):
            yield from nodes(getattr(node, each.name))


def _of_rows(measure: Measure) -> Iterator[Sketch]:
    """One sketch for every row: what its cells pick, and what the measure's own conditions name."""
    general = _named((measure.scope, measure.condition), Scope.TRIGGER)
    for row in measure.rows:
        cells = {each.field: tuple[Value, ...](each.names) for each in row.selectors}
        yield Sketch(measure.kind, {**general, **_named(row.condition, Scope.TRIGGER), **cells})


def _of_proofs(rule: object) -> Iterator[Sketch]:
    """One sketch for every other fact that a rule looks for (有 …)."""
    for each in nodes(rule):
        if isinstance(each, Exists):
            yield Sketch(each.kind, _named(each.condition, Scope.CANDIDATE))


def _of_payment(measure: Measure) -> Sketch:
    names = {
        PAYMENT_DOCUMENT: (measure.document,),
        PAYMENT_CLAUSE: (measure.clause,),
        PAYMENT_MATTER: (measure.name,),
    }
    return Sketch(PAYMENT, names)


def _named(rule: object, scope: Scope) -> dict[str, tuple[Value, ...]]:
    """The values with which a rule compares the fields of one fact."""
    found: dict[str, tuple[Value, ...]] = {}
    for each in nodes(rule):
        match each:
            case Compare(left=FieldRef(scope=where, field=field), right=Literal(value=value)):
                values: tuple[Value, ...] = (value,)
            case Contains(left=FieldRef(scope=where, field=field), names=values):
                pass
            case _:
                continue
        if where is scope and not isinstance(values[0], int | date):
            found[field] = tuple(dict.fromkeys((*found.get(field, ()), *values)))
    return found


def _fields_read(city: City) -> dict[str, tuple[str, ...]]:
    """The fields of every kind that matter to some rule; all others would only make random facts longer."""
    words = {name for name in _strings(city.policies)}
    return {
        kind.name: tuple(
            name
            for name, each in kind.fields.items()
            if name in words or each.is_required or name in (kind.date_field, kind.object_field)
            or kind.name in (PAYMENT, "上级支持")
        )
        for kind in city.vocabulary.kinds.values()
    }  # fmt: skip


def _strings(policies: tuple[Policy, ...]) -> Iterator[str]:
    """Every word in a measure or in a rule between measures, and what only engines read: title, level, round, area."""
    yield from ("称号", "级别", "等级", "轮次", "所属地区")
    rules = [(each.measures, each.exclusions) for each in policies]
    yield from (each for each in nodes(rules) if isinstance(each, str))


def _turning_sums(policies: tuple[Policy, ...]) -> tuple[int, ...]:
    """Thresholds, and the bases at which a rate reaches its cap, each with the fen before and after it."""
    found: set[int] = set()
    for each in nodes([policy.measures for policy in policies]):
        match each:
            case Literal(value=int() as value, type=Type.MONEY):
                found.add(value)
            case AwardRow(amount=RateOfBase(rate=rate, cap_fen=int() as cap)):
                found.add(cap * rate.denominator // rate.numerator)
            case AwardRow(amount=FixedSum(fen=fen)):
                found.add(fen)
    near = chain.from_iterable((each - 1, each, each + 1) for each in found)
    return tuple(sorted(each for each in near if each > 0))


def _turning_days(policies: tuple[Policy, ...]) -> tuple[date, ...]:
    """The first and last days of all documents under every option, each with the day before and after it."""
    found = {each for each in nodes([policy.validity for policy in policies]) if isinstance(each, date)}
    return tuple(sorted(chain.from_iterable((each - ONE_DAY, each, each + ONE_DAY) for each in found)))
