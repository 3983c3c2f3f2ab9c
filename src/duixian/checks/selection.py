"""Which facts a row takes (条目的事实范围): its selectors and all conditions above it as expressions, and its round."""

from __future__ import annotations

from duixian.checks.possible import Answers, Possibility
from duixian.rules.expression import TRUE, Comparator, Compare, Contains, Expr, FieldRef, Literal, Scope, Type
from duixian.rules.measure import AwardRow, Measure, Selector
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, Round


def own_parts(row: AwardRow, kind: FactKind) -> tuple[Expr, ...]:
    """What the row itself asks for: its selectors and its condition."""
    condition = () if row.condition is TRUE else (row.condition.root,)
    return (*(selected(selector, kind) for selector in row.selectors), *condition)


def all_parts(row: AwardRow, measure: Measure, kind: FactKind) -> tuple[Expr, ...]:
    """What a fact must meet to be paid by the row: the measure's scope and condition, and the row's own."""
    above = tuple(each.root for each in (measure.scope, measure.condition) if each is not TRUE)
    return (*above, *own_parts(row, kind))


def selected(selector: Selector, kind: FactKind) -> Expr:
    """A cell that picks facts, as a condition."""
    ref = FieldRef(Scope.TRIGGER, selector.field, Type(kind.fields[selector.field].type.value))
    if selector.comparator is Comparator.EQUAL:
        return Contains(ref, selector.names)
    return Compare(selector.comparator, ref, Literal(selector.names[0], ref.type))


def can_be_one(one: Round | None, two: Round | None) -> bool:
    """Whether one recognition can be of both rounds: a renewal is no first and no new award."""
    return one is None or two is None or (one is Round.RENEWED) == (two is Round.RENEWED)


def any_answer(city: City) -> Answers:
    """Every option of every 口径."""
    return {name: frozenset(each.options) for name, each in city.interpretations.items()}


def holding_answer(city: City) -> Answers:
    """The options that hold now: the officer's, or the defaults."""
    return {name: frozenset({option}) for name, option in city.decisions.items()}


def possibility(city: City, measure: Measure, answers: Answers | None = None) -> Possibility:
    """What facts of a measure's kind can be, under any decision unless ``answers`` says which."""
    return Possibility(
        city.vocabulary,
        city.vocabulary.kinds[measure.kind],
        any_answer(city) if answers is None else answers,
    )
