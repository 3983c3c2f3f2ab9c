"""The layout of facts as words (事实的排列): which fields rules read, and where each of them lies.

Names of few values (titles, levels, options, flags, areas) are *coded*: all of them together make the *shape* of a fact, one number.
Everything else that a rule reads (money, counts, dates, texts) is a *cell*, a word of its own. Fields that no rule reads are not carried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duixian.kernel import words as w
from duixian.rules import house_words as house
from duixian.rules.decided import Choice, Decided
from duixian.rules.expression import (
    All,
    Any,
    Compare,
    Contains,
    Exists,
    Expr,
    Expression,
    FieldRef,
    IfElse,
    Not,
    Scope,
    Shift,
    Sum,
    YearEnd,
    YearOf,
)
from duixian.rules.measure import Measure, RateOfBase
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FactKind, FieldType

CODED = frozenset(
    {
        FieldType.TITLE,
        FieldType.LEVEL,
        FieldType.GRADE,
        FieldType.ROUND,
        FieldType.OPTION,
        FieldType.OPTIONS,
        FieldType.FLAG,
        FieldType.AREA,
    }
)
TEXTS = frozenset({FieldType.TEXT, FieldType.IDENTIFIER, FieldType.CREDIT_CODE})
NUMBERS = frozenset({FieldType.MONEY, FieldType.COUNT, FieldType.YEAR, FieldType.FLAG})
APART = frozenset({FieldType.DATE, FieldType.LEVEL, FieldType.OPTIONS})
"""Types whose words compare with those of no other type; all that are not named here are names, and compare with each other."""
WORDS_OF_GROUPS = frozenset({house.PER_ENTERPRISE, house.PER_YEAR, house.PER_ROW})
PAYMENT_NAMES = (house.PAYMENT_DOCUMENT, house.PAYMENT_CLAUSE, house.PAYMENT_MATTER)


@dataclass(slots=True)
class KindLayout:
    """How facts of one kind lie (种类的排列): ``coded`` fields in the order of a shape, ``slots`` of the cells."""

    kind: FactKind
    index: int
    id_field: str
    code_field: str
    round_field: str
    coded: list[str] = field(default_factory=list)
    reduced: dict[str, set[str]] = field(default_factory=dict)
    """Texts that only selectors read: the names they ask for; all other texts are alike."""
    slots: dict[str, int] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    """Fields that are no texts, but compare with texts of other kinds: the cells of what they say."""
    object_slot: int = -1

    def read(self, name: str) -> None:
        """A rule reads this field."""
        if self.kind.fields[name].type in CODED:
            self.code(name)
        elif name not in self.slots:
            self.slots[name] = self._next_slot()

    def tell(self, name: str) -> int:
        """The cell of a field as a text, whatever its type."""
        if self.type_of(name) in TEXTS:
            self.read(name)
            return self.slots[name]
        return self.told.setdefault(name, self._next_slot())

    def _next_slot(self) -> int:
        return max(w.F_CELLS, 1 + max((*self.slots.values(), *self.told.values()), default=0))

    def code(self, name: str) -> None:
        """This field belongs to the shape."""
        if name not in self.coded:
            self.coded.append(name)

    def is_coded(self, name: str) -> bool:
        """Whether a field is part of the shape."""
        return self.kind.fields[name].type in CODED

    def type_of(self, name: str) -> FieldType:
        """The type of a field."""
        return self.kind.fields[name].type


class Layout:
    """Where every field that the city's rules read lies (排列), under all decisions alike."""

    def __init__(self, city: City) -> None:
        vocabulary = city.vocabulary
        self.vocabulary = vocabulary
        self.subject = _kind_layout(vocabulary.subject, -1)
        # By name: facts that no measure is about are told in that order.
        names = sorted(name for name, kind in vocabulary.kinds.items() if not kind.is_subject)
        self.kinds: Mapping[str, KindLayout] = {
            name: _kind_layout(vocabulary.kinds[name], index) for index, name in enumerate(names)
        }
        for policy in city.policies:
            for measure in policy.measures:
                self._read_measure(measure, policy)
        self.told_groups: Mapping[str, frozenset[str]] = {
            ladder: self._read_ladder(ladder, city.measures)
            for ladder in sorted({each.name for measure in city.measures for each in measure.ladders})
        }
        """For each ladder, the fields of its groups that are compared as texts."""
        self._read_payments()
        if house.AREA in self.subject.kind.fields:
            self.subject.code(house.AREA)
        for each in self.kinds.values():
            self._place_object(each)
        self.fact_words = 1 + max(
            (slot for each in self.kinds.values() for slot in (*each.slots.values(), *each.told.values())),
            default=w.F_CELLS,
        )
        self.fact_words = max(self.fact_words, w.F_CELLS)
        self.spare_slot = self.fact_words
        """A cell in which nothing ever stands; only there when payments have no field for their fact or day."""
        self.fact_words += self._lacks_payment_fields()
        self.subject_words = 1 + max(self.subject.slots.values(), default=0)

    def _read_measure(self, measure: Measure, policy: Policy) -> None:
        here = self.kinds[measure.kind]
        if here.kind.title_field:
            here.code(here.kind.title_field)
        if here.round_field:
            here.code(here.round_field)
        for expression in expressions_of(measure, policy):
            self._read(expression.root, here, here)
        for row in measure.rows:
            for selector in row.selectors:
                here.code(selector.field)
                if not here.is_coded(selector.field):
                    here.reduced.setdefault(selector.field, set()).update(selector.names)
        for name in fields_of_groups(measure):
            if name in here.kind.fields:
                here.read(name)

    def _read_ladder(self, ladder: str, measures: Sequence[Measure]) -> frozenset[str]:
        """Read the fields of a ladder's groups in every kind with a rung; those that compare as texts, as their types differ."""
        on_it = [
            (self.kinds[each.kind], rungs)
            for each in measures
            for rungs in each.ladders
            if rungs.name == ladder
        ]
        told = set()
        for name in sorted({name for _, rungs in on_it for names in groups_in(rungs.per) for name in names}):
            owners = [owner for owner, _ in on_it if name in owner.kind.fields]
            if name in WORDS_OF_GROUPS:
                continue
            if len({_sort(owner.type_of(name)) for owner in owners}) > 1:
                told.add(name)
            for owner in owners:
                if name in told:
                    owner.tell(name)
                else:
                    owner.read(name)
        return frozenset(told)

    def _read(self, expr: Expr, trigger: KindLayout, looked_at: KindLayout) -> None:
        if isinstance(expr, FieldRef):
            owner = {Scope.TRIGGER: trigger, Scope.CANDIDATE: looked_at, Scope.ENTERPRISE: self.subject}
            owner[expr.scope].read(expr.field)
            title = owner[expr.scope].kind.title_field
            if title:
                owner[expr.scope].code(title)
        inner = self.kinds[expr.kind] if isinstance(expr, Exists) else looked_at
        for part in parts_of(expr):
            self._read(part, trigger, inner)

    def _read_payments(self) -> None:
        payments = self.kinds.get(house.PAYMENT)
        if payments is None:
            return
        fields = payments.kind.fields
        for name in PAYMENT_NAMES:
            if name in fields:
                payments.code(name)
                # A payment is for what it names, whatever rows of a measure select.
                payments.reduced.pop(name, None)
        for name in (house.PAYMENT_AMOUNT, house.PAYMENT_FACT, house.PAYMENT_DATE):
            if name in fields:
                payments.read(name)

    def _lacks_payment_fields(self) -> bool:
        payments = self.kinds.get(house.PAYMENT)
        return payments is not None and not {house.PAYMENT_FACT, house.PAYMENT_DATE} <= payments.slots.keys()

    def _place_object(self, here: KindLayout) -> None:
        """Objects are compared as texts, whatever their type, also between kinds."""
        if here.kind.object_field in here.kind.fields:
            here.object_slot = here.tell(here.kind.object_field)


