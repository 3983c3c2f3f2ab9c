"""What tests of evidence share: two claims in two counties, and the people who deal with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.awards.models import Award, Mode, State
from duixian.office.registry.models import Enterprise
from duixian.office.runs.models import Run, RunState, StoredDetermination
from tests.office.conftest import AREA, CODE, OTHER_AREA

OTHER_CODE = "91320723MA1XXXXX19"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass(slots=True)
class Claims:
    """Two claims and whoever has to do with them (两个事项)."""

    first: Award
    second: Award
    enterprise: Actor
    other_enterprise: Actor
    county: Actor
    other_county: Actor
    city: Actor
    reviewer: Actor


@pytest.fixture
def claims(make_actor: Callable[..., Actor]) -> Claims:
    """One claim in each of two counties, both being drafted."""
    city = make_actor(Role.CITY_OFFICER, "市局")
    run = Run.objects.create(
        title="测试",
        as_of=date(2026, 3, 1),
        engine="reference",
        state=RunState.FINISHED,
        started_by_id=city.account_id,
    )
    return Claims(
        make_claim(run, CODE, AREA, "P-1"),
        make_claim(run, OTHER_CODE, OTHER_AREA, "P-2"),
        make_actor(Role.ENTERPRISE, "企业甲", enterprise=CODE),
        make_actor(Role.ENTERPRISE, "企业乙", enterprise=OTHER_CODE),
        make_actor(Role.COUNTY_OFFICER, "甲县", area=AREA),
        make_actor(Role.COUNTY_OFFICER, "乙县", area=OTHER_AREA),
        city,
        make_actor(Role.CITY_REVIEWER, "审核"),
    )


def make_claim(run: Run, code: str, area: str, fact: str) -> Award:
    """A claim for a project."""
    Enterprise.objects.get_or_create(code=code)
    determination = StoredDetermination.objects.create(
        run=run, position=run.determinations.count(), enterprise=code, name="某企业", area=area, document="某文", measure_id="A09",
        fact_kind="投资项目", fact=fact, outcome="可兑付", ceiling_fen=100, reason="test",
    )  # fmt: skip
    return Award.objects.create(
        determination=determination, enterprise_id=code, area=area, document="某文", measure_id="A09", fact_kind="投资项目", fact=fact,
        mode=Mode.APPLICATION, state=State.DRAFT, ceiling_fen=100,
    )  # fmt: skip
