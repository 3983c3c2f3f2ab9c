"""The words with which a city's rules speak: what random facts must be made of to meet them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from itertools import chain

from duixian.rules.expression import Compare, Contains, Exists, FieldRef, Literal, Scope, Type
from duixian.rules.fact import Value
from duixian.rules.house_words import (
    AREA,
    PAYMENT,
    PAYMENT_AMOUNT,
    PAYMENT_CLAUSE,
    PAYMENT_DOCUMENT,
    PAYMENT_MATTER,
)
from duixian.rules.measure import AwardRow, FixedSum, Limit, Measure, RateOfBase
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FactKind, FieldType

ONE_DAY = timedelta(days=1)
READ_BY_ENGINES = {AREA}
READ_BY_TYPE = {FieldType.TITLE, FieldType.ROUND}
PAYMENT_FIELDS = {PAYMENT_DOCUMENT, PAYMENT_CLAUSE, PAYMENT_MATTER, PAYMENT_AMOUNT}
Names = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True)
class Sketch:
    """A kind of fact that some rule asks for, the values that the rule names for its fields, and the days it is in force."""

    kind: str
    names: Names
    first_day: date
    last_day: date


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
    kinds = city.vocabulary.kinds
    pairs = [(measure, policy) for policy in city.policies for measure in policy.measures]
    return Words(
        city=city,
        measures=city.measures,
        sketches={
            one.id: (*_of_rows(one, policy, kinds[one.kind]), *_of_proofs(one, policy))
            for one, policy in pairs
        },
        payments={one.id: _of_payment(one, policy) for one, policy in pairs},
        common=tuple(each for policy in city.policies for each in _of_proofs(policy.exclusions, policy)),
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


def _of_rows(measure: Measure, policy: Policy, kind: FactKind) -> Iterator[Sketch]:
    """One sketch for every row: its round, what its cells pick, and what the measure's own conditions name."""
    general = _named((measure.scope, measure.condition), Scope.TRIGGER)
    for row in measure.rows:
        names = {**general, **_named(row.condition, Scope.TRIGGER)}
        if row.round is not None:
            names[kind.field_of_type(FieldType.ROUND)] = (row.round.value,)
        names |= {each.field: tuple[Value, ...](each.names) for each in row.selectors}
        yield Sketch(measure.kind, names, *_force(policy))


def _of_proofs(rule: object, policy: Policy) -> Iterator[Sketch]:
    """One sketch for every other fact that a rule looks for (有 …)."""
    for each in nodes(rule):
        if isinstance(each, Exists):
            yield Sketch(each.kind, _named(each.condition, Scope.CANDIDATE), *_force(policy))


def _of_payment(measure: Measure, policy: Policy) -> Sketch:
    names: dict[str, tuple[Value, ...]] = {
        PAYMENT_DOCUMENT: (measure.document,),
        PAYMENT_CLAUSE: (measure.clause,),
        PAYMENT_MATTER: (measure.name,),
        PAYMENT_AMOUNT: tuple(sorted(_sums_of(measure))),
    }
    return Sketch(PAYMENT, names, *_force(policy))


def _sums_of(measure: Measure) -> Iterator[int]:
    """What a payment under the measure may have been: all that a row or a limit allows, or a part of it."""
    for each in nodes((measure.rows, measure.limits)):
        match each:
            case (
                FixedSum(fen=int() as most) | RateOfBase(cap_fen=int() as most) | Limit(max_fen=int() as most)
            ):
                yield from (most, most // 2, most // 7)


def _force(policy: Policy) -> tuple[date, date]:
    """The days of a document, the longest that any option allows."""
    first, last = (
        [each for each in nodes(edge) if isinstance(each, date)]
        for edge in (policy.validity.first_day, policy.validity.last_day)
    )
    return min(first), max(last)


def _named(rule: object, scope: Scope) -> dict[str, tuple[Value, ...]]:
    """The values with which a rule compares the fields of one fact, and sums around those that it asks for."""
    found: dict[str, tuple[Value, ...]] = {}
    for each in nodes(rule):
        values: tuple[Value, ...] = ()
        match each:
            case Compare(
                left=FieldRef(scope=where, field=field), right=Literal(value=int() as fen, type=Type.MONEY)
            ):
                values = (fen - 1, fen, fen + 1, 2 * fen, 9 * fen)
            case Compare(left=FieldRef(scope=where, field=field), right=Literal(value=str() as name)):
                values = (name,)
            case Contains(left=FieldRef(scope=where, field=field), names=names):
                values = names
        if values and where is scope:
            found[field] = tuple(dict.fromkeys((*found.get(field, ()), *values)))
    return found


def _fields_read(city: City) -> dict[str, tuple[str, ...]]:
    """The fields of every kind that matter to some rule; all others would only make random facts longer."""
    rules = [(each.measures, each.exclusions) for each in city.policies]
    words = {each for each in nodes(rules) if isinstance(each, str)} | READ_BY_ENGINES
    return {
        kind.name: tuple(
            name
            for name, each in kind.fields.items()
            if each.type is FieldType.IDENTIFIER
            or each.type in READ_BY_TYPE
            or name in words
            or name in (kind.date_field, kind.object_field)
            or (kind.name == PAYMENT and name in PAYMENT_FIELDS)
        )
        for kind in city.vocabulary.kinds.values()
    }


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
