"""Expressions as functions: each typed tree becomes one closure over the trigger fact, the looked-at fact and the dossier.

The officer's decisions are built in when a measure is prepared, so a run looks nothing up.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any as Anything

from duixian.dates import add_months
from duixian.evaluate.dossier_view import DossierView
from duixian.evaluate.unknown import Unknown
from duixian.rules.decided import Decisions
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    Exists,
    Expr,
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
from duixian.rules.fact import Fact
from duixian.rules.folding import fold
from duixian.rules.vocabulary import FieldType, Vocabulary

Reading = Callable[[Fact, Fact | None, DossierView], Anything]
"""trigger fact, looked-at fact (inside 有 …), dossier → the value, or Unknown."""

COMPARE: dict[Comparator, Callable[[Anything, Anything], bool]] = {
    Comparator.EQUAL: operator.eq,
    Comparator.UNEQUAL: operator.ne,
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.ABOVE: operator.gt,
    Comparator.BELOW: operator.lt,
}
RANKED = (Type.LEVEL, Type.GRADE)


class Preparer:
    """Turns the expressions about one fact kind into functions, for one set of decisions (表达式编译)."""

    def __init__(self, vocabulary: Vocabulary, decisions: Decisions, kind: str) -> None:
        self.vocabulary = vocabulary
        self.decisions = decisions
        self.kind = kind
        self._looked_at = kind

    def settled(self, expr: Expr) -> Expr:
        """The expression as it stands under the decisions."""
        return fold(expr, self.decisions)

    def read(self, expr: Expr) -> Reading:
        """The function of an expression under the decisions."""
        return self.prepare(self.settled(expr))

    def prepare(self, expr: Expr) -> Reading:
        """The function of an expression that decisions no longer touch.

        Raises:
            TypeError: for a node that is no expression (a bug, not a policy's fault).
        """
        match expr:
            case Literal(value=value):
                return lambda trigger, looked_at, view: value
            case FieldRef():
                return self._field(expr)
            case Compare(comparator=comparator, left=left, right=right):
                return self._compare(comparator, left, right)
            case Contains(left=left, names=names):
                return self._contains(left, frozenset(names))
            case All(parts=parts):
                return _all(tuple(self.prepare(part) for part in parts))
            case Any(parts=parts):
                return _any(tuple(self.prepare(part) for part in parts))
            case Not(part=part):
                return _not(self.prepare(part))
            case Exists():
                return self._exists(expr)
            case IfElse(condition=condition, then=then, otherwise=otherwise):
                return _if(self.prepare(condition), self.prepare(then), self.prepare(otherwise))
            case Shift() | Sum() | YearOf() | YearEnd():
                return self._arithmetic(expr)
        raise TypeError(f"not an expression: {expr!r}")

    def _arithmetic(self, expr: Shift | Sum | YearOf | YearEnd) -> Reading:
        match expr:
            case Shift(date=day, months=months, days=days):
                return _one(self.prepare(day), lambda value: add_months(value, months) + timedelta(days=days))
            case Sum(left=left, right=right, sign=sign):
                return _two(self.prepare(left), self.prepare(right), lambda one, two: one + sign * two)
            case YearOf(date=day):
                return _one(self.prepare(day), lambda value: value.year)
            case YearEnd(year=year):
                return _one(self.prepare(year), lambda value: date(value, 12, 31))

    def _field(self, ref: FieldRef) -> Reading:
        name = ref.field
        if ref.scope is Scope.ENTERPRISE:
            missing = Unknown([f"{self.vocabulary.subject.name}.{name}"])
            return lambda trigger, looked_at, view: view.subject.get(name, missing)
        if ref.scope is Scope.CANDIDATE:
            missing = Unknown([f"{self._looked_at}.{name}"])
            if name == self._id_field(self._looked_at):
                return lambda trigger, looked_at, view: looked_at.id  # type: ignore[union-attr]
            return lambda trigger, looked_at, view: looked_at.values.get(name, missing)  # type: ignore[union-attr]
        missing = Unknown([f"{self.kind}.{name}"])
        if name == self._id_field(self.kind):
            return lambda trigger, looked_at, view: trigger.id
        return lambda trigger, looked_at, view: trigger.values.get(name, missing)

    def _id_field(self, kind: str) -> str:
        return self.vocabulary.kinds[kind].field_of_type(FieldType.IDENTIFIER)

    def _compare(self, comparator: Comparator, left: Expr, right: Expr) -> Reading:
        test = COMPARE[comparator]
        if (
            isinstance(left, FieldRef)
            and left.type in RANKED
            and comparator not in (Comparator.EQUAL, Comparator.UNEQUAL)
        ):
            return self._compare_ranks(test, left, right)
        return _two(self.prepare(left), self.prepare(right), test)

    def _compare_ranks(
        self, test: Callable[[Anything, Anything], bool], left: FieldRef, right: Expr
    ) -> Reading:
        """Levels compare by their order; grades by the order within the fact's own title (先进级 < 卓越级)."""
        read_left, read_right = self.prepare(left), self.prepare(right)
        if left.type is Type.LEVEL:
            rank = {level: place for place, level in enumerate(self.vocabulary.levels)}
            return _two(read_left, read_right, lambda one, two: test(rank[one], rank[two]))
        titles, is_looked_at = self.vocabulary.titles, left.scope is Scope.CANDIDATE
        owner_kind = self._looked_at if is_looked_at else self.kind
        title_field = self.vocabulary.kinds[owner_kind].field_of_type(FieldType.TITLE)

        def compare(trigger: Fact, looked_at: Fact | None, view: DossierView) -> bool | Unknown:
            one, two = read_left(trigger, looked_at, view), read_right(trigger, looked_at, view)
            if type(one) is Unknown:
                return one.joined(two)
            if type(two) is Unknown:
                return two
            owner = looked_at if is_looked_at and looked_at is not None else trigger
            title = titles.get(str(owner.values.get(title_field, "")))
            ranks = (title.grade_rank(one), title.grade_rank(two)) if title else (None, None)
            return False if None in ranks else test(*ranks)

        return compare

    def _contains(self, left: FieldRef, names: frozenset[str]) -> Reading:
        read = self._field(left)
        if left.type is Type.OPTIONS:
            return _one(read, lambda value: not names.isdisjoint(value))
        return _one(read, lambda value: value in names)

    def _exists(self, expr: Exists) -> Reading:
        kind, outer = expr.kind, self._looked_at
        self._looked_at = kind
        test = self.prepare(expr.condition)
        self._looked_at = outer

        def exists(trigger: Fact, looked_at: Fact | None, view: DossierView) -> bool | Unknown:
            unknown: Unknown | None = None
            for fact in view.by_kind.get(kind, ()):
                found = test(trigger, fact, view)
                if found is True:
                    return True
                if type(found) is Unknown:
                    unknown = found.joined(unknown)
            return False if unknown is None else unknown

        return exists


def _one(read: Reading, compute: Callable[[Anything], Anything]) -> Reading:
    def apply(trigger: Fact, looked_at: Fact | None, view: DossierView) -> Anything:
        value = read(trigger, looked_at, view)
        return value if type(value) is Unknown else compute(value)

    return apply


def _two(left: Reading, right: Reading, compute: Callable[[Anything, Anything], Anything]) -> Reading:
    def apply(trigger: Fact, looked_at: Fact | None, view: DossierView) -> Anything:
        one, two = left(trigger, looked_at, view), right(trigger, looked_at, view)
        if type(one) is Unknown:
            return one.joined(two)
        return two if type(two) is Unknown else compute(one, two)

    return apply


def _all(parts: tuple[Reading, ...]) -> Reading:
    def apply(trigger: Fact, looked_at: Fact | None, view: DossierView) -> bool | Unknown:
        unknown: Unknown | None = None
        for part in parts:
            value = part(trigger, looked_at, view)
            if value is False:
                return False
            if type(value) is Unknown:
                unknown = value.joined(unknown)
        return True if unknown is None else unknown

    return apply


def _any(parts: tuple[Reading, ...]) -> Reading:
    def apply(trigger: Fact, looked_at: Fact | None, view: DossierView) -> bool | Unknown:
        unknown: Unknown | None = None
        for part in parts:
            value = part(trigger, looked_at, view)
            if value is True:
                return True
            if type(value) is Unknown:
                unknown = value.joined(unknown)
        return False if unknown is None else unknown

    return apply


def _not(part: Reading) -> Reading:
    return _one(part, operator.not_)


def _if(condition: Reading, then: Reading, otherwise: Reading) -> Reading:
    def apply(trigger: Fact, looked_at: Fact | None, view: DossierView) -> Anything:
        holds = condition(trigger, looked_at, view)
        if type(holds) is Unknown:
            one, two = then(trigger, looked_at, view), otherwise(trigger, looked_at, view)
            return one if one == two else holds
        return (then if holds else otherwise)(trigger, looked_at, view)

    return apply
