"""What the source reader makes sure of before a city meets an engine: types fit, names are known, references lead somewhere.

Random cities are held against it, and so is everything that the shrinker makes of them: an engine may rely on all this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import TypeVar

from duixian.money import MAX_FEN
from duixian.rules.decided import Choice, Decided
from duixian.rules.expression import (
    TRUE,
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
    Expression,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
    type_of,
)
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.house_words import PER_ENTERPRISE, PER_ROW, PER_YEAR
from duixian.rules.interpretation import Effect
from duixian.rules.measure import AwardRow, Limit, Measure, RateOfBase
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FactKind, FieldType, Round
from duixian.source.names import NAMED, RANKED, TYPES
from tests.engines.trees import COUNTED, TEXTS, Frame
from tests.engines.vocabularies import CODE, ID
from tests.laws.words import nodes

T = TypeVar("T")
PER_WORDS = {PER_ENTERPRISE, PER_YEAR, PER_ROW}


def is_sound(city: City) -> bool:
    """Whether a source reader could have made this city."""
    return next(faults(city), None) is None


def faults(city: City) -> Iterator[str]:
    """Everything about a city that no source reader would let pass."""
    kinds = city.vocabulary.kinds
    if [each.is_subject for each in kinds.values()].count(True) != 1 or not city.policies:
        yield "no subject, or several, or no document"
        return
    for name, kind in kinds.items():
        yield from _kind_faults(name, kind)
    ids = [measure.id for measure in city.measures]
    ids += [row.id for measure in city.measures for row in measure.rows if row.id != measure.id]
    if len(set(ids)) < len(ids):
        yield f"ids used twice: {ids}"
    if len({policy.number for policy in city.policies}) < len(city.policies):
        yield "two documents of one number"
    yield from _choice_faults(city)
    for policy in city.policies:
        yield from _policy_faults(policy, city)


def _kind_faults(name: str, kind: FactKind) -> Iterator[str]:
    if kind.name != name or any(key != field.name for key, field in kind.fields.items()):
        yield f"{name}: a wrong name"
    if not kind.is_subject and kind.field_of_type(FieldType.IDENTIFIER) != ID:
        yield f"{name}: its own number is not its first identifier"
    if CODE not in kind.fields:
        yield f"{name}: nobody's"
    if kind.date_field and getattr(kind.fields.get(kind.date_field), "type", None) is not FieldType.DATE:
        yield f"{name}: no day in {kind.date_field}"
    if kind.object_field and kind.object_field not in kind.fields:
        yield f"{name}: no object in {kind.object_field}"


def _choice_faults(city: City) -> Iterator[str]:
    for node in nodes(city.policies):
        match node:
            case Choice(interpretation=name, options=options):
                wanted = tuple(options)
            case DecidedAs(interpretation=name, option=option):
                wanted = (option,)
            case _:
                continue
        question = city.interpretations.get(name)
        if question is None or question.effect is not Effect.RULE:
            yield f"no computed question {name}"
        elif not set(wanted) <= set(question.options) or (
            isinstance(node, Choice) and set(wanted) != set(question.options)
        ):
            yield f"{name}: options {wanted}"


def _policy_faults(policy: Policy, city: City) -> Iterator[str]:
    kinds = city.vocabulary.kinds
    if not policy.measures:
        yield f"{policy.number}: no measures"
        return
    for measure in policy.measures:
        if measure.kind not in kinds or kinds[measure.kind].is_subject or measure.document != policy.number:
            yield f"{measure.id}: no trigger, or another document's"
            return
        yield from _measure_faults(measure, kinds[measure.kind], city)
    triggers = tuple(kinds[name] for name in dict.fromkeys(each.kind for each in policy.measures))
    for exclusion in policy.exclusions:
        yield from _expression_faults(exclusion.condition, Type.FLAG, Frame(triggers), city)
    for share in policy.shares:
        if not share.areas <= set(city.region.areas) or (share.ratio and sum(share.ratio) <= 0):
            yield f"{policy.number}: a share of nobody"
    for line in city.region.fiscal_table:
        if line.area not in city.region.areas or line.city_part + line.county_part <= 0:
            yield f"a fiscal line of nobody: {line}"


def _measure_faults(measure: Measure, kind: FactKind, city: City) -> Iterator[str]:
    frame, ids = Frame((kind,)), {row.id for row in measure.rows}
    if not measure.rows:
        yield f"{measure.id}: no rows"
    yield from _expression_faults(measure.scope, Type.FLAG, frame, city)
    yield from _expression_faults(measure.condition, Type.FLAG, frame, city)
    for day in _options(measure.event_date):
        yield from _expression_faults(day, Type.DATE, frame, city)
    for year in _options(measure.year):
        yield from _expression_faults(year, Type.YEAR, frame, city)
    for row in measure.rows:
        yield from _row_faults(row, kind, city)
    for limit in measure.limits:
        yield from _limit_faults(limit, measure, ids, kind)
    for group in _options(measure.history.first_per):
        yield from _per_faults(group, kind)
    if len({each.name for each in measure.ladders}) < len(measure.ladders):
        yield f"{measure.id}: one ladder twice"
    for ladder in measure.ladders:
        if not ladder.rows or not ladder.rows <= ids:
            yield f"{measure.id}: a ladder without its rungs"
        for group in _options(ladder.per):
            yield from _per_faults(group, kind)


def _row_faults(row: AwardRow, kind: FactKind, city: City) -> Iterator[str]:
    yield from _expression_faults(row.condition, Type.FLAG, Frame((kind,)), city)
    if isinstance(row.amount, RateOfBase):
        yield from _expression_faults(row.amount.base, Type.MONEY, Frame((kind,)), city)
    elif row.amount.fen <= 0:
        yield f"{row.id}: a sum of nothing"
    if len({each.field for each in row.selectors}) < len(row.selectors):
        yield f"{row.id}: one field picked twice"
    for each in row.selectors:
        field = kind.fields.get(each.field)
        type_ = TYPES[field.type] if field else None
        is_ranked = type_ in RANKED and len(each.names) == 1
        if (
            type_ not in NAMED
            or not each.names
            or (each.comparator is not Comparator.EQUAL and not is_ranked)
        ):
            yield f"{row.id}: {each}"
        elif type_ is Type.TITLE and not set(each.names) <= set(city.vocabulary.titles):
            yield f"{row.id}: an unknown title"
        elif type_ is Type.LEVEL and not set(each.names) <= set(city.vocabulary.levels):
            yield f"{row.id}: an unknown level"


def _limit_faults(limit: Limit, measure: Measure, ids: set[str], kind: FactKind) -> Iterator[str]:
    if (limit.max_count is None) == (limit.max_fen is None) or not limit.rows <= ids:
        yield f"{measure.id}: {limit}"
    for group in _options(limit.per):
        yield from _per_faults(group, kind)


def _per_faults(group: Sequence[str], kind: FactKind) -> Iterator[str]:
    if not group or len(set(group)) < len(group):
        yield f"每 {group}"
    if not set(group) <= PER_WORDS | set(kind.fields):
        yield f"每 {group}: not a field of {kind.name}"


def _options(value: Decided[T]) -> tuple[T, ...]:
    return tuple(value.options.values()) if isinstance(value, Choice) else (value,)


# Expressions


def _expression_faults(expression: Expression, expected: Type, frame: Frame, city: City) -> Iterator[str]:
    root = expression.root
    if expression is TRUE:
        return
    if expression.type is not expected or type_of(root) is not expected:
        yield f"{expression.text}: not {expected}"
    yield from _tree_faults(root, frame, city)


def _tree_faults(expr: Expr, frame: Frame, city: City) -> Iterator[str]:
    match expr:
        case Exists(kind=name, condition=condition):
            kind = city.vocabulary.kinds.get(name)
            if kind is None or kind.is_subject:
                yield f"有 {name}"
            else:
                yield from _typed((condition,), Type.FLAG, Frame(frame.triggers, kind), city)
        case FieldRef():
            yield from _field_faults(expr, frame, city)
        case Literal(value=value, type=type_):
            if not _is_of(value, type_, city):
                yield f"{value} is not {type_}"
        case Compare():
            yield from _comparison_faults(expr, frame, city)
        case Contains(left=left, names=names):
            if left.type not in NAMED or not names:
                yield f"{left.field} holds no names"
            yield from _field_faults(left, frame, city)
        case All(parts=parts) | Any(parts=parts):
            if len(parts) < 2:
                yield "且 or 或 of less than two"
            yield from _typed(parts, Type.FLAG, frame, city)
        case Not(part=part):
            yield from _typed((part,), Type.FLAG, frame, city)
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            yield from _typed((condition,), Type.FLAG, frame, city)
            yield from _typed((then, otherwise), type_of(then), frame, city)
        case Shift(date=day) | YearOf(date=day):
            yield from _typed((day,), Type.DATE, frame, city)
        case Sum(left=left, right=right):
            yield from _typed((left, right), Type.MONEY, frame, city)
        case YearEnd(year=year):
            yield from _typed((year,), Type.YEAR, frame, city)


def _typed(parts: tuple[Expr, ...], type_: Type, frame: Frame, city: City) -> Iterator[str]:
    for part in parts:
        if type_of(part) is not type_:
            yield f"{part} is not {type_}"
        yield from _tree_faults(part, frame, city)


def _comparison_faults(expr: Compare, frame: Frame, city: City) -> Iterator[str]:
    one, two = type_of(expr.left), type_of(expr.right)
    if one is not two and not {one, two} <= set(TEXTS):
        yield f"{one} beside {two}"
    if one in (Type.FLAG, Type.OPTIONS):
        yield f"{one} compares with nothing"
    is_ranked = one in RANKED and isinstance(expr.left, FieldRef)
    if expr.comparator not in (Comparator.EQUAL, Comparator.UNEQUAL) and one not in COUNTED and not is_ranked:
        yield f"{one} has no order"
    yield from chain(_tree_faults(expr.left, frame, city), _tree_faults(expr.right, frame, city))


def _field_faults(ref: FieldRef, frame: Frame, city: City) -> Iterator[str]:
    if ref.scope is Scope.CANDIDATE:
        kinds: tuple[FactKind, ...] = (frame.candidate,) if frame.candidate else ()
    else:
        kinds = (city.vocabulary.subject,) if ref.scope is Scope.ENTERPRISE else frame.triggers
    types = {TYPES[each.fields[ref.field].type] if ref.field in each.fields else None for each in kinds}
    if types != {ref.type}:
        yield f"{ref.scope}.{ref.field} is not {ref.type}"


def _is_of(value: Value, type_: Type, city: City) -> bool:
    match type_:
        case Type.MONEY | Type.COUNT | Type.YEAR:
            return type(value) is int
        case Type.DATE:
            return isinstance(value, date)
        case Type.LEVEL:
            return value in city.vocabulary.levels
        case Type.TITLE:
            return value in city.vocabulary.titles
        case Type.AREA:
            return value in city.region.areas
        case Type.ROUND:
            return value in set(Round)
    return isinstance(value, str)


# Dossiers


def dossier_faults(city: City, dossier: Dossier) -> Iterator[str]:
    """Everything about a dossier that no reader of tables would let pass."""
    subject = city.vocabulary.subject
    if dossier.subject:
        yield from _value_faults(Fact(subject.name, "", dossier.code, dossier.subject), subject, city)
    seen: set[tuple[str, str]] = set()
    for fact in dossier.facts:
        kind = city.vocabulary.kinds.get(fact.kind)
        if kind is None or kind.is_subject or (fact.kind, fact.id) in seen:
            yield f"{fact.kind} {fact.id}: no such kind, or there twice"
            continue
        seen.add((fact.kind, fact.id))
        if fact.values.get(ID) != fact.id or fact.enterprise != dossier.code:
            yield f"{fact.kind} {fact.id}: another's"
        yield from _value_faults(fact, kind, city)


def _value_faults(fact: Fact, kind: FactKind, city: City) -> Iterator[str]:
    if fact.values.get(CODE) != fact.enterprise:
        yield f"{fact.kind} {fact.id}: nobody's"
    for name, value in fact.values.items():
        field = kind.fields.get(name)
        if field is None or not _fits(value, field.type, city):
            yield f"{fact.kind}.{name} = {value!r}"


def _fits(value: Value, type_: FieldType, city: City) -> bool:
    match type_:
        case FieldType.FLAG:
            return type(value) is bool
        case FieldType.OPTIONS:
            return (
                isinstance(value, tuple) and len(value) > 0 and all(isinstance(each, str) for each in value)
            )
    if type_ is FieldType.MONEY and isinstance(value, int) and abs(value) > MAX_FEN:
        return False
    return value != "" and _is_of(value, TYPES[type_], city)
