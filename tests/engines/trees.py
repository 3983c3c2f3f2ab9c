"""Random expressions: every node of the language over every type that it takes, as the source reader would let them pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from duixian.rules.expression import (
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
)
from duixian.rules.expression_text import expression_text
from duixian.rules.fact import Value
from duixian.rules.region import Region
from duixian.rules.vocabulary import FactKind, Round, Vocabulary
from duixian.source.names import NAMED, TYPES
from tests.engines.lot import Lot

COMPARATORS = tuple(Comparator)
EQUALITY = (Comparator.EQUAL, Comparator.UNEQUAL)
ORDERED = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.ABOVE, Comparator.BELOW)
COUNTED = (Type.MONEY, Type.COUNT, Type.DATE, Type.YEAR)
TEXTS = (Type.TEXT, Type.IDENTIFIER)
PLAIN_NAMES = (Type.TITLE, Type.ROUND, Type.OPTION, Type.AREA)
RANKED = (Type.LEVEL, Type.GRADE)
THINGS = ("甲", "乙", "丙")


@dataclass(frozen=True)
class Figures:
    """The few sums, counts, years and days with which all rules of a city speak, so that facts can lie beside them."""

    money: tuple[int, ...]
    counts: tuple[int, ...]
    years: tuple[int, ...]
    days: tuple[date, ...]

    def of(self, type_: Type) -> tuple[Value, ...]:
        """The values of a type."""
        found: dict[Type, tuple[Value, ...]] = {
            Type.MONEY: self.money,
            Type.COUNT: self.counts,
            Type.YEAR: self.years,
            Type.DATE: self.days,
        }
        return found[type_]


@dataclass(frozen=True)
class Frame:
    """What the words of an expression mean: the kinds that may trigger, and the kind looked at inside 有 …."""

    triggers: tuple[FactKind, ...]
    candidate: FactKind | None = None


class Trees:
    """Draws expressions in the words of one city."""

    def __init__(
        self,
        lot: Lot,
        vocabulary: Vocabulary,
        region: Region,
        questions: Mapping[str, tuple[str, ...]],
        figures: Figures,
    ) -> None:
        self.lot, self.vocabulary, self.region = lot, vocabulary, region
        self.questions, self.figures = questions, figures
        self.kinds = [each for each in vocabulary.kinds.values() if not each.is_subject]
        self.grades = list(
            dict.fromkeys(
                name for title in vocabulary.titles.values() for rank in title.grades for name in rank
            )
        )

    # Fields

    def fields(self, frame: Frame, *types: Type, owned: bool = False) -> list[FieldRef]:
        """All fields of these types in reach; ``owned`` leaves out those of the looked-at fact, which have no owner's name."""
        first, *others = frame.triggers
        found = [] if owned or frame.candidate is None else _refs(frame.candidate, Scope.CANDIDATE, types)
        # The fact looked at is what 有 … is about.
        found *= 4
        for ref in _refs(first, Scope.TRIGGER, types):
            same = [each.fields.get(ref.field) for each in others]
            if all(each is not None and TYPES[each.type] is ref.type for each in same):
                found.append(ref)
        return [*found, *_refs(self.vocabulary.subject, Scope.ENTERPRISE, types)]

    def names(self, ref: FieldRef, frame: Frame) -> list[str]:
        """The names that a rule may write for a field."""
        match ref.type:
            case Type.TITLE:
                return list(self.vocabulary.titles)
            case Type.LEVEL:
                return list(self.vocabulary.levels)
            case Type.GRADE:
                return self.grades
            case Type.ROUND:
                return [each.value for each in Round]
            case Type.AREA:
                return list(self.region.areas)
        kind = {Scope.CANDIDATE: frame.candidate, Scope.ENTERPRISE: self.vocabulary.subject}.get(ref.scope)
        return list((kind or frame.triggers[0]).fields[ref.field].options)

    # Conditions

    def condition(self, frame: Frame, depth: int) -> Expr:
        """A condition of so many storeys at most."""
        low: dict[Callable[[Frame, int], Expr | None], int] = {
            self._compare_counted: 30,
            self._compare_ranks: 16,
            self._compare_names: 16,
            self._compare_texts: 8,
            self._contains: 12,
            self._flag: 10,
            self._question: 8 if self.questions else 0,
        }
        high: dict[Callable[[Frame, int], Expr | None], int] = {
            self._all: 16,
            self._any: 16,
            self._not: 9,
            self._exists: 36,
            self._if: 7,
        }
        ways = low if depth <= 0 else low | high
        while True:
            found = self.lot.weighted(ways)(frame, depth)
            if found is not None:
                return found

    def _compare_counted(self, frame: Frame, depth: int) -> Expr | None:
        lot = self.lot
        type_ = lot.weighted({Type.MONEY: 5, Type.DATE: 5, Type.COUNT: 2, Type.YEAR: 2})
        left = self.counted(type_, frame, depth - 1)
        right = self.counted(type_, frame, depth - 1) if lot.chance(35) else self._literal(type_)
        if isinstance(left, Literal) and isinstance(right, Literal):
            return None
        return Compare(lot.of(COMPARATORS), *((left, right) if lot.chance(95) else (right, left)))

    def _compare_ranks(self, frame: Frame, depth: int) -> Expr | None:
        type_ = self.lot.of(RANKED)
        # 企业.等级 has no title of its own within which it could be ranked.
        left = self._one(
            [
                each
                for each in self.fields(frame, type_)
                if (type_, each.scope) != (Type.GRADE, Scope.ENTERPRISE)
            ]
        )
        right = self._name_or_field(left, frame)
        if left is None or right is None:
            return None
        return Compare(self.lot.of(ORDERED if self.lot.chance(75) else EQUALITY), left, right)

    def _compare_names(self, frame: Frame, depth: int) -> Expr | None:
        left = self._one(self.fields(frame, self.lot.of(PLAIN_NAMES)))
        right = self._name_or_field(left, frame)
        if left is None or right is None:
            return None
        if self.lot.chance(25) and isinstance(right, FieldRef):
            other = self._one(self.fields(frame, left.type)) or left
            return Compare(self.lot.of(EQUALITY), IfElse(self.condition(frame, 0), left, other), right)
        return Compare(self.lot.of(EQUALITY), left, right)

    def _compare_texts(self, frame: Frame, depth: int) -> Expr | None:
        left = self._one(self.fields(frame, *TEXTS))
        if left is None:
            return None
        others = [each for each in self.fields(frame, *TEXTS) if each != left]
        if frame.candidate is not None and self.lot.chance(60):
            others = [each for each in others if each.scope is not left.scope]
        right = self._one(others) if self.lot.chance(75) else Literal(self.lot.of(THINGS), Type.TEXT)
        return None if right is None else Compare(self.lot.of((Comparator.EQUAL, *EQUALITY)), left, right)

    def _contains(self, frame: Frame, depth: int) -> Expr | None:
        left = self._one(self.fields(frame, self.lot.of(tuple(each for each in Type if each in NAMED))))
        names = self.names(left, frame) if left else []
        return Contains(left, tuple(self.lot.some(names, 1, 3))) if left and names else None

    def _flag(self, frame: Frame, depth: int) -> Expr | None:
        return self._one(self.fields(frame, Type.FLAG))

    def _question(self, frame: Frame, depth: int) -> Expr | None:
        name = self.lot.of(tuple(self.questions))
        decided = DecidedAs(name, self.lot.of(self.questions[name]))
        return Not(decided) if self.lot.chance(25) else decided

    def _all(self, frame: Frame, depth: int) -> Expr | None:
        parts = self.lot.times(2, 3, lambda: self.condition(frame, depth - 1))
        return All(tuple(one for part in parts for one in (part.parts if isinstance(part, All) else (part,))))

    def _any(self, frame: Frame, depth: int) -> Expr | None:
        return Any(self.lot.times(2, 3, lambda: self.condition(frame, depth - 1)))

    def _not(self, frame: Frame, depth: int) -> Expr | None:
        return Not(self.condition(frame, depth - 1))

    def _exists(self, frame: Frame, depth: int) -> Expr | None:
        kind = self.lot.of(self.kinds)
        inner = Frame(frame.triggers, kind)
        condition = self.condition(inner, depth - 1)
        link = self._compare_texts(inner, 0) if self.lot.chance(40) else None
        if link is not None:
            condition = All((link, *(condition.parts if isinstance(condition, All) else (condition,))))
        return Exists(kind.name, condition)

    def _if(self, frame: Frame, depth: int) -> Expr | None:
        return IfElse(*(self.condition(frame, depth - 1) for _ in range(3)))

    # Values

    def counted(self, type_: Type, frame: Frame, depth: int) -> Expr:
        """Money, a count, a day or a year."""
        lot, field = self.lot, self._one(self.fields(frame, type_))
        if depth <= 0 or lot.chance(60):
            return field if field is not None and lot.chance(90) else self._literal(type_)
        if lot.chance(30):
            one, two = self.counted(type_, frame, depth - 1), self.counted(type_, frame, depth - 1)
            return IfElse(self.condition(frame, depth - 1), one, two)
        match type_:
            case Type.MONEY:
                one, two = self.counted(type_, frame, depth - 1), self.counted(type_, frame, depth - 1)
                return Sum(one, two, lot.of((1, -1)))
            case Type.YEAR:
                return YearOf(self.counted(Type.DATE, frame, depth - 1))
            case Type.DATE if lot.chance(30):
                return YearEnd(self.counted(Type.YEAR, frame, depth - 1))
            case Type.DATE:
                months, days = lot.of(((1, 0), (3, 0), (-2, 0), (13, 0), (0, 1), (0, -10), (0, 45)))
                return Shift(self.counted(type_, frame, depth - 1), months, days)
        return field or self._literal(type_)

    def _literal(self, type_: Type) -> Literal:
        return Literal(self.lot.of(self.figures.of(type_)), type_)

    def _one(self, found: list[FieldRef]) -> FieldRef | None:
        return self.lot.of(found) if found else None

    def _name_or_field(self, left: FieldRef | None, frame: Frame) -> Expr | None:
        """The right side beside a field of names: a name, or a field that says whose it is (本.X, 企业.X)."""
        if left is None:
            return None
        others = [each for each in self.fields(frame, left.type, owned=True) if each != left]
        names = self.names(left, frame)
        if others and (not names or self.lot.chance(40)):
            return self.lot.of(others)
        return Literal(self.lot.of(names), left.type) if names else None


def expression(root: Expr, type_: Type) -> Expression:
    """A tree with its words."""
    return Expression(root, type_, expression_text(root))


def _refs(kind: FactKind, scope: Scope, types: tuple[Type, ...]) -> list[FieldRef]:
    return [
        FieldRef(scope, each.name, TYPES[each.type])
        for each in kind.fields.values()
        if TYPES[each.type] in types
    ]
