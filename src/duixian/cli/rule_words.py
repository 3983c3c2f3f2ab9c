"""Rules in words (规则用语): rows, amounts, limits, ladders, and the values that a question leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from duixian.cli.screen import Screen
from duixian.rules.decided import Choice, Decided
from duixian.rules.expression import FieldRef
from duixian.rules.expression_text import SIGNS, expression_text
from duixian.rules.measure import Amount, AwardRow, FixedSum, Ladder, Limit, Measure, Selector
from duixian.wording import percent

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Says rules in words (规则用语); where a question decides, what holds now, and what else could."""

    screen: Screen
    decisions: Mapping[str, str]

    def decided(self, value: Decided[T], words: Callable[[T], str]) -> str:
        """A value; one that a question decides with its other values."""
        if not isinstance(value, Choice):
            return words(value)
        holding = self.decisions[value.interpretation]
        others = [words(each) for option, each in value.options.items() if option != holding]
        return self.screen.words(
            "show.by-question",
            value=words(value.options[holding]),
            question=value.interpretation,
            others="、".join(dict.fromkeys(others)),
        )

    def named(self, value: Decided[E]) -> str:
        """A named value."""
        return self.decided(value, _name)

    def amount(self, amount: Amount) -> str:
        """最高 60万元 · 定额 20万元 · 有效投入额 × 12%，最高 500万元."""
        if isinstance(amount, FixedSum):
            return self.screen.words("show.exactly" if amount.is_exact else "show.at-most", amount=amount.fen)
        base = expression_text(amount.base.root)
        base = base if isinstance(amount.base.root, FieldRef) else f"（{base}）"
        rate = f"{base} × {percent(amount.rate)}"
        if amount.cap_fen is None:
            return rate
        return f"{rate}，{self.screen.words('show.at-most', amount=amount.cap_fen)}"

    def limit(self, limit: Limit) -> str:
        """每企业、年度最多 1 项（A11b、A11c）."""
        per = self.decided(limit.per, "、".join)
        if limit.max_fen is not None:
            told = self.screen.words("show.limit-sum", per=per, amount=limit.max_fen)
        else:
            told = self.screen.words("show.limit-count", per=per, count=limit.max_count)
        one_off = self.screen.words("show.one-off") if limit.is_one_off else ""
        return told + one_off + _rows(limit.rows)

    def ladder(self, ladder: Ladder) -> str:
        """专精特新梯度：每企业，晋级 全额（A03a、A03c、A03e）."""
        per, promotion = self.decided(ladder.per, "、".join), self.decided(ladder.promotion, _name)
        words = self.screen.words("show.ladder", name=ladder.name, per=per, promotion=promotion)
        return words + _rows(ladder.rows)

    def row_headers(self, measure: Measure) -> list[str]:
        """The headers of the award table: what selects, and what is given."""
        words = self.screen.words
        rounds = [words("show.round")] if _has_rounds(measure) else []
        conditions = [words("show.condition")] if _has_conditions(measure) else []
        return [words("column.row"), *_fields(measure), *rounds, *conditions, words("show.amount")]

    def row_cells(self, measure: Measure, row: AwardRow) -> list[str]:
        """One row of the award table."""
        by_field = {selector.field: _selector(selector) for selector in row.selectors}
        rounds = [str(row.round or "")] if _has_rounds(measure) else []
        conditions = [condition_words(row.condition.text)] if _has_conditions(measure) else []
        fields = [by_field.get(field, "") for field in _fields(measure)]
        return [row.id, *fields, *rounds, *conditions, self.amount(row.amount)]


def condition_words(text: str) -> str:
    """A condition as its author wrote it, on one line."""
    return " ".join(text.split())


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
