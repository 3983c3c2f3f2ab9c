"""Recovery: two people, claimed by shares, returned in parts, never more than was paid."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.office.awards.models import Award, State
from duixian.office.refusal import Clash, NotAllowed, Refusal
from duixian.office.treasury.budgets import left_of
from duixian.office.treasury.models import Budget, JournalEntry, Recovery
from duixian.office.treasury.recoveries import confirm_recovery, decide_recovery, refuse_recovery, take_return
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, World

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


@pytest.fixture
def paid(world: World) -> Award:
    """An award of 100 yuan that is paid."""
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    return world.paid(world.award(100_00))


def _return(world: World, recovery: Recovery, fen: int, reference: str) -> Recovery:
    return take_return(world.finance, recovery.pk, amount_fen=fen, bank_reference=reference, returned_on=DAY)


def test_money_comes_back_by_the_shares_it_was_paid_in(world: World, paid: Award) -> None:
    recovery = decide_recovery(world.maker, paid.pk, amount_fen=50_00, reason="虚报")
    confirm_recovery(world.publisher, recovery.pk)
    assert Award.objects.get().state == State.RECOVERING
    assert left_of(Budget.objects.get(level="city")).receivable_fen == 15_00
    for number, fen in enumerate((1, 1, 1, 49_97)):
        _return(world, recovery, fen, f"流水{number}")
        assert verify() == []
    assert Award.objects.get().state == State.RECOVERED
    city, county = left_of(Budget.objects.get(level="city")), left_of(Budget.objects.get(level="county"))
    assert (city.returned_fen, city.receivable_fen, city.paid_fen) == (15_00, 0, 15_00)
    assert (county.returned_fen, county.receivable_fen, county.paid_fen) == (35_00, 0, 35_00)


def test_nobody_confirms_the_recovery_that_he_decided(world: World, paid: Award) -> None:
    recovery = decide_recovery(world.publisher, paid.pk, amount_fen=50_00, reason="虚报")
    with pytest.raises(NotAllowed) as refused:
        confirm_recovery(world.publisher, recovery.pk)
    assert refused.value.code == "own-entry"


def test_a_refused_recovery_claims_nothing_and_another_may_follow(world: World, paid: Award) -> None:
    recovery = decide_recovery(world.maker, paid.pk, amount_fen=50_00, reason="虚报")
    refuse_recovery(world.publisher, recovery.pk, reason="证据不足")
    assert Award.objects.get().state == State.PAID
    assert decide_recovery(world.maker, paid.pk, amount_fen=10_00, reason="多付").pk != recovery.pk
    assert not JournalEntry.objects.filter(kind="claim").exists()


def test_there_is_one_recovery_at_a_time(world: World, paid: Award) -> None:
    decide_recovery(world.maker, paid.pk, amount_fen=50_00, reason="虚报")
    with pytest.raises(Clash) as refused:
        decide_recovery(world.maker, paid.pk, amount_fen=50_00, reason="虚报")
    assert refused.value.code == "recovery-open"


@pytest.mark.parametrize("fen", [0, -1, 100_01])
def test_no_more_is_claimed_than_was_paid(world: World, paid: Award, fen: int) -> None:
    with pytest.raises(Refusal) as refused:
        decide_recovery(world.maker, paid.pk, amount_fen=fen, reason="虚报")
    assert refused.value.code == "bad-amount"


def test_the_same_bank_reference_counts_once(world: World, paid: Award) -> None:
    recovery = decide_recovery(world.maker, paid.pk, amount_fen=50_00, reason="虚报")
    confirm_recovery(world.publisher, recovery.pk)
    _return(world, recovery, 20_00, "一")
    assert _return(world, recovery, 20_00, "一").recovered_fen == 20_00
    with pytest.raises(Clash) as refused:
        _return(world, recovery, 10_00, "一")
    assert refused.value.code == "return-differs"
    with pytest.raises(Refusal) as too_much:
        _return(world, recovery, 30_01, "二")
    assert too_much.value.code == "bad-amount"
    assert verify() == []


def test_nothing_is_taken_before_the_recovery_is_confirmed(world: World, paid: Award) -> None:
    recovery = decide_recovery(world.maker, paid.pk, amount_fen=50_00, reason="虚报")
    with pytest.raises(Clash) as refused:
        _return(world, recovery, 1, "一")
    assert refused.value.code == "recovery-not-confirmed"


def test_what_is_not_paid_is_not_recovered(world: World) -> None:
    with pytest.raises(Clash) as refused:
        decide_recovery(world.maker, world.award(100_00).pk, amount_fen=1, reason="虚报")
    assert refused.value.code == "award-not-paid"
