"""What a word of an expression reads (字段引用): 本.X the trigger fact's field, 企业.X the enterprise's, X of the fact looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from duixian.rules.expression import Comparator, Compare, Expr, FieldRef, Literal, Scope, Type
from duixian.rules.vocabulary import FactKind, Field
from duixian.source.names import TYPES, Name
from duixian.source.report import listed, nearest

if TYPE_CHECKING:
    from duixian.errors import Place
    from duixian.rules.vocabulary import Vocabulary
    from duixian.source.desk import Desk


@dataclass(frozen=True, slots=True)
class Frame:
    """What words mean here (语境): the kinds of the trigger fact, the fact looked at inside 有, the titles named beside."""

    triggers: tuple[FactKind, ...]
    candidate: FactKind | None = None
    titles: frozenset[str] = frozenset()

    def kinds(self, scope: Scope) -> tuple[FactKind, ...]:
        """The kinds of fact that a scope means; the subject stands in the vocabulary."""
        return (self.candidate,) if scope is Scope.CANDIDATE and self.candidate else self.triggers


@dataclass(frozen=True, slots=True)
class Reference:
    """A word that names a field (引用): how the rules read it, and the field itself."""

    ref: FieldRef
    field: Field


def resolve(word: str, frame: Frame, vocabulary: Vocabulary) -> Reference | None:
    """The field that a word reads; None when it reads none, or not the same in all kinds that may trigger."""
    scope, kinds, name = _owner(word, frame, vocabulary)
    fields = [kind.fields.get(name) for kind in kinds]
    first = fields[0] if fields else None
    if first is None or any(each is None or each.type is not first.type for each in fields):
        return None
    return Reference(FieldRef(scope, name, TYPES[first.type]), first)


def has_owner(word: str, vocabulary: Vocabulary) -> bool:
    """Whether the word says whose field it means: 本.X or 企业.X."""
    owner, dot, _ = word.partition(".")
    return bool(dot) and owner in {Scope.TRIGGER.value, vocabulary.subject.name}


def report_unknown_field(word: str, place: Place, frame: Frame, desk: Desk) -> None:
    """Put down that a word is no field where it stands."""
    _, kinds, name = _owner(word, frame, desk.titles.vocabulary)
    known = [field for kind in kinds for field in kind.fields]
    near = nearest(name, known)
    owners = listed(kind.name for kind in kinds)
    desk.problem("unknown-field", place, word, near or listed(known, 20), near=near, kind=owners)


def fixed_conditions(name: Name, title: FieldRef, frame: Frame) -> tuple[Expr, ...] | None:
    """What a title's alias says beside the title: its level, its grade. None when the fact has no field for it."""
    conditions: list[Expr] = []
    for type_, value in ((Type.LEVEL, name.level), (Type.GRADE, name.grade)):
        fields = {_field_of_type(kind, type_) for kind in frame.kinds(title.scope)} if value else set()
        field = fields.pop() if len(fields) == 1 else None
        if value and field is None:
            return None
        if field is not None:
            left, right = FieldRef(title.scope, field, type_), Literal(value, type_)
            conditions.append(Compare(Comparator.EQUAL, left, right))
    return tuple(conditions)


def _field_of_type(kind: FactKind, type_: Type) -> str | None:
    """The one field of a kind that has this type; None when there is none, or several."""
    names = [field.name for field in kind.fields.values() if TYPES[field.type] is type_]
    return names[0] if len(names) == 1 else None


def _owner(word: str, frame: Frame, vocabulary: Vocabulary) -> tuple[Scope, tuple[FactKind, ...], str]:
    owner, dot, name = word.partition(".")
    if dot and owner == Scope.TRIGGER.value:
        return Scope.TRIGGER, frame.triggers, name
    if dot and owner == vocabulary.subject.name:
        return Scope.ENTERPRISE, (vocabulary.subject,), name
    scope = Scope.TRIGGER if frame.candidate is None else Scope.CANDIDATE
    return scope, frame.kinds(scope), word
