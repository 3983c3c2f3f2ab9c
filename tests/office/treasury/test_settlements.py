"""The year-end settlement: what one treasury paid for the other is owed, and settled once."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from duixian.office.refusal import Clash, Refusal
from duixian.office.treasury.models import LedgerAccount, Settlement
from duixian.office.treasury.recoveries import confirm_recovery, decide_recovery, take_return
from duixian.office.treasury.settlements import settle_year, statement
from duixian.office.treasury.verify import verify
from tests.office.treasury.world import COUNTY, OTHER_COUNTY, YEAR, World

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(YEAR + 1, 1, 15)


def test_what_the_city_paid_for_the_county_is_owed_and_settled_once(world: World) -> None:
    world.grant(1_000_00)
    world.paid(world.award(100_00), payer="city")
    before = statement(world.auditor, YEAR, COUNTY)
    assert (before.city_paid_fen, before.county_paid_fen, before.city_owes_fen) == (70_00, 0, -70_00)
    with time_machine.travel(NEXT_YEAR):
        first = settle_year(world.finance, YEAR, COUNTY)
        assert settle_year(world.second, YEAR, COUNTY) == first
    assert first.city_owes_fen == -70_00
    assert statement(world.auditor, YEAR, COUNTY).is_settled
    assert set(LedgerAccount.objects.filter(kind="between").values_list("balance_fen", flat=True)) == {0}
    assert verify() == []


def test_the_county_may_have_paid_for_the_city(world: World) -> None:
    world.grant(1_000_00, level="county", area=COUNTY)
    world.paid(world.award(100_00), payer="county")
    assert statement(world.auditor, YEAR, COUNTY).city_owes_fen == 30_00
    assert statement(world.auditor, YEAR, OTHER_COUNTY).city_owes_fen == 0
    with time_machine.travel(NEXT_YEAR):
        assert settle_year(world.finance, YEAR, COUNTY).city_owes_fen == 30_00
    assert verify() == []


def test_where_each_pays_its_own_nothing_is_owed(world: World) -> None:
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    world.paid(world.award(100_00))
    with time_machine.travel(NEXT_YEAR):
        settlement = settle_year(world.finance, YEAR, COUNTY)
    assert (settlement.city_owes_fen, settlement.entry) == (0, None)
    assert verify() == []


def test_what_comes_after_the_settlement_belongs_to_the_next_year(world: World) -> None:
    world.grant(1_000_00)
    award = world.paid(world.award(100_00), payer="city")
    with time_machine.travel(NEXT_YEAR):
        settle_year(world.finance, YEAR, COUNTY)
    recovery = decide_recovery(world.maker, award.pk, amount_fen=100_00, reason="虚报")
    confirm_recovery(world.publisher, recovery.pk)
    take_return(
        world.finance, recovery.pk, amount_fen=100_00, bank_reference="一", returned_on=timezone.localdate()
    )
    assert statement(world.auditor, YEAR, COUNTY).city_owes_fen == -70_00
    assert statement(world.auditor, YEAR + 1, COUNTY).city_owes_fen == 70_00
    assert verify() == []


def test_money_that_came_back_lowers_what_is_owed(world: World) -> None:
    world.grant(1_000_00)
    award = world.paid(world.award(100_00), payer="city")
    recovery = decide_recovery(world.maker, award.pk, amount_fen=50_00, reason="虚报")
    confirm_recovery(world.publisher, recovery.pk)
    take_return(
        world.finance, recovery.pk, amount_fen=50_00, bank_reference="一", returned_on=timezone.localdate()
    )
    assert statement(world.auditor, YEAR, COUNTY).city_owes_fen == -35_00


def test_a_year_is_settled_after_its_end(world: World) -> None:
    with time_machine.travel(date(YEAR, 12, 31)), pytest.raises(Clash) as refused:
        settle_year(world.finance, YEAR, COUNTY)
    assert refused.value.code == "year-not-over"
    with pytest.raises(Refusal):
        settle_year(world.finance, YEAR - 1, "东海经济开发区")
    assert not Settlement.objects.exists()
