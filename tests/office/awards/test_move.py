"""An award moves as the table says, by nobody else, and every move leaves its step and its event."""

from __future__ import annotations

import pytest

from duixian.office.audit.models import AuditEvent
from duixian.office.awards.check import approve, correct, county_check, refuse, stand_in
from duixian.office.awards.confirm import accept, decline
from duixian.office.awards.models import Award, State
from duixian.office.awards.move import move, possible
from duixian.office.refusal import Clash
from tests.office.awards.refused import refused
from tests.office.awards.scene import Scene

pytestmark = pytest.mark.django_db


def test_the_whole_way_of_an_offer_to_approval(scene: Scene) -> None:
    award = scene.approved()
    assert award.state == State.APPROVED
    steps = list(award.steps.values_list("number", "action", "to_state"))
    assert [number for number, _, _ in steps] == list(range(1, len(steps) + 1))
    assert [action for _, action, _ in steps] == [
        "open", "give_account", "accept", "county_check", "city_check", "publish", "end_notice", "approve",
    ]  # fmt: skip
    assert award.version == len(steps)


def test_a_move_is_told_to_the_audit_trail_without_personal_data(scene: Scene) -> None:
    award = scene.accepted()
    events = AuditEvent.objects.filter(subject_type="Award", subject_id=str(award.pk))
    assert [each.action for each in events] == ["award.open", "award.give_account", "award.accept"]
    assert "3200123456789012" not in str([each.detail for each in AuditEvent.objects.all()])


def test_an_illegal_move_names_the_state_and_what_is_possible(scene: Scene) -> None:
    award = scene.offered()
    with pytest.raises(Clash) as found:
        county_check(scene.people.county, award.pk)
    assert found.value.code == "wrong-state"
    assert "待企业确认" in found.value.what
    assert found.value.facts["possible"] == list(possible(award))
    assert "企业确认" in found.value.fix


def test_a_county_officer_does_not_even_find_another_areas_award(scene: Scene) -> None:
    award = scene.accepted()
    with refused("not-there"):
        county_check(scene.people.other_county, award.pk)


def test_an_enterprise_does_not_find_anothers_award(scene: Scene) -> None:
    award = scene.account(scene.offered())
    with refused("not-there"):
        accept(scene.people.other_enterprise, award.pk)


def test_a_role_that_may_never_do_it_is_told_so(scene: Scene) -> None:
    award = scene.notice_ended()
    with refused("not-allowed"):
        approve(scene.people.auditor, award.pk)
    with refused("not-allowed"):
        move(award, "approve", scene.people.city)


def test_a_move_with_an_old_version_is_stale(scene: Scene) -> None:
    award = scene.account(scene.offered())
    with refused("award-changed"):
        accept(scene.people.enterprise, award.pk, version=award.version - 1)
    assert accept(scene.people.enterprise, award.pk, version=award.version).state == State.ACCEPTED


def test_an_offer_is_accepted_only_with_an_account(scene: Scene) -> None:
    with refused("account-missing"):
        accept(scene.people.enterprise, scene.offered().pk)


def test_an_enterprise_may_give_an_award_up_and_need_not_say_why(scene: Scene) -> None:
    assert decline(scene.people.enterprise, scene.offered().pk).state == State.DECLINED


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_without_a_reason_is_refused(scene: Scene, reason: str) -> None:
    award = scene.accepted()
    with refused("reason-missing"):
        refuse(scene.people.county, award.pk, reason=reason)
    with refused("reason-missing"):
        correct(scene.people.county, award.pk, reason=reason)
    assert refuse(scene.people.county, award.pk, reason="材料不实").state == State.REFUSED


def test_what_has_ended_moves_no_more(scene: Scene) -> None:
    award = refuse(scene.people.county, scene.accepted().pk, reason="材料不实")
    assert possible(award) == ()


def test_the_city_stands_in_for_a_county_with_a_reason(scene: Scene) -> None:
    award = scene.accepted()
    with refused("reason-missing"):
        stand_in(scene.people.city, award.pk, reason="")
    assert stand_in(scene.people.city, award.pk, reason="该县暂无经办").state == State.COUNTY_CHECKED


def test_nothing_but_a_move_changes_a_state(scene: Scene) -> None:
    award = scene.offered()
    award.state = State.PAID
    with pytest.raises(RuntimeError, match=r"awards\.move"):
        award.save()
    with pytest.raises(RuntimeError, match=r"awards\.move"):
        award.save(update_fields=["state"])
    assert Award.objects.get(pk=award.pk).state == State.OFFERED


def test_a_move_changes_no_field_that_is_not_its_own(scene: Scene) -> None:
    with pytest.raises(ValueError, match="area"):
        move(scene.account(scene.offered()), "accept", scene.people.enterprise, changes={"area": "别处"})


def test_a_move_that_fails_leaves_no_trace(scene: Scene) -> None:
    award = scene.offered()
    before = (award.steps.count(), AuditEvent.objects.count())
    with refused("account-missing"):
        accept(scene.people.enterprise, award.pk)
    assert (award.steps.count(), AuditEvent.objects.count()) == before
