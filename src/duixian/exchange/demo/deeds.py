"""What the bodies of the demo city research, deliver and standardise (虚构攻关、交付、标准): the facts of B四（一）（四）（五）."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from duixian.exchange.demo.city import Body, likely
from duixian.exchange.demo.facts import DemoCity
from duixian.exchange.demo.programmes import FIRST_YEAR, LAST_YEAR
from duixian.exchange.demo.projects import amount, some_day
from duixian.exchange.demo.sectors import ELECTRIC_SHIP
from duixian.rules.fact import Value

MUNICIPAL = "市级"

# Level, category, how many a year, the field of the money and its edges in hundredths of 万元.
_RESEARCH = (
    ("国家级", "核心技术攻关", 3, "拨付资金", (100_000, 80_000, 150_000)),
    ("省级", "核心技术攻关", 6, "拨付资金", (66_667, 30_000, 50_000)),
    (MUNICIPAL, "揭榜挂帅", 9, "协议成交额", (20_000, 12_050, 30_000)),
)
_SHIP_EDGES = (666_667, 120_000, 450_000)
_OFFSHORE_EDGES = (50_000, 49_999, 4_000_000, 300_000)
_SHIPS, _OFFSHORE = 14, 14

# Who, category, level, role, whether it is new, how many a year.
_STANDARDS = (
    ("起草", "地方标准", MUNICIPAL, "第一起草单位", "制定", 10),
    ("起草", "地方标准", MUNICIPAL, "第一起草单位", "修订", 2),
    ("起草", "地方标准", MUNICIPAL, "参与起草单位", "制定", 6),
    ("起草", "地方标准", "省级", "第一起草单位", "制定", 3),
    ("社团", "团体标准", MUNICIPAL, "发布社会团体", "制定", 8),
    ("起草", "团体标准", MUNICIPAL, "第一起草单位", "制定", 4),
    ("起草", "国家标准", "国家级", "参与起草单位", "制定", 4),
    ("起草", "行业标准", "国家级", "第一起草单位", "制定", 2),
)


def research(city: DemoCity) -> None:
    """Enter the research projects of all years (攻关项目)."""
    rng = city.random("research")
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for level, category, yearly, money, edges in _RESEARCH:
            for turn in range(city.quota(yearly)):
                body = likely(rng, city.pools["装备"])
                values: dict[str, Value] = {
                    "项目名称": f"{rng.choice(body.sector.products)}关键技术攻关（{year}-{level[:-1]}{turn + 1}）",
                    "级别": level,
                    "类别": category,
                    money: amount(rng, edges, turn, 8_000, 5),
                    "日期": some_day(rng, year),
                    "文号": f"示例{level}攻关〔{year}〕{turn + 1}号",
                }
                city.add("攻关项目", body, values, level)


def deliver(city: DemoCity) -> None:
    """Enter the deliveries of all years (产品交付): electric ships, and equipment of the sea."""
    rng = city.random("deliveries")
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for turn in range(city.quota(_SHIPS)):
            yard = likely(rng, city.pools["造船"])
            # Some yards deliver several in a year: the cap of B四（四） counts by enterprise and year.
            for part in range(1 + turn % 3):
                _deliver(
                    city, rng, yard, ELECTRIC_SHIP, year, amount(rng, _SHIP_EDGES, turn + part, 30_000, 6)
                )
        for turn in range(city.quota(_OFFSHORE)):
            maker = likely(rng, city.pools["海工"])
            kind = rng.choice([each for each in maker.sector.deliveries if each != ELECTRIC_SHIP])
            _deliver(city, rng, maker, kind, year, amount(rng, _OFFSHORE_EDGES, turn, 20_000, 8))


def _deliver(city: DemoCity, rng: Random, maker: Body, kind: str, year: int, money: int) -> None:
    delivered = some_day(rng, year)
    number = len(city.facts["产品交付"]) + 1
    values: dict[str, Value] = {
        "品类": kind,
        "对象": f"{kind}“示例{number}号”",
        "金额": money,
        "含税": False,
        "交付日期": delivered,
        "新建造": True,
    }
    if kind == ELECTRIC_SHIP:
        values["运行起始日期"] = delivered + timedelta(days=rng.randrange(40))
    city.add("产品交付", maker, values, kind)


def standardise(city: DemoCity) -> None:
    """Enter the standards of all years (标准), those that pay and those that do not."""
    rng = city.random("standards")
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for pool, category, level, role, newness, yearly in _STANDARDS:
            for _ in range(city.quota(yearly)):
                body = likely(rng, city.pools[pool])
                number = len(city.facts["标准"]) + 1
                subject = rng.choice(body.sector.products)
                values: dict[str, Value] = {
                    "类别": category,
                    "级别": level,
                    "名称": f"{subject}通用技术要求（示例{number}）",
                    "标准号": f"示例/T {number:04d}—{year}",
                    "角色": role,
                    "制修订": newness,
                    "日期": some_day(rng, year),
                }
                city.add("标准", body, values, category)
