"""What the shape of a fact settles alone (静态求值): conditions over coded fields are answered once per shape, not once per fact."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any as Anything
from typing import NamedTuple

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
    Type,
)
from duixian.rules.fact import Value
from duixian.rules.vocabulary import Vocabulary

COMPARE: Mapping[Comparator, Callable[[Anything, Anything], bool]] = {
    Comparator.EQUAL: operator.eq,
    Comparator.UNEQUAL: operator.ne,
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.ABOVE: operator.gt,
    Comparator.BELOW: operator.lt,
}
RANKING = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.ABOVE, Comparator.BELOW)


class Lacking(NamedTuple):
    """Unknown: the bits of the fields that are missing."""

    mask: int


Answer = Value | Lacking
Bit = Callable[[str], int]
"""The bit of a field of the shape's own kind."""


class Shape(NamedTuple):
    """The coded values of one shape, by field, and the title that ranks its grades; a missing field is not in ``values``."""

    values: Mapping[str, Value]
    title: str


def settle(expr: Expr, shape: Shape, vocabulary: Vocabulary, bit: Bit) -> Answer:
    """The value of an expression that reads coded fields of one fact only.

    Raises:
        TypeError: for an expression that reads anything else (a bug, not a policy's fault).
    """
    match expr:
        case Literal(value=value):
            return value
        case FieldRef(field=name):
            found = shape.values.get(name)
            return Lacking(bit(name)) if found is None else found
        case Compare():
            return _compare(expr, shape, vocabulary, bit)
        case Contains(left=left, names=names):
            held = settle(left, shape, vocabulary, bit)
            if isinstance(held, Lacking):
                return held
            return any(each in names for each in held) if isinstance(held, tuple) else held in names
        case All(parts=parts):
            return _joined([settle(part, shape, vocabulary, bit) for part in parts], deciding=False)
        case Any(parts=parts):
            return _joined([settle(part, shape, vocabulary, bit) for part in parts], deciding=True)
        case Not(part=part):
            answer = settle(part, shape, vocabulary, bit)
            return answer if isinstance(answer, Lacking) else not answer
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            holds = settle(condition, shape, vocabulary, bit)
            one, two = settle(then, shape, vocabulary, bit), settle(otherwise, shape, vocabulary, bit)
            if isinstance(holds, Lacking):
                return one if one == two else holds
            return one if holds else two
    raise TypeError(f"not settled by a shape: {expr!r}")


def _joined(answers: list[Answer], *, deciding: bool) -> Answer:
    mask = 0
    for answer in answers:
        if isinstance(answer, Lacking):
            mask |= answer.mask
        elif answer is deciding:
            return deciding
    return Lacking(mask) if mask else not deciding


def _compare(expr: Compare, shape: Shape, vocabulary: Vocabulary, bit: Bit) -> Answer:
    one, two = settle(expr.left, shape, vocabulary, bit), settle(expr.right, shape, vocabulary, bit)
    if isinstance(one, Lacking):
        return Lacking(one.mask | two.mask) if isinstance(two, Lacking) else one
    if isinstance(two, Lacking):
        return two
    test = COMPARE[expr.comparator]
    if expr.comparator in RANKING and isinstance(expr.left, FieldRef):
        if expr.left.type is Type.LEVEL:
            return test(vocabulary.level_rank(str(one)), vocabulary.level_rank(str(two)))
        if expr.left.type is Type.GRADE:
            return ranks_hold(expr.comparator, str(one), str(two), shape.title, vocabulary)
    return test(one, two)


def ranks_hold(comparator: Comparator, one: str, two: str, title: str, vocabulary: Vocabulary) -> bool:
    """Whether two grades compare so within a title; false when the title has not both."""
    here = vocabulary.titles.get(title)
    first, second = (here.grade_rank(one), here.grade_rank(two)) if here else (None, None)
    return first is not None and second is not None and COMPARE[comparator](first, second)
