"""Everybody does everything with the same awards at the same time: how often each thing was then done.

Run by itself, on a database of its own: ``DUIXIAN_HOME=… python -m tests.office.awards.at_once``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import User
from duixian.office.awards.check import approve, city_check, county_check
from duixian.office.awards.confirm import accept
from duixian.office.awards.models import Award, PublicNotice, Step
from duixian.office.awards.notices import end_notice, publish
from duixian.office.awards.open_awards import open_awards
from duixian.office.refusal import Refusal
from tests.office.awards.scene import Scene, staged

WORKERS, AWARDS = 8, 6


def do_at_once() -> Counter[str]:
    """Each action with how often it was done, and what was refused by its code."""

    def make_user(role: str, name: str, **named: str) -> User:
        return User.objects.create(
            username=name, role=role, area=named.get("area", ""), enterprise_code=named.get("enterprise", "")
        )

    with staged(make_user) as scene:
        for _ in range(AWARDS):
            scene.determination()
        refused: Counter[str] = Counter()
        for stage in _stages(scene):
            refused += _everybody(stage)
        done = Counter(Step.objects.values_list("action", flat=True))
        numbers = Counter(Step.objects.values_list("award", "number"))
    assert max(numbers.values()) == 1
    assert Award.objects.count() == AWARDS
    assert set(Award.objects.values_list("version", flat=True)) == {8}
    return done + Counter({f"refused {code}": n for code, n in refused.items()})


class Stage(NamedTuple):
    """One thing that everybody does, or that happens once for all (环节)."""

    deed: Callable[[], Iterable[str]]
    is_alone: bool = False


def _stages(scene: Scene) -> list[Stage]:
    people = scene.people

    def keys() -> list[int]:
        return list(Award.objects.order_by("pk").values_list("pk", flat=True))

    def each(deed: Callable[[Actor, int], object], actor: Actor) -> Stage:
        return Stage(lambda: [_tried(lambda key=key: deed(actor, key)) for key in keys()])  # type: ignore[misc]

    def once(deed: Callable[[], object]) -> Stage:
        return Stage(lambda: [_tried(deed)])

    def alone(deed: Callable[[], object]) -> Stage:
        return Stage(lambda: [_tried(deed)], is_alone=True)

    return [
        once(lambda: open_awards(people.city, scene.run.pk)),
        alone(lambda: [scene.account(award) for award in Award.objects.all()]),
        each(accept, people.enterprise),
        each(county_check, people.county),
        each(city_check, people.city),
        once(lambda: publish(people.city, keys(), title="公示", contact="电话")),
        alone(lambda: scene.let_pass(6)),
        once(lambda: end_notice(people.city, PublicNotice.objects.get().pk)),
        each(approve, people.reviewer),
    ]


def _tried(deed: Callable[[], object]) -> str:
    """The code of the refusal, "" when it was done."""
    try:
        deed()
    except Refusal as refusal:
        return refusal.code
    return ""


def _everybody(stage: Stage) -> Counter[str]:
    def work(_: int) -> list[str]:
        try:
            return [code for code in stage.deed() if code]
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        found = pool.map(work, range(1 if stage.is_alone else WORKERS))
        return Counter(code for codes in found for code in codes)


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    for name, number in sorted(do_at_once().items()):
        print(name, number)
