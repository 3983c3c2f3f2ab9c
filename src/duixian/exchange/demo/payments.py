"""Payments of rounds that are over (虚构兑付): a third of what fell into them, some of it cut, some by another authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duixian.exchange.demo.facts import NUMBER, DemoCity, DemoFact
from duixian.exchange.demo.projects import PLANT
from duixian.exchange.demo.sectors import ELECTRIC_SHIP
from duixian.rules.fact import Value

A, B = "连政办规〔2025〕6号", "连政办发〔2023〕36号"
ELSEWHERE = "示例县政发〔2024〕1号"
"""A document that does not exist: payments of a county under rules of its own."""

_WAN = 1_000_000


@dataclass(frozen=True, slots=True)
class _Due:
    """What is due for facts of one plan (应付): a sum, or per mille of a base up to that sum, in fen.

    ``least`` is the smallest base that is paid at all; ``where`` are cells that the fact must have.
    """

    plan: str
    document: str
    clause: str
    matter: str
    fen: int
    base: str = ""
    per_mille: int = 0
    least: int = 0
    where: tuple[tuple[str, Value], ...] = ()


_FIRST_DRAFTER = (("级别", "市级"), ("角色", "第一起草单位"), ("制修订", "制定"))

# fmt: off
_DUE = (
    _Due("入规", A, "（二）", "首次入规", 20 * _WAN),
    _Due("省专精特新", A, "（三）", "专精特新", 20 * _WAN),
    _Due("先进级", A, "（十）", "智能工厂", 50 * _WAN),
    _Due("省绿厂", A, "（十六）", "绿色制造示范", 40 * _WAN),
    _Due("市首台套", B, "四（一）", "首台（套）重大装备", 20 * _WAN),
    _Due("省首台套", B, "四（一）", "首台（套）重大装备", 50 * _WAN),
    _Due(PLANT, B, "四（三）", "有效投入补助", 500 * _WAN, "有效投入额", 100, 3_000 * _WAN),
    _Due(ELECTRIC_SHIP, B, "四（四）", "电动船舶推广补助", 200 * _WAN, "金额", 30),
    _Due("地方标准", B, "四（五）", "地方标准", 5 * _WAN, where=_FIRST_DRAFTER),
    _Due("智能车间", ELSEWHERE, "第三条", "智能车间奖励", 10 * _WAN),
)
# fmt: on
_ROUNDS = {
    A: (date(2025, 12, 1), date(2026, 5, 31), date(2026, 7, 31)),
    B: (date(2024, 1, 1), date(2024, 12, 31), date(2025, 5, 30)),
    ELSEWHERE: (date(2024, 1, 1), date(2025, 12, 31), date(2026, 3, 31)),
}
"""The round of each document that is over: for facts from which day to which, and when it was paid."""
_PAID_ONE_IN, _CUT_ONE_IN, _CUT_PER_MILLE = 3, 5, 800


def pay(city: DemoCity) -> None:
    """Enter the payments (已兑付). What state or province supported is left out: B does not pay it again."""
    supported = {fact.row["事实编号"] for fact in city.facts["上级支持"]}
    for due in _DUE:
        facts = [fact for fact in _facts_of(city, due) if fact.row[NUMBER] not in supported]
        for turn, fact in enumerate(facts[_PAID_ONE_IN - 1 :: _PAID_ONE_IN], start=1):
            fen = _sum(due, fact)
            city.add(
                "已兑付",
                fact.body,
                {
                    "文号": due.document,
                    "条款": due.clause,
                    "事项": due.matter,
                    "事实编号": fact.row[NUMBER],
                    "金额": fen * _CUT_PER_MILLE // 1_000 if turn % _CUT_ONE_IN == 0 else fen,
                    "日期": _ROUNDS[due.document][2],
                },
            )


def _facts_of(city: DemoCity, due: _Due) -> Iterator[DemoFact]:
    first, last, _ = _ROUNDS[due.document]
    for facts in city.facts.values():
        for fact in facts:
            is_meant = fact.plan == due.plan and all(fact.row.get(name) == value for name, value in due.where)
            if is_meant and first <= fact.day <= last and _base(due, fact) >= due.least:
                yield fact


def _base(due: _Due, fact: DemoFact) -> int:
    base = fact.row[due.base] if due.base else due.fen
    assert isinstance(base, int)
    return base


def _sum(due: _Due, fact: DemoFact) -> int:
    return min(_base(due, fact) * due.per_mille // 1_000, due.fen) if due.base else due.fen
