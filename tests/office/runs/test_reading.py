"""An account sees the determinations that are its own, and looking at an enterprise's is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.audit.models import AuditEvent
from duixian.office.city import city
from duixian.office.refusal import NotAllowed, NotThere
from duixian.office.runs.models import Run
from duixian.office.runs.reading import (
    compared,
    determinations,
    explained,
    latest_run,
    ruling_of,
    run_of,
    runs,
    verified,
)
from duixian.office.runs.start import start
from duixian.rules.fact import Dossier
from tests.office.runs.conftest import DAY


@pytest.fixture
def run(officer: Actor, demo_city: tuple[Dossier, ...]) -> Run:
    return start(officer, title="首批", as_of=DAY)


@pytest.mark.django_db
def test_a_county_officer_sees_his_county_and_the_zones_in_it(
    run: Run, make_actor: Callable[..., Actor]
) -> None:
    county = make_actor(Role.COUNTY_OFFICER, area="东海县")
    seen = set(determinations(county, run.pk).values_list("area", flat=True))
    region = city().region
    everything = set(run.determinations.values_list("area", flat=True))
    assert seen == {area for area in everything if region.lies_in(area, frozenset({"东海县"}))}
    assert len(seen) > 1
    other = run.determinations.exclude(area__in=seen).order_by("position")[0]
    with pytest.raises(NotThere):
        explained(county, run.pk, other.position)


@pytest.mark.django_db
def test_an_enterprise_sees_itself_alone(run: Run, make_actor: Callable[..., Actor]) -> None:
    rows = run.determinations.order_by("position")
    mine, other = rows[0], rows.exclude(enterprise=rows[0].enterprise)[0]
    actor = make_actor(Role.ENTERPRISE, enterprise=mine.enterprise)
    assert set(determinations(actor, run.pk).values_list("enterprise", flat=True)) == {mine.enterprise}
    assert not determinations(actor, run.pk, enterprise=other.enterprise).exists()
    assert explained(actor, run.pk, mine.position).row == mine
    with pytest.raises(NotThere):
        explained(actor, run.pk, other.position)
    for act in (
        lambda: runs(actor),
        lambda: compared(actor, run.pk, run.pk),
        lambda: verified(actor, run.pk),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.django_db
def test_looking_at_one_enterprise_is_told(run: Run, make_actor: Callable[..., Actor]) -> None:
    auditor = make_actor(Role.AUDITOR, "审计")
    row = run.determinations.order_by("position")[0]
    determinations(auditor, run.pk, outcome="可兑付", clause=row.clause, area=row.area)
    assert not AuditEvent.objects.filter(actor="审计").exists()
    determinations(auditor, run.pk, enterprise=row.enterprise)
    explained(auditor, run.pk, row.position)
    told = AuditEvent.objects.filter(actor="审计").values_list("action", "enterprise")
    assert list(told) == [
        ("determination.read", row.enterprise),
        ("determination.explain", row.enterprise),
    ]


@pytest.mark.django_db
def test_the_newest_finished_run_is_found(officer: Actor, run: Run) -> None:
    Run.objects.create(title="断了", as_of=DAY, started_by_id=officer.account_id)
    assert latest_run() == run
    assert latest_run(DAY) == run
    assert latest_run(DAY.replace(year=2025)) is None
    assert run_of(officer, run.pk) == run
    assert verified(officer, run.pk) == []
    assert compared(officer, run.pk, run.pk).is_none


@pytest.mark.django_db
def test_what_is_not_there_is_not_found(officer: Actor) -> None:
    for act in (
        lambda: run_of(officer, 1),
        lambda: determinations(officer, 1),
        lambda: explained(officer, 1, 1),
        lambda: ruling_of(officer, 1),
    ):
        with pytest.raises(NotThere):
            act()
