"""Which types compare by which sign (比较): ranks, money, counts and days by all six, names by = and != alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from duixian.rules.expression import Comparator, Compare, Expr, Type
from duixian.source.names import RANKED
from duixian.source.syntax import comparator_of, place_of

if TYPE_CHECKING:
    from lark import Token

    from duixian.source.desk import Desk
    from duixian.source.yaml_tree import Excerpt

Typed: TypeAlias = tuple[Expr, Type]
"""An expression with its type."""

_ORDERED = frozenset({Type.MONEY, Type.COUNT, Type.DATE, Type.YEAR}) | RANKED
_STANDS_ALONE = {Type.FLAG: "不写比较，直接写字段名", Type.OPTIONS: "含"}


def stands_alone(sign: Token, type_: Type, excerpt: Excerpt, desk: Desk) -> bool:
    """Whether a value of this type compares with nothing; then a problem says so."""
    if type_ not in _STANDS_ALONE:
        return False
    desk.problem("wrong-comparison", place_of(sign, excerpt), str(sign), _STANDS_ALONE[type_], type=type_)
    return True


def compare(sign: Token, left: Typed, right: Typed, excerpt: Excerpt, desk: Desk) -> Expr | None:
    """The comparison of two sides of one type; None (and a problem) when the type does not compare by this sign."""
    if stands_alone(sign, left[1], excerpt, desk):
        return None
    comparator = comparator_of(sign)
    if left[1] not in _ORDERED and comparator not in {Comparator.EQUAL, Comparator.UNEQUAL}:
        desk.problem("wrong-comparison", place_of(sign, excerpt), str(sign), "= !=", type=left[1])
        return None
    return Compare(comparator, left[0], right[0])
