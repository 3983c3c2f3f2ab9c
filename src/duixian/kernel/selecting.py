"""Selectors against a shape (条目选择): which rows of an award table are about facts of a shape."""

from __future__ import annotations

from collections.abc import Callable

from duixian.kernel.layout import KindLayout
from duixian.kernel.still import COMPARE, Shape, ranks_hold
from duixian.rules.expression import Comparator
from duixian.rules.fact import Value
from duixian.rules.measure import AwardRow, Selector
from duixian.rules.vocabulary import FieldType, Vocabulary


def titles_of(row: AwardRow, kind: KindLayout) -> frozenset[str]:
    """The titles that a row names."""
    field = kind.kind.title_field
    return frozenset(name for each in row.selectors if each.field == field for name in each.names)


def selected(
    row: AwardRow, shape: Shape, kind: KindLayout, vocabulary: Vocabulary, bit: Callable[[str], int]
) -> int:
    """Whether a row takes a shape, its title aside: 0, 1, or the missing fields as a negative word."""
    unknown = 0
    for each in row.selectors:
        if each.field == kind.kind.title_field:
            continue
        value = shape.values.get(each.field)
        if value is None:
            unknown |= bit(each.field)
        elif not _holds(each, value, shape.title, kind, vocabulary):
            return 0
    return -unknown if unknown else 1


def _holds(selector: Selector, value: Value, title: str, kind: KindLayout, vocabulary: Vocabulary) -> bool:
    if selector.comparator is not Comparator.EQUAL:
        bound = selector.names[0]
        if kind.type_of(selector.field) is FieldType.LEVEL:
            return COMPARE[selector.comparator](
                vocabulary.level_rank(str(value)), vocabulary.level_rank(bound)
            )
        return ranks_hold(selector.comparator, str(value), bound, title, vocabulary)
    if isinstance(value, tuple):
        return any(each in selector.names for each in value)
    return value in selector.names
