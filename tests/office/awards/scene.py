"""A small stage for awards (测试场景): enterprises, a finished run, people in every role, and one call for every right next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Protocol
from zoneinfo import ZoneInfo

import time_machine

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import Role, User
from duixian.office.awards.account import give_account
from duixian.office.awards.check import approve, city_check, county_check
from duixian.office.awards.confirm import accept
from duixian.office.awards.models import Award, PublicNotice
from duixian.office.awards.notices import end_notice, publish
from duixian.office.awards.open_awards import open_awards
from duixian.office.awards.working_days import add_working_days
from duixian.office.evidence.models import Evidence, EvidenceKind
from duixian.office.registry.models import Attribute, Enterprise, FactRecord, Source
from duixian.office.runs.models import Run, RunState, StoredDetermination

CODE, NAME, AREA = "91320722MA1XXXXX0T", "连云港东海晶体有限公司", "东海县"
OTHER_CODE, OTHER_NAME, OTHER_AREA = "91320723MA1XXXXX19", "灌云港机有限公司", "灌云县"
DOCUMENT = "连政办规〔2025〕6号"
FREE, APPLIED, SCORED, SECRET = "A03", "A09", "A13-2", "A08"
"""Measures of the real city: 免申即享, 申报, 遴选, 涉密."""
KINDS = {FREE: "认定", APPLIED: "投资项目", SCORED: "认定", SECRET: "认定"}
CEILING = 60_000_000
MONDAY = date(2026, 3, 2)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: date, hour: int = 10) -> datetime:
    """That hour in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


class Clock(Protocol):
    """A clock that a test may set (测试时钟)."""

    def move_to(self, destination: datetime, tick: bool | None = None) -> None:
        """Set it."""
        ...


@dataclass(slots=True)
class People:
    """Two people where two are needed (办理人员)."""

    enterprise: Actor
    other_enterprise: Actor
    county: Actor
    second_county: Actor
    other_county: Actor
    city: Actor
    second_city: Actor
    reviewer: Actor
    second_reviewer: Actor
    finance: Actor
    auditor: Actor
    administrator: Actor

    def everybody(self) -> list[Actor]:
        """All of them."""
        return [getattr(self, name) for name in self.__slots__]


@dataclass(slots=True)
class Scene:
    """What a test needs to begin (场景)."""

    people: People
    clock: Clock
    source: Source
    run: Run
    numbers: count[int] = field(default_factory=lambda: count(1))

    def let_pass(self, working_days: int) -> None:
        """Let so many working days pass, up to the morning of the last one."""
        now = datetime.now(SHANGHAI).date()
        self.clock.move_to(at(add_working_days(now, working_days)), tick=False)

    def fact(
        self, kind: str = "认定", *, code: str = CODE, number: str = "", on: date | None = None
    ) -> FactRecord:
        """A fact of an enterprise, in the registry."""
        number = number or f"F-{next(self.numbers)}"
        on = on or date(2026, 1, 15)
        return FactRecord.objects.create(
            kind=kind, number=number, enterprise_id=code, happened_on=on, values={"编号": number, "日期": on.isoformat()},
            content_hash=number, source=self.source,
        )  # fmt: skip

    def determination(
        self, measure: str = FREE, *, code: str = CODE, run: Run | None = None, fact: str = "", amount: int = CEILING,
        row: str = "", document: str = DOCUMENT, outcome: str = "可兑付",
    ) -> StoredDetermination:  # fmt: skip
        """A determination of a run; its fact stands in the registry."""
        run = run or self.run
        kind = KINDS.get(measure, "认定")
        number = fact or self.fact(kind, code=code).number
        return StoredDetermination.objects.create(
            run=run, position=run.determinations.count(), enterprise=code, name=NAME if code == CODE else OTHER_NAME,
            area=AREA if code == CODE else OTHER_AREA, document=document, measure_id=measure, measure="某事项", row=row,
            fact_kind=kind, fact=number, outcome=outcome, ceiling_fen=amount, amount_fen=amount, year=2026, reason="test",
        )  # fmt: skip

    def another_run(self) -> Run:
        """A later run, finished."""
        return make_run(self.people.city)

    def offered(self, **named: str) -> Award:
        """An award that was offered."""
        self.determination(FREE, **named)  # type: ignore[arg-type]
        return open_awards(self.people.city, self.run.pk)[-1]

    def draft(self, measure: str = APPLIED) -> Award:
        """A draft, filled in beforehand."""
        self.determination(measure)
        return open_awards(self.people.city, self.run.pk)[-1]

    def account(self, award: Award) -> Award:
        """The enterprise gives its account."""
        return give_account(
            self.people.enterprise, award.pk, holder=NAME, bank="某银行东海支行", number="3200 1234 5678 9012"
        )

    def accepted(self) -> Award:
        """An award that the enterprise has accepted."""
        return accept(self.people.enterprise, self.account(self.offered()).pk)

    def county_checked(self) -> Award:
        """Checked by the county."""
        return county_check(self.people.county, self.accepted().pk)

    def city_checked(self, award: Award | None = None) -> Award:
        """Checked by both."""
        return city_check(self.people.city, (award or self.county_checked()).pk)

    def published(self, award: Award | None = None) -> PublicNotice:
        """On public notice."""
        award = award or self.city_checked()
        return publish(
            self.people.city, [award.pk], title="关于某事项的公示", contact="市工信局 0518-00000000"
        )

    def on_notice(self) -> Award:
        """An award that stands on public notice."""
        award = self.city_checked()
        self.published(award)
        return Award.objects.get(pk=award.pk)

    def notice_ended(self) -> Award:
        """Its notice has run."""
        award = self.city_checked()
        notice = self.published(award)
        self.let_pass(6)
        end_notice(self.people.city, notice.pk)
        return Award.objects.get(pk=award.pk)

    def approved(self) -> Award:
        """Approved by a reviewer."""
        return approve(self.people.reviewer, self.notice_ended().pk)

    def evidence(self, award: Award, actor: Actor | None = None) -> Evidence:
        """A piece of evidence, straight into the table."""
        return Evidence.objects.create(
            award=award,
            kind=EvidenceKind.OTHER,
            name="合同.pdf",
            added_by_id=(actor or self.people.enterprise).account_id,
        )


