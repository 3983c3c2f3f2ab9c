"""The bodies of the demo city (虚构城市的主体): enterprises, park committees, institutes and associations.

Where a body lies, what it makes and how strong it is decide what happens to it later; nothing here is a fact yet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random

from duixian.credit_code import make_code
from duixian.exchange.demo.names import NameMaker
from duixian.exchange.demo.sectors import ELECTRIC_SHIP, PUBLIC, SCENE, SECTORS, SERVICES, SOFTWARE, Sector

CITY_OFFICE = "320700"
"""The registrar of the city itself: a third of the enterprises are entered there, wherever they lie."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a body lies (所属地区): as tables write it, as names begin, and the district of its registrar."""

    area: str
    short: str
    registrar: str
    weight: int


@dataclass(frozen=True, slots=True)
class Body:
    """An enterprise or another body of the demo city (主体). ``strength`` is 0 to 999, the best 999.

    ``is_scaled`` tells that it was 规上 before the facts begin; ``moved_in`` is the day it came from elsewhere.
    """

    code: str
    name: str
    former_name: str
    seat: Seat
    sector: Sector
    subject_type: str
    founded: date
    moved_in: date | None
    strength: int
    is_scaled: bool
    is_civil: bool


# fmt: off
SEATS = (
    Seat("海州区", "海州", "320706", 130), Seat("连云区", "连云", "320703", 70),
    Seat("赣榆区", "赣榆", "320707", 110), Seat("赣榆经济开发区", "赣榆", "320707", 35),
    Seat("东海县", "东海", "320722", 100), Seat("东海高新区", "东海", "320722", 35),
    Seat("东海经济开发区", "东海", "320722", 25), Seat("灌云县", "灌云", "320723", 90),
    Seat("灌云临港产业区", "灌云", "320723", 30), Seat("灌南县", "灌南", "320724", 85),
    Seat("灌南经济开发区", "灌南", "320724", 30), Seat("市开发区", "连云港", "320703", 140),
    Seat("高新区", "连云港", "320706", 60), Seat("徐圩新区", "连云港", "320703", 50),
    Seat("云台山景区", "连云港", "320706", 10),
)
"""The areas with their weights; spelt as officers spell them, aliases among them."""

_PARKS = ("工业园管理委员会", "产业园管理委员会", "科技园管理委员会")
_INSTITUTES = ("产业技术研究院", "计量检测院", "中小企业服务中心")
_ASSOCIATIONS = ("装备制造业协会", "海洋装备学会", "标准化协会")
_FOUNDATIONS = ("创业孵化中心", "公共技术服务中心")
_OTHERS = (
    ("园区管理机构", "12", _PARKS, 150), ("事业单位", "12", _INSTITUTES, 200),
    ("社会团体", "51", _ASSOCIATIONS, 200), ("民办非企业", "52", _FOUNDATIONS, 250),
)
"""Bodies that are no enterprise: subject type, first pair of the code, names, and one for how many enterprises."""
# fmt: on

_FEWEST_OTHERS = 14
_TRADES = tuple(accumulate(sector.weight for sector in SECTORS))
_AREAS = tuple(accumulate(seat.weight for seat in SEATS))
_OLDEST, _NEWEST = 1992, 2019


def found_city(rng: Random, count: int) -> tuple[Body, ...]:
    """``count`` bodies, those that are no enterprise first; the same random numbers found the same city."""
    names = NameMaker(rng)
    others = list(_others(rng, names, count))
    enterprises = [
        _enterprise(rng, names, serial, _trade(rng, serial)) for serial in range(len(others), count)
    ]
    return (*others, *enterprises)


