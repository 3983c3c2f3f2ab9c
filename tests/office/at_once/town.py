"""The town of these rounds (场景): people in every role, and in each round new things that everybody wants to work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from duixian.credit_code import make_code
from duixian.office.accounts.models import User
from duixian.office.awards.models import Award
from duixian.office.registry.models import Attribute, Enterprise, FactRecord
from duixian.office.runs.models import Run, StoredDetermination
from duixian.office.treasury.batches import make_batch
from duixian.office.treasury.budgets import propose_change
from tests.office.awards.scene import (
    AREA,
    CODE,
    DOCUMENT,
    FREE,
    NAME,
    OTHER_AREA,
    OTHER_CODE,
    OTHER_NAME,
    People,
    make_enterprises,
    make_people,
    make_run,
)
from tests.office.treasury.world import CLAUSE, YEAR, World, make_world

WHO = ((CODE, NAME, AREA), (OTHER_CODE, OTHER_NAME, OTHER_AREA))
"""Whom the lists name. Awards are others', and every so many rounds new ones': a dossier shall not grow with the rounds."""
ROUNDS_OF_ONE = 20
CEILING = 100_00 + 1
GRANTED = {("city", ""): 400_00, ("county", AREA): 60_00, ("county", OTHER_AREA): 60_00}
"""What each round adds to the budgets: enough for most of it, so that who comes last finds them empty."""
_HEADER = "编号,企业名称,称号,级别,认定日期"
_TITLES = ("企业技术中心", "工业设计中心")


@dataclass(frozen=True, slots=True)
class Owner:
    """An enterprise whose awards these are (企业)."""

    code: str
    name: str
    area: str


@dataclass(slots=True)
class Town:
    """Everybody (人员), and how to make a round's things."""

    people: People
    world: World
    owners: tuple[Owner, ...] = ()
    numbers: count[int] = field(default_factory=lambda: count(1))

    def new_round(self, number: int, before: Sequence[int] = ()) -> Round:
        """A run whose determinations nobody has opened, two lists that tell the same facts otherwise, and a batch of approved awards.

        ``before`` are the batches of the round before: the last one is what became one there, and is paid here.
        """
        if number % ROUNDS_OF_ONE == 0:
            self._move_on(number // ROUNDS_OF_ONE)
        run = make_run(self.people.city)
        for each in self.owners:
            self._determination(run, each)
        for (level, area), fen in GRANTED.items():
            self.world.grant(fen, level=level, area=area)
        propose_change(
            self.world.finance, year=YEAR, document=DOCUMENT, level="city", amount_fen=-100_00, reason="收回"
        )
        ready = [self.world.award(CEILING, area=each.area, code=each.code).pk for each in self.owners]
        batch = make_batch(self.world.maker, title="批", document=DOCUMENT, year=YEAR, awards=ready)
        return Round(run, (_list(2 * number), _list(2 * number + 1)), [batch.pk, *before[-1:]])

    def _move_on(self, number: int) -> None:
        """Two new enterprises, in two counties."""
        self.owners = tuple(
            Owner(make_code("91", district, number), f"连云港第{number}{area[:2]}公司", area)
            for district, area in (("320722", AREA), ("320723", OTHER_AREA))
        )
        for each in self.owners:
            Enterprise.objects.create(code=each.code)
            for name, value in (("企业名称", each.name), ("所属地区", each.area)):
                Attribute.objects.create(
                    enterprise_id=each.code, name=name, value=value, source=self.world.source
                )

    def _determination(self, run: Run, owner: Owner) -> None:
        number = f"R-{next(self.numbers)}"
        day = timezone.localdate() - timedelta(days=60)
        FactRecord.objects.create(
            kind="认定", number=number, enterprise_id=owner.code, happened_on=day, values={"编号": number, "日期": day.isoformat()},
            content_hash=number, source=self.world.source,
        )  # fmt: skip
        StoredDetermination.objects.create(
            run=run, position=run.determinations.count(), enterprise=owner.code, name=owner.name, area=owner.area, document=DOCUMENT,
            measure_id=FREE, clause=CLAUSE, measure="某事项", fact_kind="认定", fact=number, outcome="可兑付", ceiling_fen=CEILING,
            amount_fen=CEILING, year=YEAR, reason="test",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Round:
    """What everybody works on (一轮): a run, two lists, and the batches, to which those of the run's own awards are added."""

    run: Run
    lists: tuple[bytes, bytes]
    batches: list[int]
    """Of approved awards; who puts the run's own into one, adds it here."""

    def awards(self) -> list[Award]:
        """The awards that were opened of the run."""
        return list(Award.objects.filter(determination__run=self.run).order_by("pk"))


def make_town() -> Town:
    """A town without awards or money."""

    def make_user(role: str, name: str, **named: str) -> User:
        place = {"area": named.get("area", ""), "enterprise_code": named.get("enterprise", "")}
        return User.objects.create(username=name, role=role, **place)

    people, world = make_people(make_user), make_world()
    make_enterprises(world.source)
    return Town(people, world)


def _list(version: int) -> bytes:
    """The same four facts of the same origin in every list, on another day in each: every list supersedes the one before."""
    day = (date(2010, 1, 1) + timedelta(days=version)).isoformat()
    lines = [
        f"S-{place}-{title},{name},{title},省级,{day}"
        for place, (_, name, _) in enumerate(WHO)
        for title in _TITLES
    ]
    return "\n".join((_HEADER, *lines)).encode()
