"""The calculation of every kept row can be told from the frozen facts, and says what was kept."""

from __future__ import annotations

import pytest
from django.db import connection

from duixian.office.accounts.actor import Actor
from duixian.office.refusal import Clash, NotThere
from duixian.office.registry.models import FactRecord
from duixian.office.registry.record import withdraw
from duixian.office.runs.explain import explain
from duixian.office.runs.models import Run, RunState
from duixian.office.runs.start import start
from duixian.rules.fact import Dossier
from duixian.wording import Language
from tests.office.runs.conftest import DAY


@pytest.fixture
def run(officer: Actor, demo_city: tuple[Dossier, ...]) -> Run:
    return start(officer, title="首批", as_of=DAY)


@pytest.mark.django_db
def test_every_outcome_can_be_explained(run: Run) -> None:
    outcomes = {row.outcome: row for row in run.determinations.order_by("-position")}
    assert len(outcomes) >= 4
    for row in outcomes.values():
        found = explain(run, row.position)
        assert found.determination.amount_fen == row.amount_fen
        assert found.fact.startswith(f"{row.fact_kind} {row.fact}")
        assert found.reason
        assert found.steps
        assert bool(found.sentence) == bool(row.document)


@pytest.mark.django_db
def test_it_is_told_in_two_languages(run: Run) -> None:
    row = run.determinations.filter(outcome="可兑付").order_by("position")[0]
    chinese, english = explain(run, row.position), explain(run, row.position, Language.ENGLISH)
    assert chinese.sentence == english.sentence
    assert [each.words for each in chinese.steps] != [each.words for each in english.steps]


@pytest.mark.django_db
def test_it_is_told_from_the_facts_of_then(officer: Actor, run: Run) -> None:
    row = run.determinations.filter(outcome="可兑付").order_by("position")[0]
    before = explain(run, row.position)
    withdraw(officer, FactRecord.objects.get(kind=row.fact_kind, number=row.fact), "名单有误")
    assert explain(run, row.position) == before


@pytest.mark.django_db
def test_a_row_that_says_other_than_its_facts_is_not_explained(run: Run) -> None:
    row = run.determinations.filter(outcome="可兑付").order_by("position")[0]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER runs_determination_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE runs_determination DISABLE TRIGGER runs_determination_append_only")
        cursor.execute("UPDATE runs_determination SET amount_fen = 1 WHERE id = %s", [row.pk])
    with pytest.raises(Clash) as clash:
        explain(run, row.position)
    assert clash.value.code == "trace-differs"
    assert "amount_fen" in clash.value.why


@pytest.mark.django_db
def test_there_is_nothing_to_explain_where_there_is_no_row(officer: Actor, run: Run) -> None:
    with pytest.raises(NotThere):
        explain(run, run.counts["rows"] + 1)
    failed = Run.objects.create(
        title="断", as_of=DAY, state=RunState.FAILED, started_by_id=officer.account_id
    )
    with pytest.raises(Clash):
        explain(failed, 1)