def _trade(rng: Random, serial: int) -> Sector:
    """A trade by its weight; every third enterprise takes the next trade in turn, so that a small city has them all."""
    return SECTORS[weighted(rng, _TRADES)] if serial % 3 else SECTORS[serial // 3 % len(SECTORS)]


def weighted(rng: Random, sums: Sequence[int]) -> int:
    """A place in a list of running sums of weights."""
    return bisect_right(sums, rng.randrange(sums[-1]))


def _others(rng: Random, names: NameMaker, count: int) -> Iterator[Body]:
    serial = 0
    for subject_type, pair, kinds, per in _OTHERS:
        for _ in range(max(_FEWEST_OTHERS, count // per)):
            seat = SEATS[weighted(rng, _AREAS)]
            name = names.body(seat.short, kinds)
            code = make_code(pair, seat.registrar, serial)
            founded = _day(rng, _OLDEST, _NEWEST)
            yield Body(
                code, name, "", seat, PUBLIC, subject_type, founded, None, rng.randrange(1_000), False, False
            )
            serial += 1


def _enterprise(rng: Random, names: NameMaker, serial: int, sector: Sector) -> Body:
    seat = SEATS[weighted(rng, _AREAS)]
    name = names.enterprise(rng.choice((seat.short, "连云港", "江苏")), sector.words)
    renamed = rng.randrange(100) < 2
    former_name = names.enterprise(seat.short, sector.words) if renamed else ""
    founded = _day(rng, _OLDEST, _NEWEST)
    strength = rng.randrange(1_000)
    return Body(
        code=make_code("91", rng.choice((seat.registrar, seat.registrar, CITY_OFFICE)), serial),
        name=name,
        former_name=former_name,
        seat=seat,
        sector=sector,
        subject_type="企业",
        founded=founded,
        moved_in=_day(rng, 2022, 2025) if rng.randrange(100) < 2 else None,
        strength=strength,
        # The stronger half and a few of the others were above the threshold already.
        is_scaled=strength >= 550 or rng.randrange(10) == 0,
        is_civil=rng.randrange(50) > 0,
    )


def _day(rng: Random, first_year: int, last_year: int) -> date:
    return date(rng.randint(first_year, last_year), rng.randint(1, 12), rng.randint(1, 28))


Wanted = Callable[[Body], bool]

POOLS: dict[str, Wanted] = {
    "企业": lambda body: body.subject_type == "企业",
    "制造": lambda body: body.sector.is_manufacturing,
    "装备": lambda body: body.sector.is_equipment,
    "未入规工业": lambda body: body.sector.is_manufacturing and not body.is_scaled,
    "软件": lambda body: body.sector is SOFTWARE,
    "未入规软件": lambda body: body.sector is SOFTWARE and not body.is_scaled,
    "规上软件": lambda body: body.sector is SOFTWARE and body.is_scaled,
    "制造软件": lambda body: body.sector.is_manufacturing or body.sector is SOFTWARE,
    "民口装备": lambda body: body.sector.is_equipment and body.is_civil,
    "建材": lambda body: body.sector.code == "3021",
    "园区": lambda body: body.subject_type == "园区管理机构",
    "社团": lambda body: body.subject_type == "社会团体",
    "平台": lambda body: (
        body.subject_type in {"事业单位", "民办非企业"} or (body.sector is SERVICES and body.strength >= 900)
    ),
    "投产": lambda body: bool(set(body.sector.investments) - {SCENE}),
    "场景": lambda body: SCENE in body.sector.investments,
    "造船": lambda body: ELECTRIC_SHIP in body.sector.deliveries,
    "海工": lambda body: bool(set(body.sector.deliveries) - {ELECTRIC_SHIP}),
    "起草": lambda body: body.subject_type in {"企业", "事业单位"},
    "基地": lambda body: body.subject_type == "民办非企业" or body.sector is SERVICES,
}
"""Who may come into question for something (范围), by name."""


def pools_of(bodies: Sequence[Body]) -> dict[str, tuple[Body, ...]]:
    """The bodies of each pool, the strongest first."""
    ranked = sorted(bodies, key=lambda body: (-body.strength, body.code))
    return {name: tuple(filter(wanted, ranked)) for name, wanted in POOLS.items()}


def likely(rng: Random, pool: Sequence[Body]) -> Body:
    """One body of a pool, the stronger ones more often."""
    return pool[min(rng.randrange(len(pool)), rng.randrange(len(pool)))]
