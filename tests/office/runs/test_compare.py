"""A later run is compared with an earlier one, determination by determination and fen by fen."""

from __future__ import annotations

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.refusal import Clash
from duixian.office.registry.dossiers import dossier
from duixian.office.registry.models import FactRecord
from duixian.office.registry.record import FactRow, record_facts, withdraw
from duixian.office.registry.sources import record_source
from duixian.office.runs.compare import difference
from duixian.office.runs.models import Run, RunState
from duixian.office.runs.rulings import propose, sign
from duixian.office.runs.start import start
from duixian.rules.fact import Dossier
from tests.office.runs.conftest import DAY


@pytest.fixture
def first(officer: Actor, demo_city: tuple[Dossier, ...]) -> Run:
    return start(officer, title="首批", as_of=DAY)


def _a_payable_fact(run: Run) -> FactRecord:
    """A fact with one determination, whose enterprise has no other award that could take its place."""
    for row in run.determinations.filter(outcome="可兑付", fact_kind="认定").order_by("position"):
        if run.determinations.filter(enterprise=row.enterprise).count() == 1:
            return FactRecord.objects.get(kind=row.fact_kind, number=row.fact)
    raise AssertionError("no such fact")


@pytest.mark.django_db
def test_two_runs_of_the_same_facts_do_not_differ(officer: Actor, first: Run) -> None:
    found = difference(first, start(officer, title="再来", as_of=DAY))
    assert found.is_none
    assert all(each.change_fen == 0 for each in found.clauses)
    assert sum(each.new_fen for each in found.clauses) == first.counts["total"]["amount_fen"]


@pytest.mark.django_db
def test_a_withdrawn_fact_is_gone_and_its_money_too(officer: Actor, first: Run) -> None:
    fact = _a_payable_fact(first)
    row = first.determinations.get(fact_kind=fact.kind, fact=fact.number)
    withdraw(officer, fact, "名单有误")
    second = start(officer, title="撤回之后", as_of=DAY)
    found = difference(first, second)
    assert [(each["enterprise"], each["fact"]) for each in found.gone] == [(row.enterprise, row.fact)]
    assert (found.added, found.changed) == ((), ())
    assert {(each.clause, each.change_fen) for each in found.clauses if each.change_fen} == {
        (row.clause, -(row.amount_fen or 0))
    }
    back = difference(second, first)
    assert [(each["enterprise"], each["fact"]) for each in back.added] == [(row.enterprise, row.fact)]


@pytest.mark.django_db
def test_a_corrected_fact_changes_the_fields_that_follow_from_it(officer: Actor, first: Run) -> None:
    fact = _a_payable_fact(first)
    known = dossier(fact.enterprise_id, DAY).facts
    values = next(dict(each.values) for each in known if (each.kind, each.id) == (fact.kind, fact.number))
    values["日期"] = DAY.replace(year=2020)
    source = record_source(officer, "更正")
    record_facts(officer, source, [FactRow(fact.kind, fact.number, fact.enterprise_id, values)])
    found = difference(first, start(officer, title="更正之后", as_of=DAY))
    assert (found.added, found.gone) == ((), ())
    (changed,) = found.changed
    assert changed.key[0] == fact.enterprise_id
    assert changed.fields["outcome"] == ("可兑付", "不在有效期")


@pytest.mark.django_db
def test_another_answer_to_an_open_question_shows_in_yuan_by_clause(
    officer: Actor, reviewer: Actor, first: Run
) -> None:
    ruling = propose(
        officer, question="专精特新晋级", option="补差", reason="会商一致", basis="纪要", effective_from=DAY
    )
    sign(reviewer, ruling.pk)
    second = start(officer, title="补差", as_of=DAY)
    found = difference(first, second)
    change = second.counts["total"]["amount_fen"] - first.counts["total"]["amount_fen"]
    assert sum(each.change_fen for each in found.clauses) == change
    assert (found.added, found.gone) == ((), ())


@pytest.mark.django_db
def test_a_run_that_did_not_finish_is_compared_with_nothing(officer: Actor, first: Run) -> None:
    failed = Run.objects.create(
        title="断了", as_of=DAY, state=RunState.FAILED, started_by_id=officer.account_id
    )
    with pytest.raises(Clash) as clash:
        difference(first, failed)
    assert clash.value.code == "run-not-finished"
