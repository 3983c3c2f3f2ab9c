"""A law of the search: what some fact meets is never called impossible, since errors are built on "impossible"."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any as Anything

from hypothesis import given
from hypothesis import strategies as st

from duixian.checks.possible import Possibility
from duixian.checks.selection import any_answer
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    Contains,
    Expr,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Type,
)
from duixian.rules.vocabulary import Title
from tests.checks.town import town

VOCABULARY = town().vocabulary
TITLE, LEVEL, GRADE = (
    FieldRef(Scope.TRIGGER, name, type_)
    for name, type_ in (("称号", Type.TITLE), ("级别", Type.LEVEL), ("等级", Type.GRADE))
)
MONEY, FLAG = FieldRef(Scope.TRIGGER, "投入额", Type.MONEY), FieldRef(Scope.TRIGGER, "存量企业", Type.FLAG)
TITLES = [title for title in VOCABULARY.titles.values() if title.levels]
GRADES = sorted({grade for title in TITLES for rank in title.grades for grade in rank})
TESTS: dict[Comparator, Callable[[Anything, Anything], bool]] = {
    Comparator.EQUAL: operator.eq,
    Comparator.UNEQUAL: operator.ne,
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.ABOVE: operator.gt,
    Comparator.BELOW: operator.lt,
}

comparators = st.sampled_from(list(Comparator))
atoms = st.one_of(
    st.builds(
        Compare, comparators, st.just(MONEY), st.integers(0, 3).map(lambda fen: Literal(fen, Type.MONEY))
    ),
    st.builds(
        Compare,
        comparators,
        st.just(LEVEL),
        st.sampled_from(VOCABULARY.levels).map(lambda level: Literal(level, Type.LEVEL)),
    ),
    st.builds(
        Compare,
        comparators,
        st.just(GRADE),
        st.sampled_from(GRADES).map(lambda grade: Literal(grade, Type.GRADE)),
    ),
    st.builds(
        Contains,
        st.just(TITLE),
        st.lists(st.sampled_from([title.name for title in TITLES]), min_size=1, max_size=2).map(tuple),
    ),
    st.just(FLAG),
)
conditions: st.SearchStrategy[Expr] = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any(tuple(parts))),
        st.builds(Not, inner),
        st.builds(IfElse, inner, inner, inner),
    ),
    max_leaves=8,
)


@st.composite
def facts(draw: st.DrawFn) -> dict[str, object]:
    """A fact whose title exists at its level, and has its grade."""
    title: Title = draw(st.sampled_from(TITLES))
    grades = [grade for rank in title.grades for grade in rank]
    return {
        "称号": title.name,
        "级别": draw(st.sampled_from(title.levels)),
        "等级": draw(st.sampled_from(grades)) if grades else None,
        "投入额": draw(st.integers(0, 3)),
        "存量企业": draw(st.booleans()),
    }


def _meets(expr: Expr, fact: dict[str, object]) -> bool | None:
    """Whether a fact meets a condition; None where a grade is asked of a title that has none."""
    match expr:
        case All(parts=parts) | Any(parts=parts):
            found = [_meets(part, fact) for part in parts]
            is_decided = isinstance(expr, Any)
            return is_decided if is_decided in found else None if None in found else not is_decided
        case Not(part=part):
            holds = _meets(part, fact)
            return None if holds is None else not holds
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            holds = _meets(condition, fact)
            return None if holds is None else _meets(then if holds else otherwise, fact)
        case Contains(left=left, names=names):
            return fact[left.field] in names
        case FieldRef(field=field):
            return bool(fact[field])
        case Compare(left=FieldRef() as left, right=Literal(value=value)):
            return _compares(expr.comparator, left, fact, value)
    raise TypeError(expr)


def _compares(comparator: Comparator, left: FieldRef, fact: dict[str, object], value: object) -> bool | None:
    given_ = fact[left.field]
    if given_ is None:
        return None
    if left.type is Type.MONEY or comparator in (Comparator.EQUAL, Comparator.UNEQUAL):
        return bool(TESTS[comparator](given_, value))
    if left.type is Type.LEVEL:
        return bool(TESTS[comparator](VOCABULARY.level_rank(str(given_)), VOCABULARY.level_rank(str(value))))
    title = VOCABULARY.titles[str(fact["称号"])]
    rank, bound = title.grade_rank(str(given_)), title.grade_rank(str(value))
    # A grade of another title has no rank here: no comparison with it holds.
    return None if rank is None or bound is None else bool(TESTS[comparator](rank, bound))


@given(conditions, facts())
def test_what_a_fact_meets_can_hold(expr: Expr, fact: dict[str, object]) -> None:
    possibility = Possibility(VOCABULARY, VOCABULARY.kinds["认定"], any_answer(town()))
    if _meets(expr, fact):
        assert possibility.can_hold([expr])


@given(conditions)
def test_a_condition_or_its_opposite_can_hold(expr: Expr) -> None:
    possibility = Possibility(VOCABULARY, VOCABULARY.kinds["认定"], any_answer(town()))
    assert possibility.can_hold([expr]) or possibility.can_hold([Not(expr)])
    assert not possibility.can_hold([expr], [expr])
