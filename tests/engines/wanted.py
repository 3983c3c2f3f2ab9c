"""What the rules of a city name: the values of each field of each kind at which some rule turns, and the facts that rules look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from duixian.rules.expression import Compare, Contains, Exists, Expr, FieldRef, Literal, Scope
from duixian.rules.fact import Value
from duixian.rules.measure import FixedSum, Limit, Measure, RateOfBase
from duixian.rules.policy import City, Policy

ONE_DAY = timedelta(days=1)
Turns = dict[tuple[str, str], dict[Value, None]]
"""Kind and field → the values that rules compare it with, in the order of their coming."""


@dataclass
class Wanted:
    """What random facts must be made of to meet the rules."""

    turns: Turns = field(default_factory=dict)
    proofs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Measure → the kinds of fact that it, or its document, looks for (有 …)."""
    sums: tuple[int, ...] = ()
    days: tuple[date, ...] = ()

    def of(self, kind: str, name: str) -> tuple[Value, ...]:
        """The values that rules name for a field."""
        return tuple(self.turns.get((kind, name), ()))


def wanted_by(city: City) -> Wanted:
    """Read all rules of a city once."""
    found = Wanted()
    subject = city.vocabulary.subject.name
    for policy in city.policies:
        for measure in policy.measures:
            for expr in _trees((measure, policy.exclusions)):
                _harvest(expr, measure.kind, "", subject, found.turns)
            kinds = [each.kind for each in _nodes((measure, policy.exclusions)) if isinstance(each, Exists)]
            found.proofs[measure.id] = tuple(dict.fromkeys(kinds))
    found.sums = tuple(dict.fromkeys(_sums(city.policies)))
    found.days = tuple(dict.fromkeys(each for each in _nodes(city.policies) if isinstance(each, date)))
    return found


def _trees(rules: object) -> Iterator[Expr]:
    """Every comparison and every 有 … of a rule that stands in no other 有 …."""
    if isinstance(rules, Exists | Compare | Contains):
        yield rules
    elif isinstance(rules, tuple | frozenset):
        for part in rules:
            yield from _trees(part)
    elif not isinstance(rules, str | int | date):
        for part in _parts(rules):
            yield from _trees(part)


def _nodes(node: object) -> Iterator[object]:
    """A rule and all that it is made of, but for its places."""
    yield node
    if isinstance(node, tuple):
        for part in node:
            yield from _nodes(part)
    elif not isinstance(node, str | int | date):
        for part in _parts(node):
            yield from _nodes(part)


def _parts(node: object) -> Iterator[object]:
    """What a rule is made of, one step down."""
    options = getattr(node, "options", None)
    if isinstance(options, dict):
        yield from options.values()
    else:
        yield from (getattr(node, name) for name in getattr(node, "__slots__", ()) if name != "place")


def _harvest(expr: object, trigger: str, looked_at: str, subject: str, turns: Turns) -> None:
    """Put down every value that an expression compares a field with, under the kind whose field it is."""
    match expr:
        case Exists(kind=kind, condition=condition):
            _harvest(condition, trigger, kind, subject, turns)
            return
        case Compare(left=FieldRef() as ref, right=Literal(value=value)):
            _put(ref, (value,), trigger, looked_at, subject, turns)
        case Contains(left=ref, names=names):
            _put(ref, names, trigger, looked_at, subject, turns)
    if not isinstance(expr, str | int | date | None):
        for part in _parts(expr):
            for each in part if isinstance(part, tuple) else (part,):
                _harvest(each, trigger, looked_at, subject, turns)


def _put(
    ref: FieldRef, values: tuple[Value, ...], trigger: str, looked_at: str, subject: str, turns: Turns
) -> None:
    kind = {Scope.TRIGGER: trigger, Scope.CANDIDATE: looked_at, Scope.ENTERPRISE: subject}[ref.scope]
    turns.setdefault((kind, ref.field), {}).update(dict.fromkeys(values))


def _sums(policies: tuple[Policy, ...]) -> Iterator[int]:
    """Sums at which something turns: ceilings, limits, thresholds, and the bases at which a rate reaches its cap."""
    for each in _nodes(tuple(policy.measures for policy in policies)):
        match each:
            case FixedSum(fen=fen):
                yield fen
            case RateOfBase(rate=rate, cap_fen=int() as cap):
                yield cap * rate.denominator // rate.numerator
            case Limit(max_fen=int() as most):
                yield most


def paid_sums(measure: Measure) -> tuple[int, ...]:
    """What payments under a measure may have been: all that a row or a limit allows, or a part of it."""
    found = dict.fromkeys(
        most
        for each in _nodes((measure.rows, measure.limits))
        if isinstance(
            most := getattr(each, "fen", getattr(each, "cap_fen", getattr(each, "max_fen", None))), int
        )
    )
    return tuple(dict.fromkeys(part for most in found for part in (most, most // 2, most // 7, most + 1)))
