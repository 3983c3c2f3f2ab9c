"""What other registers know about the demo city (虚构登记): support from above, changes of enterprises, bad records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from duixian.exchange.demo.city import Body
from duixian.exchange.demo.facts import NUMBER, DemoCity
from duixian.exchange.demo.programmes import LAST_YEAR
from duixian.exchange.demo.projects import BOTH, PLANT, UPGRADE, some_day
from duixian.exchange.demo.sectors import ELECTRIC_SHIP
from duixian.rules.fact import Value

# The kind, the plans, one in how many is supported, and the money: a base with its per mille, or a sum.
_SUPPORTED = (
    ("投资项目", (UPGRADE, PLANT, BOTH), 11, "有效投入额", 60),
    ("攻关项目", ("国家级", "省级"), 2, "拨付资金", 1_000),
    ("产品交付", (ELECTRIC_SHIP,), 12, "金额", 20),
    ("认定", ("省首台套",), 8, "", 0),
)
_OUTRIGHT_FEN = 30_000_000

_CHANGES = (("分立新设", 4), ("迁出", 5), ("注销", 4))
"""What befalls weak enterprises, and how many in 3,000."""
_BAD_RECORDS = ("严重失信", "较大以上安全事故", "较大以上环境污染")
_BAD_RECORDS_YEARLY = 6


def support(city: DemoCity) -> None:
    """Enter support received from state and province (上级支持)."""
    rng = city.random("support")
    for kind, plans, one_in, base, per_mille in _SUPPORTED:
        facts = [fact for fact in city.facts[kind] if fact.plan in plans]
        for fact in facts[one_in - 1 :: one_in]:
            level = fact.plan if kind == "攻关项目" else "省级"
            money = fact.row.get(base, 0)
            assert isinstance(money, int)
            values: dict[str, Value] = {
                "事实编号": fact.row[NUMBER],
                "级别": level,
                "金额": money * per_mille // 1_000 or _OUTRIGHT_FEN,
                "日期": some_day(rng, min(fact.day.year + 1, LAST_YEAR)),
                "名称": f"示例{level[:-1]}级专项资金",
            }
            city.add("上级支持", fact.body, values)


def change(city: DemoCity) -> None:
    """Enter moves, new names, splits and ends (企业变更)."""
    rng = city.random("changes")
    for body, event, day in _changes(city, rng):
        values: dict[str, Value] = {"事由": event, "日期": day}
        if event == "更名":
            values["说明"] = f"原名称：{body.former_name}"
        city.add("企业变更", body, values)


def _changes(city: DemoCity, rng: Random) -> Iterator[tuple[Body, str, date]]:
    for body in city.bodies:
        if body.former_name:
            yield body, "更名", some_day(rng, rng.randint(2023, LAST_YEAR))
        if body.moved_in:
            yield body, "迁入", body.moved_in
    for event, yearly in _CHANGES:
        for _ in range(city.quota(yearly)):
            yield _weak(city, rng), event, some_day(rng, LAST_YEAR)


def blame(city: DemoCity) -> None:
    """Enter bad records (负面记录), some of them cleared again."""
    rng = city.random("blame")
    for turn in range(city.quota(_BAD_RECORDS_YEARLY)):
        values: dict[str, Value] = {
            "类型": _BAD_RECORDS[turn % len(_BAD_RECORDS)],
            "日期": some_day(rng, LAST_YEAR),
            "已解除": turn % 3 == 1,
            "文号": f"示例罚〔{LAST_YEAR}〕{turn + 1}号",
        }
        city.add("负面记录", rng.choice(city.pools["企业"]), values)


def _weak(city: DemoCity, rng: Random) -> Body:
    """An enterprise of the weaker half."""
    pool = city.pools["企业"]
    return pool[rng.randrange(len(pool) // 2, len(pool))]
