"""Reports: sums that can be followed back to every fen."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.refusal import NotAllowed, NotThere
from duixian.office.treasury.money_trail import money_trail
from duixian.office.treasury.recoveries import confirm_recovery, decide_recovery, take_return
from duixian.office.treasury.reports import balance_of, execution, trial_balance
from tests.office.treasury.world import CODES, COUNTY, DOCUMENT, MEASURE, OTHER_COUNTY, YEAR, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def paid(world: World) -> int:
    """An award of 100 yuan: paid, and 10 yuan of it back."""
    world.grant(1_000_00), world.grant(500_00, level="county", area=COUNTY)
    award = world.paid(world.award(100_00))
    recovery = decide_recovery(world.maker, award.pk, amount_fen=10_00, reason="虚报")
    confirm_recovery(world.publisher, recovery.pk)
    take_return(
        world.finance, recovery.pk, amount_fen=10_00, bank_reference="一", returned_on=date(YEAR, 7, 1)
    )
    return award.pk


def test_execution_adds_up_by_treasury_and_measure(world: World, paid: int) -> None:
    lines = execution(world.auditor, year=YEAR)
    found = {
        (each.level, each.area, each.measure_id): (each.granted_fen, each.reserved_fen, each.paid_fen, each.claimed_fen, each.returned_fen)
        for each in lines
    }  # fmt: skip
    assert found == {
        ("city", "", ""): (1_000_00, 0, 0, 0, 0),
        ("city", "", MEASURE): (0, 0, 30_00, 3_00, 3_00),
        ("county", COUNTY, ""): (500_00, 0, 0, 0, 0),
        ("county", COUNTY, MEASURE): (0, 0, 70_00, 7_00, 7_00),
    }


def test_a_county_officer_sees_his_countys_execution(world: World, paid: int) -> None:
    own = Actor(99, "县", Role.COUNTY_OFFICER, area=COUNTY)
    other = Actor(98, "县", Role.COUNTY_OFFICER, area=OTHER_COUNTY)
    assert {line.area for line in execution(own, year=YEAR)} == {COUNTY}
    assert execution(other, year=YEAR) == []


def test_the_trial_balance_adds_up_to_nought(world: World, paid: int) -> None:
    lines = trial_balance(world.auditor)
    assert balance_of(lines) == 0
    assert sum(line.in_fen for line in lines) == sum(line.out_fen for line in lines) > 0
    with pytest.raises(NotAllowed):
        trial_balance(world.enterprise)


def test_an_awards_money_is_followed_from_the_grant_to_the_bank(world: World, paid: int) -> None:
    trail = money_trail(world.auditor, paid)
    assert (trail.document, trail.clause, trail.rate) == (DOCUMENT, "（九）", "1/1")
    assert (trail.ceiling_fen, trail.approved_fen, trail.payable_fen) == (100_00, 100_00, 100_00)
    assert (trail.city_fen, trail.county_fen) == (30_00, 70_00)
    assert [entry.kind for entry in trail.entries] == [
        "grant", "grant", "reserve", "reserve", "settle", "settle", "claim", "claim", "recover", "recover",
    ]  # fmt: skip
    assert [word.is_paid for word in trail.bank] == [True, True]


def test_an_enterprise_follows_its_own_money_only(world: World, paid: int) -> None:
    assert money_trail(world.enterprise, paid).enterprise == CODES[0]
    stranger = Actor(97, "他", Role.ENTERPRISE, enterprise=CODES[1])
    with pytest.raises(NotThere):
        money_trail(stranger, paid)
