"""A run freezes what it knows, decides, and keeps every row; or leaves nothing but the word that it failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from duixian.evaluate.engine import Engine
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.audit.models import AuditEvent
from duixian.office.city import city
from duixian.office.refusal import Clash, NotAllowed, Refusal
from duixian.office.registry.models import Enterprise, FactRecord, Source
from duixian.office.registry.record import withdraw
from duixian.office.runs.models import Run, RunState, StoredDetermination
from duixian.office.runs.one_at_a_time import LOCK, one_at_a_time
from duixian.office.runs.start import start
from duixian.office.runs.verify import verify
from duixian.rules.fact import Dossier
from tests.office.runs.conftest import DAY


@pytest.mark.django_db
def test_a_run_keeps_what_the_reference_engine_gives(officer: Actor, demo_city: tuple[Dossier, ...]) -> None:
    run = start(officer, title="首批", as_of=DAY)
    engine = Engine(city())
    expected = [
        (each.enterprise, each.measure_id, each.fact, str(each.outcome), each.amount_fen, list(each.missing))
        for dossier in demo_city
        for each in engine.determine(dossier, DAY)
    ]
    kept = run.determinations.order_by("position").values_list(
        "enterprise", "measure_id", "fact", "outcome", "amount_fen", "missing"
    )
    assert list(kept) == expected
    assert run.state == RunState.FINISHED
    assert run.counts["rows"] == len(expected)
    assert sum(each["count"] for each in run.counts["outcomes"]) == len(expected)
    assert verify(run) == []


@pytest.mark.django_db
def test_the_sums_of_a_run_are_those_of_its_rows(officer: Actor, demo_city: tuple[Dossier, ...]) -> None:
    run = start(officer, title="首批", as_of=DAY)
    payable = list(run.determinations.filter(outcome="可兑付").values_list("amount_fen", flat=True))
    assert run.counts["total"]["amount_fen"] == sum(fen or 0 for fen in payable)
    assert run.counts["total"]["payable"] == len(payable)
    for by in ("outcomes", "clauses", "areas"):
        assert sum(each["amount_fen"] for each in run.counts[by]) == run.counts["total"]["amount_fen"]


@pytest.mark.django_db
def test_a_second_run_is_compared_with_the_first_and_changes_nothing_of_it(
    officer: Actor, demo_city: tuple[Dossier, ...]
) -> None:
    first = start(officer, title="首批", as_of=DAY)
    before = list(first.determinations.order_by("position").values())
    withdraw(officer, FactRecord.objects.order_by("pk")[0], "登记有误")
    second = start(officer, title="复核", as_of=DAY, is_strict=True)
    assert second.previous == first
    assert second.facts_hash != first.facts_hash
    assert list(first.determinations.order_by("position").values()) == before
    assert verify(first) == verify(second) == []


@pytest.mark.django_db
def test_equal_facts_are_stored_once(officer: Actor, demo_city: tuple[Dossier, ...]) -> None:
    first, second = (start(officer, title=title, as_of=DAY) for title in ("首批", "再来一次"))
    assert (first.city_hash, first.facts_hash, first.results_hash) == (
        second.city_hash,
        second.facts_hash,
        second.results_hash,
    )
    assert first.fingerprints == second.fingerprints


@pytest.mark.django_db
def test_an_office_without_facts_has_an_empty_run(officer: Actor) -> None:
    run = start(officer, title="空", as_of=DAY)
    assert (run.state, run.counts["rows"], run.counts["enterprises"]) == (RunState.FINISHED, 0, 0)
    assert verify(run) == []


@pytest.mark.django_db
def test_a_run_that_cannot_be_decided_has_failed_and_has_no_rows(officer: Actor) -> None:
    source = Source.objects.create(title="旧名单", recorded_by_id=officer.account_id)
    Enterprise.objects.create(code="91320722MA1XXXXX0T")
    FactRecord.objects.create(
        kind="旧种类",
        number="1",
        enterprise_id="91320722MA1XXXXX0T",
        values={},
        content_hash="",
        source=source,
    )
    with pytest.raises(Refusal):
        start(officer, title="首批", as_of=DAY)
    run = Run.objects.get()
    assert (run.state, run.counts) == (RunState.FAILED, {"failure": "unknown-fact-kind"})
    assert not StoredDetermination.objects.exists()
    assert verify(run) == []
    assert AuditEvent.objects.filter(action="run.fail", subject_id=str(run.pk)).count() == 1


@pytest.mark.django_db
def test_a_run_that_was_broken_off_is_said_to_have_failed_by_the_next(officer: Actor) -> None:
    broken = Run.objects.create(title="断了", as_of=DAY, started_by_id=officer.account_id)
    run = start(officer, title="再来", as_of=DAY)
    broken.refresh_from_db()
    assert (broken.state, broken.counts) == (RunState.FAILED, {"failure": "broken-off"})
    assert run.state == RunState.FINISHED
    assert run.previous is None


@pytest.mark.django_db
def test_a_run_has_a_title(officer: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        start(officer, title="  ", as_of=DAY)
    assert refused.value.code == "title-missing"
    assert not Run.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.CITY_OFFICER])
def test_only_a_city_officer_starts_runs(role: str, make_actor: Callable[..., Actor]) -> None:
    with pytest.raises(NotAllowed):
        start(make_actor(role), title="首批", as_of=date(2026, 12, 31))
    assert not Run.objects.exists()


@pytest.mark.django_db
def test_the_chain_knows_the_receipt_of_every_run(officer: Actor) -> None:
    run = start(officer, title="首批", as_of=DAY)
    told = AuditEvent.objects.get(action="run.finish")
    assert (told.subject_id, told.detail["receipt"]) == (str(run.pk), run.fingerprints["receipt"])


@contextmanager
def _another_run() -> Iterator[None]:
    """Another process has a run under way."""
    if connection.vendor != "postgresql":
        with one_at_a_time():
            yield
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield
    finally:
        other.close()


@pytest.mark.django_db
def test_two_runs_at_once_are_refused(officer: Actor) -> None:
    with _another_run(), pytest.raises(Clash) as clash:
        start(officer, title="同时", as_of=DAY)
    assert clash.value.code == "run-under-way"
    assert not Run.objects.exists()
    assert start(officer, title="之后", as_of=DAY).state == RunState.FINISHED
