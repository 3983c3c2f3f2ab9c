"""Rules in words (规则用语): rows, amounts, limits, ladders, and the values that a question leaves open."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from duixian.cli.screen import Screen
from duixian.money import format_wan
from duixian.rules.decided import Choice, Decided
from duixian.rules.expression_text import SIGNS, expression_text
from duixian.rules.measure import Amount, AwardRow, FixedSum, Ladder, Limit, Measure, Selector
from duixian.wording import percent

T = TypeVar("T")


def decided_words(screen: Screen, value: Decided[T], words: Callable[[T], str]) -> str:
    """A value, or every value that a question could give it."""
    if not isinstance(value, Choice):
        return words(value)
    options = "；".join(f"{option}：{words(each)}" for option, each in value.options.items())
    return screen.words("show.by-question", question=value.interpretation, options=options)


def amount_words(screen: Screen, amount: Amount) -> str:
    """最高 60万元 · 定额 20万元 · 有效投入额 × 12%，最高 500万元."""
    if isinstance(amount, FixedSum):
        return screen.words("show.exactly" if amount.is_exact else "show.at-most", amount=amount.fen)
    rate = f"{expression_text(amount.base.root)} × {percent(amount.rate)}"
    return rate if amount.cap_fen is None else f"{rate}，{screen.words('show.at-most', amount=amount.cap_fen)}"


def row_headers(screen: Screen, measure: Measure) -> list[str]:
    """The headers of the award table: what selects, and what is given."""
    fields = _fields(measure)
    conditions = [screen.words("show.condition")] if _has_conditions(measure) else []
    rounds = [screen.words("show.round")] if _has_rounds(measure) else []
    return [screen.words("column.row"), *fields, *rounds, *conditions, screen.words("show.amount")]


def row_cells(screen: Screen, measure: Measure, row: AwardRow) -> list[str]:
    """One row of the award table."""
    by_field = {selector.field: _selector(selector) for selector in row.selectors}
    rounds = [str(row.round or "")] if _has_rounds(measure) else []
    conditions = [condition_words(row.condition.text)] if _has_conditions(measure) else []
    fields = [by_field.get(field, "") for field in _fields(measure)]
    return [row.id, *fields, *rounds, *conditions, amount_words(screen, row.amount)]


def condition_words(text: str) -> str:
    """A condition as its author wrote it, on one line."""
    return " ".join(text.split())


def limit_words(screen: Screen, limit: Limit) -> str:
    """每企业、年度最多 1 项 (A11b、A11c)."""
    per = decided_words(screen, limit.per, "、".join)
    if limit.max_fen is not None:
        told = screen.words("show.limit-sum", per=per, amount=limit.max_fen)
    else:
        told = screen.words("show.limit-count", per=per, count=limit.max_count)
    one_off = screen.words("show.one-off") if limit.is_one_off else ""
    return told + one_off + _rows(limit.rows)


def ladder_words(screen: Screen, ladder: Ladder) -> str:
    """专精特新梯度：每企业，晋级 全额 (A03a、A03c、A03e)."""
    per = decided_words(screen, ladder.per, "、".join)
    promotion = decided_words(screen, ladder.promotion, _name)
    return screen.words("show.ladder", name=ladder.name, per=per, promotion=promotion) + _rows(ladder.rows)


def name_words(screen: Screen, value: Decided[StrEnum]) -> str:
    """A named value, or those that a question could give."""
    return decided_words(screen, value, _name)


def _name(value: StrEnum) -> str:
    return str(value)


def _rows(rows: frozenset[str]) -> str:
    return f"（{'、'.join(sorted(rows))}）" if rows else ""


def _selector(selector: Selector) -> str:
    sign = SIGNS[selector.comparator.value]
    names = "、".join(selector.names)
    return names if sign == "=" else f"{sign} {names}"


def _fields(measure: Measure) -> list[str]:
    return list(dict.fromkeys(selector.field for row in measure.rows for selector in row.selectors))


def _has_rounds(measure: Measure) -> bool:
    return any(row.round for row in measure.rows)


def _has_conditions(measure: Measure) -> bool:
    return any(row.condition.text for row in measure.rows)
