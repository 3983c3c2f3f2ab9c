"""What a row gives at one value of a field (试算): its ceiling as a function of an amount that the fact states.

Only bases that follow from one field, written values and decisions are computed; anything else gives None, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.possible import as_number
from duixian.checks.walk import parts_within
from duixian.money import MAX_FEN, share_floor
from duixian.rules.decided import Decisions
from duixian.rules.expression import (
    All,
    Any,
    Comparator,
    Compare,
    DecidedAs,
    Expr,
    FieldRef,
    IfElse,
    Literal,
    Not,
    Scope,
    Sum,
    Type,
)
from duixian.rules.measure import AwardRow, FixedSum, RateOfBase


def thresholds(parts: tuple[Expr, ...]) -> Iterator[tuple[FieldRef, int]]:
    """The lower bounds on money that a fact must reach (``有效投入额 >= 200万元``): field and the least fen that will do."""
    for part in parts:
        match part:
            case All(parts=inner):
                yield from thresholds(inner)
            case Compare(
                comparator=Comparator.AT_LEAST | Comparator.ABOVE as comparator,
                left=FieldRef(scope=Scope.TRIGGER, type=Type.MONEY) as left,
                right=Literal() as right,
            ):
                yield left, as_number(right) + (comparator is Comparator.ABOVE)


def amount_at(row: AwardRow, field: FieldRef, fen: int, decisions: Decisions) -> int | None:
    """The row's ceiling where the field is so many fen; None when other facts decide it."""
    match row.amount:
        case FixedSum(fen=fixed):
            return fixed
        case RateOfBase(rate=rate, base=base, cap_fen=cap):
            base_fen = _value(base.root, field, fen, decisions)
            if base_fen is None:
                return None
            given = share_floor(max(base_fen, 0), rate)
            return given if cap is None else min(given, cap)


def cap_binds_from(row: AwardRow, field: FieldRef, decisions: Decisions) -> int | None:
    """The least value of the field at which the row gives its cap; None when it never does."""
    amount = row.amount
    if not isinstance(amount, RateOfBase) or amount.cap_fen is None:
        return None
    if amount_at(row, field, MAX_FEN, decisions) != amount.cap_fen:
        return None
    low, high = 0, MAX_FEN  # more never gives less, so halving finds the edge
    while low < high:
        middle = (low + high) // 2
        low, high = (
            (low, middle)
            if amount_at(row, field, middle, decisions) == amount.cap_fen
            else (middle + 1, high)
        )
    return low


def money_field(row: AwardRow) -> FieldRef | None:
    """The field that the row's base is made of, when it is a single one."""
    if not isinstance(row.amount, RateOfBase):
        return None
    fields = {
        part
        for part in parts_within(row.amount.base.root)
        if isinstance(part, FieldRef) and part.type is Type.MONEY
    }
    return next(iter(fields)) if len(fields) == 1 else None


def _value(expr: Expr, field: FieldRef, fen: int, decisions: Decisions) -> int | None:
    match expr:
        case Literal():
            return as_number(expr)
        case FieldRef():
            return fen if expr == field else None
        case Sum(left=left, right=right, sign=sign):
            one, two = _value(left, field, fen, decisions), _value(right, field, fen, decisions)
            return None if one is None or two is None else one + sign * two
        case IfElse(condition=condition, then=then, otherwise=otherwise):
            holds = _holds(condition, field, fen, decisions)
            return None if holds is None else _value(then if holds else otherwise, field, fen, decisions)
    return None


def _holds(expr: Expr, field: FieldRef, fen: int, decisions: Decisions) -> bool | None:
    match expr:
        case DecidedAs(interpretation=name, option=option):
            return decisions.get(name) == option
        case Not(part=part):
            holds = _holds(part, field, fen, decisions)
            return None if holds is None else not holds
        case All(parts=parts):
            found = [_holds(part, field, fen, decisions) for part in parts]
            return False if False in found else None if None in found else True
        case Any(parts=parts):
            found = [_holds(part, field, fen, decisions) for part in parts]
            return True if True in found else None if None in found else False
        case Compare(comparator=comparator, left=left, right=right):
            one, two = _value(left, field, fen, decisions), _value(right, field, fen, decisions)
            return None if one is None or two is None else _compare(comparator, one, two)
    return None


def _compare(comparator: Comparator, one: int, two: int) -> bool:
    signs = {
        Comparator.EQUAL: one == two,
        Comparator.UNEQUAL: one != two,
        Comparator.AT_LEAST: one >= two,
        Comparator.AT_MOST: one <= two,
        Comparator.ABOVE: one > two,
        Comparator.BELOW: one < two,
    }
    return signs[comparator]