def _sort(type_: FieldType) -> str:
    """Types of one sort have words that compare with each other."""
    if type_ in APART:
        return type_.value
    return "text" if type_ in TEXTS else "number" if type_ in NUMBERS else "name"


def _kind_layout(kind: FactKind, index: int) -> KindLayout:
    id_field = kind.field_of_type(FieldType.IDENTIFIER)
    code = kind.field_of_type(FieldType.CREDIT_CODE)
    here = KindLayout(kind, index, id_field, code, kind.field_of_type(FieldType.ROUND))
    if not kind.is_subject:
        if kind.date_field:
            here.slots[kind.date_field] = w.F_DATE
        if id_field:
            here.slots[id_field] = w.F_ID
    return here


def options_of(value: Decided[object]) -> Iterator[object]:
    """Every value that a decided value can take."""
    if isinstance(value, Choice):
        yield from value.options.values()
    else:
        yield value


def expressions_of(measure: Measure, policy: Policy) -> Iterator[Expression]:
    """Every expression that a fact under a measure can meet."""
    yield measure.scope
    yield measure.condition
    for value in (measure.event_date, measure.year):
        for each in options_of(value):
            assert isinstance(each, Expression)
            yield each
    for row in measure.rows:
        yield row.condition
        if isinstance(row.amount, RateOfBase):
            yield row.amount.base
    for exclusion in policy.exclusions:
        yield exclusion.condition


def fields_of_groups(measure: Measure) -> Iterator[str]:
    """The fields that make groups of a measure's own recognitions and awards; ladders are shared between measures."""
    for names in groups_in(measure.history.first_per):
        yield from names
    for limit in measure.limits:
        for names in groups_in(limit.per):
            yield from (name for name in names if name not in WORDS_OF_GROUPS)


def groups_in(per: Decided[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The list of fields that makes groups, under every option."""
    for each in options_of(per):
        assert isinstance(each, tuple)
        yield each


def parts_of(expr: Expr) -> tuple[Expr, ...]:
    """The expressions right below one."""
    match expr:
        case Compare(left=left, right=right) | Sum(left=left, right=right):
            return (left, right)
        case Contains(left=left):
            return (left,)
        case All(parts=parts) | Any(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Exists(condition=condition):
            return (condition,)
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case Shift(date=day) | YearOf(date=day):
            return (day,)
        case YearEnd(year=year):
            return (year,)
    return ()
