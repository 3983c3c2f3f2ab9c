"""Budgets: two people, a reason, and never less than nothing."""

from __future__ import annotations

import pytest

from duixian.office.refusal import Clash, NotAllowed, Refusal
from duixian.office.treasury.budgets import confirm_change, left_of, propose_change, refuse_change
from duixian.office.treasury.models import Budget, JournalEntry
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, DOCUMENT, World

pytestmark = pytest.mark.django_db

ASKED = {"year": 2026, "document": DOCUMENT, "level": "city", "amount_fen": 100_00, "reason": "预算文件"}


def test_money_is_there_once_another_person_has_confirmed_it(world: World) -> None:
    change = propose_change(world.finance, **ASKED)  # type: ignore[arg-type]
    assert left_of(change.budget).granted_fen == 0
    confirm_change(world.second, change.pk)
    confirm_change(world.second, change.pk)
    assert left_of(change.budget).available_fen == 100_00
    assert JournalEntry.objects.count() == 1
    assert verify() == []


def test_nobody_confirms_what_he_proposed(world: World) -> None:
    change = propose_change(world.finance, **ASKED)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed) as refused:
        confirm_change(world.finance, change.pk)
    assert refused.value.code == "own-entry"


def test_a_refused_change_is_over(world: World) -> None:
    change = propose_change(world.finance, **ASKED)  # type: ignore[arg-type]
    refuse_change(world.second, change.pk, "依据不足")
    with pytest.raises(Clash) as refused:
        confirm_change(world.second, change.pk)
    assert refused.value.code == "already-decided"
    assert left_of(change.budget).granted_fen == 0


def test_no_more_is_taken_back_than_is_left(world: World) -> None:
    world.grant(100_00)
    change = propose_change(world.finance, **{**ASKED, "amount_fen": -100_01})  # type: ignore[arg-type]
    with pytest.raises(Clash) as refused:
        confirm_change(world.second, change.pk)
    assert refused.value.code == "overdrawn"
    assert Budget.objects.get().changes.get(pk=change.pk).is_confirmed is None
    assert verify() == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"document": "没有"}, "unknown-document"),
        ({"measure_id": "没有"}, "unknown-measure"),
        ({"level": "county"}, "unknown-treasury"),
        ({"level": "county", "area": "东海经济开发区"}, "unknown-treasury"),
        ({"area": COUNTY}, "unknown-treasury"),
        ({"level": "国家"}, "unknown-treasury"),
        ({"amount_fen": 0}, "bad-amount"),
        ({"amount_fen": 10**17}, "bad-amount"),
        ({"reason": "  "}, "reason-missing"),
    ],
)
def test_what_no_budget_can_be_is_refused(world: World, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        propose_change(world.finance, **{**ASKED, **wrong})  # type: ignore[arg-type]
    assert refused.value.code == code


def test_only_finance_changes_budgets(world: World) -> None:
    for actor in (world.maker, world.auditor, world.enterprise):
        with pytest.raises(NotAllowed):
            propose_change(actor, **ASKED)  # type: ignore[arg-type]