@contextmanager
def staged(make_user: Callable[..., User]) -> Iterator[Scene]:
    """Everybody is there on a Monday morning, the clock stands still, and nothing has happened yet."""
    with time_machine.travel(at(MONDAY), tick=False) as clock:
        people = make_people(make_user)
        source = Source.objects.create(title="测试名单", recorded_by_id=people.city.account_id)
        make_enterprises(source)
        yield Scene(people, clock, source, make_run(people.city))


def make_run(actor: Actor) -> Run:
    """A run that has finished."""
    return Run.objects.create(
        title="2026年第一批",
        as_of=MONDAY,
        engine="reference",
        state=RunState.FINISHED,
        started_by_id=actor.account_id,
    )


def make_people(make_user: Callable[..., User]) -> People:
    """An account for everybody."""

    def person(role: Role, name: str, **named: str) -> Actor:
        return actor_of(make_user(role, name, **named))

    return People(
        enterprise=person(Role.ENTERPRISE, "企业", enterprise=CODE),
        other_enterprise=person(Role.ENTERPRISE, "另一企业", enterprise=OTHER_CODE),
        county=person(Role.COUNTY_OFFICER, "县区经办一", area=AREA),
        second_county=person(Role.COUNTY_OFFICER, "县区经办二", area=AREA),
        other_county=person(Role.COUNTY_OFFICER, "外县经办", area=OTHER_AREA),
        city=person(Role.CITY_OFFICER, "市级经办一"),
        second_city=person(Role.CITY_OFFICER, "市级经办二"),
        reviewer=person(Role.CITY_REVIEWER, "市级审核一"),
        second_reviewer=person(Role.CITY_REVIEWER, "市级审核二"),
        finance=person(Role.FINANCE, "财政"),
        auditor=person(Role.AUDITOR, "审计"),
        administrator=person(Role.ADMINISTRATOR, "管理员"),
    )


def make_enterprises(source: Source) -> None:
    """Two enterprises in two counties, by name and area."""
    for code, name, area in ((CODE, NAME, AREA), (OTHER_CODE, OTHER_NAME, OTHER_AREA)):
        Enterprise.objects.create(code=code)
        for attribute, value in (("企业名称", name), ("所属地区", area)):
            Attribute.objects.create(enterprise_id=code, name=attribute, value=value, source=source)
