"""Whether conditions can hold together (可满足性): is there any fact, any enterprise, any decision that meets them all?

The search is exact about what it understands (names, levels and grades of titles, options, flags, amounts and dates
against written values, decisions) and lets everything else be possible, so that "impossible" is always certain: an error
built on it is never wrong, a note may be about facts that nobody will ever see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    DecidedAs,
    Exists,
    Expr,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Type,
)
from duixian.rules.vocabulary import FactKind, FieldType, Round, Title, Vocabulary

Wanted: TypeAlias = tuple[Expr, bool]
"""An expression, and whether it must hold."""
Answers: TypeAlias = Mapping[str, frozenset[str]]
"""The options of each 口径 that are thought possible."""
Key: TypeAlias = tuple[Scope, str]

_NEVER, _FOREVER = -(10**30), 10**30
_OPPOSITE = {
    Comparator.EQUAL: Comparator.UNEQUAL,
    Comparator.UNEQUAL: Comparator.EQUAL,
    Comparator.AT_LEAST: Comparator.BELOW,
    Comparator.BELOW: Comparator.AT_LEAST,
    Comparator.AT_MOST: Comparator.ABOVE,
    Comparator.ABOVE: Comparator.AT_MOST,
}
_MIRRORED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.BELOW: Comparator.ABOVE,
}
_NUMBERS = frozenset({Type.MONEY, Type.COUNT, Type.YEAR, Type.DATE})


@dataclass(slots=True)
class _Known:
    """What the conditions looked at so far leave possible."""

    names: dict[Key, frozenset[str]] = field(default_factory=dict)
    spans: dict[Key, tuple[int, int]] = field(default_factory=dict)
    not_equal: dict[Key, frozenset[int]] = field(default_factory=dict)
    held: dict[Key, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    grades: dict[Scope, tuple[tuple[Comparator, frozenset[str]], ...]] = field(default_factory=dict)
    truths: dict[Expr, bool] = field(default_factory=dict)
    answers: dict[str, frozenset[str]] = field(default_factory=dict)

    def copy(self) -> _Known:
        return _Known(*(dict(getattr(self, name)) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Possibility:
    """Decides what facts of a kind can be (可能性); ``looked_at`` is the kind inside 有 …(…)."""

    vocabulary: Vocabulary
    kind: FactKind
    answers: Answers
    looked_at: FactKind | None = None

    def can_hold(self, parts: Iterable[Expr], but_not: Iterable[Expr] = ()) -> bool:
        """Whether all of ``parts`` can hold for one fact, and none of ``but_not``."""
        wanted = [(part, True) for part in parts] + [(part, False) for part in but_not]
        return self._search(wanted, [], _Known(answers=dict(self.answers)))

    def _search(self, wanted: list[Wanted], forks: list[Wanted], known: _Known) -> bool:
        """Learn everything that is certain, then try one side after the other of what is not."""
        wanted, forks = list(wanted), list(forks)
        while wanted:
            expr, must_hold = wanted.pop()
            match expr:
                case All(parts=parts) if must_hold:
                    wanted += [(part, True) for part in parts]
                case Any(parts=parts) if not must_hold:
                    wanted += [(part, False) for part in parts]
                case Not(part=part):
                    wanted.append((part, not must_hold))
                case All() | Any() | IfElse():
                    forks.append((expr, must_hold))
                case Contains(left=left, names=names) if (
                    must_hold and left.type is Type.OPTIONS and len(names) > 1
                ):
                    forks.append((Any(tuple(Contains(left, (name,)) for name in names)), True))
                case _:
                    if not self._learn(expr, must_hold, known):
                        return False
        if not forks:
            return self._has_title(known)
        sides = _sides(*forks[0])
        return self._has_title(known) and any(self._search(side, forks[1:], known.copy()) for side in sides)

    # One condition at a time

    def _learn(self, expr: Expr, must_hold: bool, known: _Known) -> bool:
        """Take a condition that has no parts into account; False when it contradicts what is known."""
        match expr:
            case Literal(value=value):
                return bool(value) is must_hold
            case DecidedAs(interpretation=name, option=option) if name in known.answers:
                chosen = known.answers[name] & {option} if must_hold else known.answers[name] - {option}
                known.answers[name] = chosen
                return bool(chosen)
            case Contains():
                return self._learn_names(expr.left, frozenset(expr.names), must_hold, known)
            case Exists(kind=kind, condition=condition) if must_hold:
                inside = Possibility(
                    self.vocabulary, self.kind, known.answers, self.vocabulary.kinds.get(kind)
                )
                return inside.can_hold([condition]) and _is_consistent(expr, True, known)
            case Compare(left=FieldRef() as left, right=Literal() as right):
                return self._compare(left, expr.comparator, right, must_hold, known, expr)
            case Compare(left=Literal() as left, right=FieldRef() as right):
                comparator = _MIRRORED.get(expr.comparator, expr.comparator)
                return self._compare(right, comparator, left, must_hold, known, expr)
        return _is_consistent(expr, must_hold, known)

    def _compare(
        self,
        left: FieldRef,
        comparator: Comparator,
        right: Literal,
        must_hold: bool,
        known: _Known,
        expr: Expr,
    ) -> bool:
        comparator = comparator if must_hold else _OPPOSITE[comparator]
        if left.type in _NUMBERS:
            return _learn_span(left, comparator, right, known)
        name = str(right.value)
        if comparator in (Comparator.EQUAL, Comparator.UNEQUAL):
            return self._learn_names(left, frozenset({name}), comparator is Comparator.EQUAL, known)
        if left.type is Type.LEVEL:
            rank = self.vocabulary.level_rank(name)
            fitting = {
                level
                for level in self.vocabulary.levels
                if _compares(comparator, self.vocabulary.level_rank(level), rank)
            }
            return self._learn_names(left, frozenset(fitting), True, known)
        if left.type is Type.GRADE:
            _add_grade(left.scope, comparator, frozenset({name}), known)
            return True
        return _is_consistent(expr, must_hold, known)

    def _learn_names(self, ref: FieldRef, names: frozenset[str], is_one: bool, known: _Known) -> bool:
        """The field is (or is not) one of these names."""
        key = (ref.scope, ref.field)
        if ref.type is Type.OPTIONS:
            has, lacks = known.held.get(key, (frozenset(), frozenset()))
            has, lacks = (has | names, lacks) if is_one else (has, lacks | names)
            known.held[key] = (has, lacks)
            return not has & lacks
        if ref.type is Type.GRADE:
            _add_grade(ref.scope, Comparator.EQUAL if is_one else Comparator.UNEQUAL, names, known)
            return True
        if key not in known.names:
            everything = self._domain(ref)
            if everything is None:
                return _is_consistent(Contains(ref, tuple(sorted(names))), is_one, known)
            known.names[key] = everything
        known.names[key] = known.names[key] & names if is_one else known.names[key] - names
        return bool(known.names[key])

    def _domain(self, ref: FieldRef) -> frozenset[str] | None:
        """Every name that a field can hold; None when that is not laid down (free text, areas)."""
        match ref.type:
            case Type.TITLE:
                return frozenset(self.vocabulary.titles)
            case Type.LEVEL:
                return frozenset(self.vocabulary.levels)
            case Type.ROUND:
                return frozenset(Round)
            case Type.OPTION:
                kind = self._kind_of(ref.scope)
                return (
                    frozenset(kind.fields[ref.field].options) if kind and ref.field in kind.fields else None
                )
        return None

    def _kind_of(self, scope: Scope) -> FactKind | None:
        match scope:
            case Scope.TRIGGER:
                return self.kind
            case Scope.CANDIDATE:
                return self.looked_at
            case Scope.ENTERPRISE:
                return self.vocabulary.subject

    # Titles with their levels and grades

    def _has_title(self, known: _Known) -> bool:
        """Whether some title has a level and a grade as asked, for every fact that the conditions are about."""
        return all(self._has_title_for(scope, known) for scope in (Scope.TRIGGER, Scope.CANDIDATE))

    def _has_title_for(self, scope: Scope, known: _Known) -> bool:
        kind = self._kind_of(scope)
        title_field = kind.field_of_type(FieldType.TITLE) if kind else ""
        if kind is None or not title_field:
            return True
        titles = known.names.get((scope, title_field), frozenset(self.vocabulary.titles))
        levels = known.names.get((scope, kind.field_of_type(FieldType.LEVEL)))
        grades = known.grades.get(scope, ())
        return any(
            fits_levels(title, levels) and _fits_grades(title, grades)
            for title in (self.vocabulary.titles.get(name) for name in titles)
            if title is not None
        )


def fits_levels(title: Title, levels: frozenset[str] | None) -> bool:
    """Whether a title exists at one of the levels; None asks for none."""
    return levels is None or bool(levels.intersection(title.levels))


def _fits_grades(title: Title, asked: tuple[tuple[Comparator, frozenset[str]], ...]) -> bool:
    return not asked or any(
        all(_is_grade(title, grade, comparator, names) for comparator, names in asked)
        for rank in title.grades
        for grade in rank
    )


def _is_grade(title: Title, grade: str, comparator: Comparator, names: frozenset[str]) -> bool:
    if comparator is Comparator.EQUAL:
        return grade in names
    if comparator is Comparator.UNEQUAL:
        return grade not in names
    rank, bound = title.grade_rank(grade), title.grade_rank(next(iter(names)))
    return rank is not None and bound is not None and _compares(comparator, rank, bound)


def _add_grade(scope: Scope, comparator: Comparator, names: frozenset[str], known: _Known) -> None:
    known.grades[scope] = (*known.grades.get(scope, ()), (comparator, names))


def _compares(comparator: Comparator, one: int, two: int) -> bool:
    match comparator:
        case Comparator.AT_LEAST:
            return one >= two
        case Comparator.AT_MOST:
            return one <= two
        case Comparator.ABOVE:
            return one > two
        case _:
            return one < two


def _learn_span(left: FieldRef, comparator: Comparator, right: Literal, known: _Known) -> bool:
    """Narrow what an amount, a count, a year or a date can be. All are whole numbers: fen, pieces, years, days."""
    key, value = (left.scope, left.field), as_number(right)
    low, high = known.spans.get(key, (_NEVER, _FOREVER))
    match comparator:
        case Comparator.EQUAL:
            low, high = max(low, value), min(high, value)
        case Comparator.AT_LEAST:
            low = max(low, value)
        case Comparator.ABOVE:
            low = max(low, value + 1)
        case Comparator.AT_MOST:
            high = min(high, value)
        case Comparator.BELOW:
            high = min(high, value - 1)
        case Comparator.UNEQUAL:
            known.not_equal[key] = known.not_equal.get(key, frozenset()) | {value}
    known.spans[key] = (low, high)
    return low < high or (low == high and low not in known.not_equal.get(key, frozenset()))


def as_number(literal: Literal) -> int:
    """A written amount, count, year or date as a whole number (dates by their day's number)."""
    value = literal.value
    if isinstance(value, date):
        return value.toordinal()
    assert isinstance(value, int)
    return value


def _is_consistent(expr: Expr, must_hold: bool, known: _Known) -> bool:
    """What cannot be looked into may be either way, but not both."""
    if isinstance(expr, Compare) and not must_hold:
        expr, must_hold = Compare(_OPPOSITE[expr.comparator], expr.left, expr.right), True
    if isinstance(expr, Compare):
        opposite = Compare(_OPPOSITE[expr.comparator], expr.left, expr.right)
        if known.truths.get(opposite):
            return False
    return known.truths.setdefault(expr, must_hold) is must_hold


def _sides(expr: Expr, must_hold: bool) -> list[list[Wanted]]:
    match expr:
        case All(parts=parts) | Any(parts=parts):
            return [[(part, must_hold)] for part in parts]
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            return [[(condition, True), (then, must_hold)], [(condition, False), (otherwise, must_hold)]]
    raise TypeError(f"no fork: {expr!r}")
