"""One table says who may do what, and one rule whose things: a county officer's own area, an enterprise's own."""

from __future__ import annotations

import pytest

from duixian.office.accounts.actor import SYSTEM, Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import ROOMS, all_actions, demand, is_allowed
from duixian.office.city import city
from duixian.office.refusal import NotAllowed, NotThere
from duixian.rules.region import AreaKind
from tests.office.conftest import AREA, CODE, OTHER_AREA

COUNTY = Actor(1, "县区", Role.COUNTY_OFFICER, area=AREA)
ENTERPRISE = Actor(2, "企业", Role.ENTERPRISE, enterprise=CODE)


def test_a_county_officer_reaches_his_own_area_and_no_other() -> None:
    assert is_allowed(COUNTY, "award.county_check", area=AREA, enterprise=CODE)
    assert not is_allowed(COUNTY, "award.county_check", area=OTHER_AREA, enterprise=CODE)


def test_a_thing_without_an_area_is_no_county_s() -> None:
    assert not is_allowed(COUNTY, "award.county_check", enterprise=CODE)
    assert not is_allowed(Actor(1, "县区", Role.COUNTY_OFFICER), "award.county_check", area="")


def test_a_functional_zone_is_its_own_officer_s_not_the_surrounding_district_s() -> None:
    zone = next(each for each in city().region.areas.values() if each.kind is AreaKind.ZONE and each.parent)
    around = Actor(1, "县区", Role.COUNTY_OFFICER, area=zone.parent)
    own = Actor(1, "板块", Role.COUNTY_OFFICER, area=zone.name)
    assert is_allowed(own, "award.county_check", area=zone.name)
    assert not is_allowed(around, "award.county_check", area=zone.name)


def test_an_enterprise_reaches_its_own_things_wherever_they_are() -> None:
    assert is_allowed(ENTERPRISE, "award.accept", area=OTHER_AREA, enterprise=CODE)
    assert not is_allowed(ENTERPRISE, "award.accept", area=AREA, enterprise="91320723MA1XXXXX19")
    assert not is_allowed(Actor(2, "企业", Role.ENTERPRISE), "award.accept", enterprise="")


def test_who_may_not_at_all_is_told_so_and_to_others_it_is_not_there() -> None:
    with pytest.raises(NotAllowed) as refused:
        demand(ENTERPRISE, "award.county_check", area=AREA, enterprise=CODE)
    assert refused.value.code == "not-allowed"
    with pytest.raises(NotThere) as missing:
        demand(COUNTY, "award.county_check", area=OTHER_AREA)
    assert missing.value.code == "not-there"


def test_the_system_does_only_what_the_calendar_starts() -> None:
    done = {each.name for each in all_actions().values() if SYSTEM.role in each.roles}
    assert "notice.end" in done
    assert not done & {"award.approve", "order.make", "account.open", "award.county_check", "batch.publish"}


def test_an_action_that_no_room_lists_is_a_bug() -> None:
    with pytest.raises(KeyError):
        demand(COUNTY, "award.give_to_a_friend")


def test_an_action_named_twice_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duixian.office.accounts.permissions.ROOMS", (*ROOMS, "audit"))
    with pytest.raises(ValueError, match=r"audit\.read"):
        all_actions.__wrapped__()
