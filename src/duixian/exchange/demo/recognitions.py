"""How the bodies of the demo city are recognised, year after year (虚构认定): 创新型, 省级专精特新, 小巨人, 单项冠军.

Each year the programmes publish in the order of their days. A body is drawn from the pool or from the holders of what must
come first, the stronger ones more often; after three years a title is reviewed, and one in seven does not pass.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from duixian.exchange.demo.city import Body, likely
from duixian.exchange.demo.facts import CODE, DemoCity
from duixian.exchange.demo.programmes import EARLIER, FIRST_YEAR, LAST_YEAR, PROGRAMMES, Programme
from duixian.rules.fact import Value

RENEWED = "复核通过"
"""The round of a review, in the word that issuers use."""

_ENTRIES = {"入规", "软件入规"}
_DRAWS = 40
_FAILS_ONE_IN, _WRITTEN_ONE_IN, _NAMELESS_ONE_IN = 7, 3, 9
_A_BURST_ONE_IN, _BURST = 8, 12
_LISTS_OF_NAMES = {"创新型", "省专精特新"}
"""Programmes whose published lists carry names without codes; a few of their rows are left so."""


class _Careers:
    """Who holds what since which year, and the random numbers of this step."""

    def __init__(self, city: DemoCity) -> None:
        self.city = city
        self.rng: Random = city.random("recognitions")
        self.since: dict[str, dict[str, int]] = defaultdict(dict)
        self.holders: dict[str, list[Body]] = defaultdict(list)
        self.families: dict[str, set[str]] = defaultdict(set)
        self.objects: Counter[str] = Counter()
        self.rows: Counter[str] = Counter()
        self.turns: Counter[str] = Counter()


def recognise(city: DemoCity) -> None:
    """Give every title of every year to somebody, and review those that are due."""
    careers = _Careers(city)
    for year in range(EARLIER, LAST_YEAR + 1):
        due = [each for programme in PROGRAMMES if year >= programme.since for each in _days(programme, year)]
        for day, batch, programme in sorted(due, key=lambda each: each[:2]):
            if batch == 0 and programme.review:
                _review(careers, programme, day)
            _publish(careers, programme, batch, day)


def _days(programme: Programme, year: int) -> Iterator[tuple[date, int, Programme]]:
    """The days of a year on which the programme publishes; certificates that come one by one are done at its end."""
    for batch, day in enumerate(programme.days or ("12-31",)):
        yield date.fromisoformat(f"{year}-{day}"), batch, programme


def _publish(careers: _Careers, programme: Programme, batch: int, day: date) -> None:
    yearly = programme.yearly if day.year >= FIRST_YEAR else programme.yearly // 2
    quota, batches = careers.city.quota(yearly), max(len(programme.days), 1)
    for _ in range(quota * (batch + 1) // batches - quota * batch // batches):
        body = _draw(careers, programme, day)
        if body is None:
            continue
        for _ in range(_how_many(careers, programme)):
            _enter(careers, programme, body, day, batch, programme.word)
        _hold(careers, programme, body, day.year)


def _how_many(careers: _Careers, programme: Programme) -> int:
    if not programme.many:
        return 1
    careers.turns[programme.key] += 1
    is_burst = programme.pool == "规上软件" and careers.turns[programme.key] % _A_BURST_ONE_IN == 0
    return _BURST if is_burst else careers.rng.randint(1, 3)


def _draw(careers: _Careers, programme: Programme, day: date) -> Body | None:
    """A body that may get the title and does not hold it; None when none is found."""
    pool: Sequence[Body] = (
        careers.holders[programme.after] if programme.after else careers.city.pools[programme.pool]
    )
    for _ in range(_DRAWS if pool else 0):
        body = likely(careers.rng, pool)
        if _may_get(careers, programme, body, day):
            return body
    return None


def _may_get(careers: _Careers, programme: Programme, body: Body, day: date) -> bool:
    if body.code in careers.since[programme.key] and not programme.many:
        return False
    if programme.after:
        held = careers.since[programme.after].get(body.code)
        # A certificate without a fixed day may come before the title that it needs, unless that is of an earlier year.
        return held is not None and (bool(programme.days) or held < day.year)
    return body.code not in careers.families[programme.family] or not programme.family


def _hold(careers: _Careers, programme: Programme, body: Body, year: int) -> None:
    careers.since[programme.key][body.code] = year
    careers.holders[programme.key].append(body)
    if programme.family:
        careers.families[programme.family].add(body.code)
    if programme.key in _ENTRIES:
        careers.city.entered.add(body.code)


def _review(careers: _Careers, programme: Programme, day: date) -> None:
    """Review who has held the title long enough: most keep it, one in seven loses it."""
    held = careers.since[programme.key]
    due = [
        body for body in careers.holders[programme.key] if held.get(body.code) == day.year - programme.review
    ]
    for body in dict.fromkeys(due):
        careers.turns[programme.key] += 1
        if careers.turns[programme.key] % _FAILS_ONE_IN == 0:
            del held[body.code]
        else:
            held[body.code] = day.year
            _enter(careers, programme, body, day, 0, RENEWED)


def _enter(careers: _Careers, programme: Programme, body: Body, day: date, batch: int, word: str) -> None:
    """One row of 认定, a third of them written as a published list writes the title."""
    rng, count = careers.rng, careers.rows
    count[programme.key] += 1
    if programme.days:
        number = f"示例文〔{day.year}〕{programme.key}{batch + 1}号"
    else:
        day = date(day.year, 1, 1) + timedelta(days=rng.randrange(364))
        number = f"示例证{day.year}-{count[programme.key]:04d}"
    values: dict[str, Value] = {"轮次": word, "日期": day, "文号": number}
    if count[programme.key] % _WRITTEN_ONE_IN == 0:
        values["称号"] = programme.written
    else:
        known = (("称号", programme.title), ("级别", programme.level), ("等级", programme.grade))
        values.update((name, text) for name, text in known if text)
    if programme.about:
        values["对象"] = _about(careers, programme, body)
    plan = "" if word == RENEWED else programme.key
    row = careers.city.add("认定", body, values | dict(programme.extra), plan)
    if programme.key in _LISTS_OF_NAMES and count[programme.key] % _NAMELESS_ONE_IN == 0:
        del row[CODE]


def _about(careers: _Careers, programme: Programme, body: Body) -> str:
    """What the title is about: one of the body's products, numbered so that no two are one."""
    careers.objects[body.code] += 1
    product = careers.rng.choice(body.sector.products)
    return programme.about.format(product=product, n=careers.objects[body.code])
