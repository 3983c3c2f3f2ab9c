"""What other registers know about the demo city (虚构登记): support from above, payments made, changes, bad records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duixian.exchange.demo_deeds import MUNICIPAL
from duixian.exchange.demo_facts import NUMBER, DemoCity, DemoFact
from duixian.exchange.demo_programmes import LAST_YEAR
from duixian.exchange.demo_projects import BOTH, PLANT, UPGRADE, some_day
from duixian.exchange.demo_sectors import ELECTRIC_SHIP
from duixian.rules.fact import Value

A, B = "连政办规〔2025〕6号", "连政办发〔2023〕36号"
NEIGHBOUR = "示例县政发〔2024〕1号"
"""A document that does not exist: payments of a county under rules of its own."""

# Of which kind, made for what, how many get support: one in so many, and the share of the money in per mille.
_SUPPORTED = (
    ("投资项目", (UPGRADE, PLANT, BOTH), 11, "有效投入额", 60),
    ("攻关项目", ("国家级", "省级"), 2, "拨付资金", 1_000),
    ("产品交付", (ELECTRIC_SHIP,), 12, "金额", 20),
    ("认定", ("省首台套",), 8, "", 0),
)
_OUTRIGHT_FEN = 30_000_000


@dataclass(frozen=True, slots=True)
class _Paid:
    """What is paid for facts made by a plan: a fixed sum, or per mille of a base up to a cap; in fen."""

    plan: str
    document: str
    clause: str
    matter: str
    fen: int
    base: str = ""
    per_mille: int = 0


_WAN = 1_000_000
# fmt: off
_PAID = (
    _Paid("入规", A, "（二）", "首次入规", 20 * _WAN),
    _Paid("省专精特新", A, "（三）", "专精特新", 20 * _WAN),
    _Paid("先进级", A, "（十）", "智能工厂", 50 * _WAN),
    _Paid("省绿厂", A, "（十六）", "绿色制造示范", 40 * _WAN),
    _Paid("市首台套", B, "四（一）", "首台（套）重大装备", 20 * _WAN),
    _Paid("省首台套", B, "四（一）", "首台（套）重大装备", 50 * _WAN),
    _Paid(PLANT, B, "四（三）", "有效投入补助", 500 * _WAN, "有效投入额", 100),
    _Paid(ELECTRIC_SHIP, B, "四（四）", "电动船舶推广补助", 200 * _WAN, "金额", 30),
    _Paid("地方标准", B, "四（五）", "地方标准", 5 * _WAN),
    _Paid("智能车间", NEIGHBOUR, "第三条", "智能车间奖励", 10 * _WAN),
)
# fmt: on
_ROUNDS = {
    A: (date(2025, 12, 1), date(2026, 5, 31), date(2026, 7, 31)),
    B: (date(2024, 1, 1), date(2024, 12, 31), date(2025, 5, 30)),
    NEIGHBOUR: (date(2024, 1, 1), date(2025, 12, 31), date(2026, 3, 31)),
}
"""The payment round of each document that is over: facts of which days, paid on which day."""
_PAID_ONE_IN, _SHORT_ONE_IN = 3, 5
_LEAST_FEN = 5 * _WAN

_BAD_RECORDS = ("严重失信", "较大以上安全事故", "较大以上环境污染")


def support(city: DemoCity) -> None:
    """Enter support received from state and province (上级支持)."""
    rng = city.random("support")
    for kind, plans, one_in, base, per_mille in _SUPPORTED:
        facts = [fact for fact in city.facts[kind] if fact.plan in plans]
        for fact in facts[one_in - 1 :: one_in]:
            level = str(fact.row.get("级别", "省级")) if kind == "攻关项目" else "省级"
            money = fact.row.get(base, 0)
            assert isinstance(money, int)
            values: dict[str, Value] = {
                "事实编号": fact.row[NUMBER],
                "级别": level,
                "金额": money * per_mille // 1_000 or _OUTRIGHT_FEN,
                "日期": some_day(rng, LAST_YEAR if _year_of(fact) == LAST_YEAR else _year_of(fact) + 1),
                "名称": f"示例{level[:-1]}级专项资金",
            }
            city.add("上级支持", fact.body, values)


def _year_of(fact: DemoFact) -> int:
    return next(value.year for value in fact.row.values() if isinstance(value, date))


def pay(city: DemoCity) -> None:
    """Enter the payments of rounds that are over (已兑付): a third of what fell into them, some of it cut."""
    for paid in _PAID:
        first, last, day = _ROUNDS[paid.document]
        due = [
            fact
            for facts in city.facts.values()
            for fact in facts
            if fact.plan == paid.plan and first <= _day_of(fact) <= last
        ]
        for turn, fact in enumerate(due[_PAID_ONE_IN - 1 :: _PAID_ONE_IN]):
            fen = _sum(paid, fact)
            if fen >= _LEAST_FEN:
                cut = fen * 8 // 10 if turn % _SHORT_ONE_IN == _SHORT_ONE_IN - 1 else fen
                _pay(city, paid, fact, cut, day)


def _day_of(fact: DemoFact) -> date:
    return next(value for value in fact.row.values() if isinstance(value, date))


def _sum(paid: _Paid, fact: DemoFact) -> int:
    """What was due in full."""
    if not paid.base:
        return paid.fen
    base = fact.row[paid.base]
    assert isinstance(base, int)
    return min(base * paid.per_mille // 1_000, paid.fen)


def _pay(city: DemoCity, paid: _Paid, fact: DemoFact, fen: int, day: date) -> None:
    values: dict[str, Value] = {
        "文号": paid.document,
        "条款": paid.clause,
        "事项": paid.matter,
        "事实编号": fact.row[NUMBER],
        "金额": fen,
        "日期": day,
    }
    city.add("已兑付", fact.body, values)


def change(city: DemoCity) -> None:
    """Enter moves, new names, splits and ends (企业变更)."""
    rng = city.random("changes")
    for body, event in _changes(city):
        day = body.moved_in if event == "迁入" and body.moved_in else some_day(rng, rng.randint(2023, LAST_YEAR))
        note = body.former_name if event == "更名" else ""
        values: dict[str, Value] = {"事由": event, "日期": day}
        city.add("企业变更", body, values | ({"说明": note} if note else {}))
    for turn in range(city.quota(5)):
        body = city.pools["企业"][-1 - 7 * turn % len(city.pools["企业"])]
        record: dict[str, Value] = {
            "类型": _BAD_RECORDS[turn % len(_BAD_RECORDS)],
            "日期": some_day(rng, LAST_YEAR),
            "已解除": turn % 3 == 1,
            "文号": f"示例罚〔{LAST_YEAR}〕{turn + 1}号",
        }
        city.add("负面记录", body, record)
