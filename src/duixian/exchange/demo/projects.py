"""What the enterprises of the demo city invest in (虚构投资项目): upgrades, new plants and driving scenes.

Amounts crowd around the thresholds and caps of the two documents (200万元, 3000万元, and where 500万元 is reached), since that is where
a mistake would show. Some enterprises have several projects in one year; some of December 2025 lie under both documents.
"""

from __future__ import annotations

from datetime import date
from random import Random

from duixian.exchange.demo.city import Body, likely
from duixian.exchange.demo.facts import DemoCity, Row
from duixian.exchange.demo.programmes import FIRST_YEAR, LAST_YEAR
from duixian.exchange.demo.sectors import SCENE
from duixian.rules.fact import Value

UPGRADE, PLANT, BOTH = "智改", "投产", "两文件"
"""The plans of projects: under A（九）, under B四（三）, and those of December 2025 under both."""

FEN_PER_STEP = 10_000
"""Amounts are whole hundredths of 万元 (100 yuan), so that every way to write them is exact."""

_EDGE_ONE_IN, _DRAWS = 4, 3
_UPGRADES, _PLANTS, _SCENES, _UNDER_BOTH = 270, 24, 5, 14
_OVERLAP_YEAR = 2025

# In hundredths of 万元: 200万元 is 20_000.
_UPGRADE_EDGES = (
    *(20_000, 19_999, 20_001, 19_950, 20_100, 100_000, 18_800, 25_000, 416_666, 20_000),
    *(416_667, 19_999, 50_000, 500_000, 20_050, 1_000_000),
)
_PLANT_EDGES = (300_000, 299_999, 500_000, 620_000, 300_001, 1_200_000, 450_000)
_SCENE_EDGES = (80_000, 500_000, 12_345, 640_000)


def invest(city: DemoCity) -> None:
    """Enter the projects of all years."""
    rng = city.random("projects")
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for turn in range(city.quota(_UPGRADES)):
            _upgrade(city, rng, year, turn)
        for turn in range(city.quota(_PLANTS)):
            _plant(city, rng, year, turn)
        for turn in range(city.quota(_SCENES)):
            _scene(city, rng, year, turn)
        if year == _OVERLAP_YEAR:
            for turn in range(city.quota(_UNDER_BOTH)):
                _under_both(city, rng, turn)


def amount(rng: Random, edges: tuple[int, ...], turn: int, smallest: int, doublings: int) -> int:
    """An amount in fen: every fourth is an edge, in turn; the others spread over some doublings of the smallest.

    ``edges`` and ``smallest`` are in hundredths of 万元; small amounts come more often.
    """
    edge, rest = divmod(turn, _EDGE_ONE_IN)
    if rest == 0:
        return edges[edge % len(edges)] * FEN_PER_STEP
    times = min(rng.randrange(doublings) for _ in range(_DRAWS))
    return (smallest << times) * rng.randint(100, 199) // 100 * FEN_PER_STEP


def some_day(rng: Random, year: int, month: int = 0) -> date:
    """Any day of a year, or of a month of it; never the last three of a month."""
    return date(year, month or rng.randint(1, 12), rng.randint(1, 28))


def _upgrade(city: DemoCity, rng: Random, year: int, turn: int) -> None:
    """One or several upgrades of an enterprise in one year; now and then one that is finished the year after."""
    body = likely(rng, city.pools["制造"])
    for part in range(1 + (turn % 6 == 5) + (turn % 18 == 17)):
        is_long = turn % 40 == 39
        done = (
            some_day(rng, year + 1, rng.randint(1, 3)) if is_long else some_day(rng, year, _busy_month(rng))
        )
        values: dict[str, Value] = {
            "项目名称": f"{rng.choice(body.sector.products)}产线智能化改造（{year}-{turn + 1}-{part + 1}）",
            "类别": ("智改数转网联", "技改升级") if turn % 4 == 0 else ("智改数转网联",),
            "有效投入额": amount(rng, _UPGRADE_EDGES, turn + part, 6_000, 8),
            "存量企业": turn % 25 != 24,
        }
        _enter(city, body, year, done, values, UPGRADE)


def _busy_month(rng: Random) -> int:
    """A month; projects are finished towards the end of the year."""
    return max(rng.randint(1, 12), rng.randint(1, 12))


def _plant(city: DemoCity, rng: Random, year: int, turn: int) -> None:
    body = likely(rng, city.pools[PLANT])
    _enter(city, body, year, some_day(rng, year), _plant_values(rng, body, year, turn), PLANT)


def _plant_values(rng: Random, body: Body, year: int, turn: int) -> dict[str, Value]:
    product = rng.choice([each for each in body.sector.investments if each != SCENE])
    return {
        "项目名称": f"{product}{'扩能' if turn % 2 else '新建'}项目（{year}-{turn + 1}）",
        "类别": (product, "技改升级" if turn % 2 else "基本建设"),
        "有效投入额": amount(rng, _PLANT_EDGES, turn, 120_000, 5),
        "存量企业": turn % 2 == 1,
    }


def _under_both(city: DemoCity, rng: Random, turn: int) -> None:
    """A technical upgrade finished in December 2025: A（九） and B四（三） both see it."""
    body = likely(rng, city.pools[PLANT])
    values = _plant_values(rng, body, _OVERLAP_YEAR, turn)
    product = str(values["项目名称"]).removesuffix("）")
    values |= {
        "项目名称": f"{product}-智改）",
        "类别": (*_first(values["类别"]), "技改升级", "智改数转网联"),
        "存量企业": True,
    }
    _enter(city, body, _OVERLAP_YEAR, some_day(rng, _OVERLAP_YEAR, 12), values, BOTH)


def _first(value: Value) -> tuple[str, ...]:
    return value[:1] if isinstance(value, tuple) else ()


def _scene(city: DemoCity, rng: Random, year: int, turn: int) -> None:
    body = likely(rng, city.pools["场景"])
    values: dict[str, Value] = {
        "项目名称": f"{body.seat.short}智能网联示范路段（{year}-{turn + 1}）",
        "类别": (SCENE,),
        "有效投入额": amount(rng, _SCENE_EDGES, turn, 10_000, 6),
        "存量企业": True,
    }
    _enter(city, body, year, some_day(rng, year), values, SCENE)


def _enter(city: DemoCity, body: Body, year: int, done: date, values: dict[str, Value], plan: str) -> Row:
    more: dict[str, Value] = {"年度": year, "含税": False, "竣工日期": done, "建设地": body.seat.area}
    return city.add("投资项目", body, values | more, plan)
