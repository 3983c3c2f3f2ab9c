"""Folding: an expression under the decisions that hold, without the parts that they settle.

``非（口径 甲 = 不奖励 且 有 …）`` under 甲 = 奖励 holds always: it is left out, so that neither the run nor the trace carries it.
"""

from __future__ import annotations

from duixian.rules.decided import Decisions
from duixian.rules.expression import (
    All,
    Any,
    Compare,
    DecidedAs,
    Exists,
    Expr,
    IfElse,
    Literal,
    Not,
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)

YES, NO = Literal(True, Type.FLAG), Literal(False, Type.FLAG)


def fold(expr: Expr, decisions: Decisions) -> Expr:
    """The expression with every 口径 replaced by its answer, and simplified where that settles a part."""
    match expr:
        case DecidedAs(interpretation=name, option=option):
            return YES if decisions[name] == option else NO
        case All(parts=parts):
            return _joined(tuple(fold(part, decisions) for part in parts), neutral=YES, deciding=NO)
        case Any(parts=parts):
            return _joined(tuple(fold(part, decisions) for part in parts), neutral=NO, deciding=YES)
        case Not(part=part):
            return _negated(fold(part, decisions))
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            settled, one, two = (fold(each, decisions) for each in (condition, then, otherwise))
            if isinstance(settled, Literal):
                return one if settled.value else two
            return IfElse(settled, one, two)
        case Exists(kind=kind, condition=condition):
            return Exists(kind, fold(condition, decisions))
        case Compare(comparator=comparator, left=left, right=right):
            return Compare(comparator, fold(left, decisions), fold(right, decisions))
        case Shift(date=day, months=months, days=days):
            return Shift(fold(day, decisions), months, days)
        case Sum(left=left, right=right, sign=sign):
            return Sum(fold(left, decisions), fold(right, decisions), sign)
        case YearOf(date=day):
            return YearOf(fold(day, decisions))
        case YearEnd(year=year):
            return YearEnd(fold(year, decisions))
    return expr


def _negated(part: Expr) -> Expr:
    if isinstance(part, Literal):
        return NO if part.value else YES
    return Not(part)


def _joined(parts: tuple[Expr, ...], *, neutral: Literal, deciding: Literal) -> Expr:
    """且 and 或: neutral parts fall away, one deciding part settles all, nested ones of the same kind are laid flat."""
    kind: type[All] | type[Any] = All if neutral is YES else Any
    left: list[Expr] = []
    for part in parts:
        if part == deciding:
            return deciding
        if isinstance(part, kind):
            left.extend(part.parts)
        elif part != neutral:
            left.append(part)
    if not left:
        return neutral
    return left[0] if len(left) == 1 else kind(tuple(left))
