"""Expressions in words, as they are written in a policy: for traces, explanations and 差一步 reports."""

from __future__ import annotations

from datetime import date

from duixian.money import format_wan
from duixian.rules.expression import (
    All,
    Any,
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
    Shift,
    Sum,
    Type,
    YearEnd,
    YearOf,
)
from duixian.rules.fact import Value

SIGNS = {"=": "=", "!=": "≠", ">=": "≥", "<=": "≤", ">": ">", "<": "<"}


def value_text(value: Value, type_: Type) -> str:
    """A value in words: money in 万元, dates as ISO, flags as 是 and 否."""
    if type_ is Type.MONEY and isinstance(value, int):
        return format_wan(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(value) if isinstance(value, tuple) else str(value)


def expression_text(expr: Expr) -> str:
    """An expression as an officer would write it."""
    match expr:
        case Literal(value=value, type=type_):
            return value_text(value, type_)
        case FieldRef(scope=Scope.ENTERPRISE, field=field):
            return f"企业.{field}"
        case FieldRef(field=field):
            return field
        case Compare(comparator=comparator, left=left, right=right):
            return f"{expression_text(left)} {SIGNS[comparator.value]} {_side(left, right)}"
        case Contains(left=left, names=names) if left.type is Type.OPTIONS:
            return f"{expression_text(left)} 含 {'、'.join(names)}"
        case Contains(left=left, names=names):
            return f"{expression_text(left)} 属于 {'、'.join(names)}"
        case All(parts=parts):
            return " 且 ".join(_bracketed(part, Any) for part in parts)
        case Any(parts=parts):
            return " 或 ".join(_bracketed(part, All) for part in parts)
        case Not(part=part):
            return f"非（{expression_text(part)}）"
        case Exists(kind=kind, condition=condition):
            return f"有 {kind}（{expression_text(condition)}）"
        case DecidedAs(interpretation=name, option=option):
            return f"口径 {name} = {option}"
        case IfElse(condition=condition, then=then, otherwise=other):
            return f"若 {expression_text(condition)} 则 {expression_text(then)} 否则 {expression_text(other)}"
        case Shift(date=day, months=months, days=days):
            return f"{expression_text(day)} + " + (f"{months}个月" if months else f"{days}日")
        case Sum(left=left, right=right, sign=sign):
            return f"{expression_text(left)} {'+' if sign > 0 else '-'} {expression_text(right)}"
        case YearOf(date=day):
            return f"年份（{expression_text(day)}）"
        case YearEnd(year=year):
            return f"年末（{expression_text(year)}）"


def _side(left: Expr, right: Expr) -> str:
    """The right side; a field of the trigger fact next to one of the looked-at fact is told apart by 本."""
    is_trigger = isinstance(right, FieldRef) and right.scope is Scope.TRIGGER
    is_beside = isinstance(left, FieldRef) and left.scope is Scope.CANDIDATE
    return f"本.{expression_text(right)}" if is_trigger and is_beside else expression_text(right)


def _bracketed(expr: Expr, other: type) -> str:
    text = expression_text(expr)
    return f"（{text}）" if isinstance(expr, other | IfElse) else text
