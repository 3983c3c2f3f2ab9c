"""An objection that comes in time stops the award until it is answered; what is upheld leads back or out."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.office.accounts.actor import SYSTEM
from duixian.office.audit.models import AuditEvent
from duixian.office.awards.check import approve
from duixian.office.awards.models import Award, Clock, Objection, State
from duixian.office.awards.notices import end_notice, withdraw_notice
from duixian.office.awards.objections import MASK, answer, objections, receive
from tests.office.awards.refused import refused
from tests.office.awards.scene import Scene, at

pytestmark = pytest.mark.django_db
WHO, HOW, WHAT = "张某", "13800000000", "该企业的设备是租来的"


def _objected(scene: Scene) -> tuple[Award, Objection]:
    award = scene.on_notice()
    item = award.notice_items.get()
    return award, receive(SYSTEM, item.pk, objector=WHO, contact=HOW, text=WHAT)


def _end(scene: Scene, award: Award) -> list[Award]:
    scene.let_pass(6)
    return end_notice(scene.people.city, award.notice_items.latest("pk").notice_id)


def test_an_open_objection_blocks_the_award_after_its_notice(scene: Scene) -> None:
    award, _ = _objected(scene)
    assert _end(scene, award) == []
    assert Award.objects.get(pk=award.pk).state == State.ON_NOTICE


def test_an_objection_that_is_not_upheld_lets_the_award_go_on(scene: Scene) -> None:
    award, objection = _objected(scene)
    answer(scene.people.reviewer, objection.pk, text="经核实，设备为自有", is_upheld=False)
    assert len(_end(scene, award)) == 1
    assert approve(scene.people.reviewer, award.pk).state == State.APPROVED


@pytest.mark.parametrize(("then", "state"), [("correct", State.CORRECTION), ("refuse", State.REFUSED)])
def test_an_upheld_objection_leads_back_or_out(scene: Scene, then: str, state: str) -> None:
    award, objection = _objected(scene)
    with refused("consequence-missing"):
        answer(scene.people.reviewer, objection.pk, text="属实", is_upheld=True)
    answer(scene.people.reviewer, objection.pk, text="属实", is_upheld=True, then=then)
    assert Award.objects.get(pk=award.pk).state == state
    assert _end(scene, award) == []


def test_a_late_objection_is_refused_with_the_reason(scene: Scene) -> None:
    award = scene.on_notice()
    item = award.notice_items.get()
    scene.clock.move_to(at(date(2026, 3, 9), 23), tick=False)
    receive(SYSTEM, item.pk, objector=WHO, contact=HOW, text=WHAT)
    scene.clock.move_to(at(date(2026, 3, 10), 0), tick=False)
    with refused("objection-late"):
        receive(SYSTEM, item.pk, objector=WHO, contact=HOW, text=WHAT)


def test_an_objection_has_a_name_a_contact_and_words(scene: Scene) -> None:
    item = scene.on_notice().notice_items.get()
    with refused("objection-incomplete"):
        receive(SYSTEM, item.pk, objector="", contact=HOW, text=WHAT)
    with refused("not-there"):
        receive(SYSTEM, 999_999, objector=WHO, contact=HOW, text=WHAT)


def test_a_withdrawn_notice_takes_no_objections_but_those_received_still_block(scene: Scene) -> None:
    award, objection = _objected(scene)
    notice = award.notice_items.get().notice
    withdraw_notice(scene.people.city, notice.pk, reason="重新公示")
    with refused("notice-withdrawn"):
        receive(SYSTEM, objection.item_id, objector=WHO, contact=HOW, text=WHAT)
    scene.published(Award.objects.get(pk=award.pk))
    assert _end(scene, award) == []
    answer(scene.people.reviewer, objection.pk, text="经核实不成立", is_upheld=False)
    assert len(end_notice(scene.people.city, award.notice_items.latest("pk").notice_id)) == 1


def test_who_checked_the_award_does_not_answer_for_it(scene: Scene) -> None:
    _, objection = _objected(scene)
    with refused("own-decision"):
        answer(scene.people.city, objection.pk, text="不成立", is_upheld=False)
    answer(scene.people.second_city, objection.pk, text="不成立", is_upheld=False)
    with refused("answered-already"):
        answer(scene.people.second_city, objection.pk, text="成立", is_upheld=True, then="refuse")


def test_the_objector_is_known_only_to_those_who_handle_objections(scene: Scene) -> None:
    _objected(scene)
    for each in (scene.people.city, scene.people.reviewer, scene.people.auditor):
        (seen,) = objections(each)
        assert (seen.objector, seen.contact, seen.text) == (WHO, HOW, WHAT)
    for each in (scene.people.county, scene.people.finance, scene.people.enterprise):
        (seen,) = objections(each)
        assert (seen.objector, seen.contact, seen.text) == (MASK, MASK, MASK)
    for each in (scene.people.other_county, scene.people.other_enterprise):
        assert objections(each) == []
    told = AuditEvent.objects.filter(action__startswith="objection.")
    assert told.filter(action="objection.read").count() == 3
    assert not any(word in str(each.detail) for each in told for word in (WHO, HOW, WHAT))


def test_the_answer_has_a_time_limit(scene: Scene) -> None:
    _, objection = _objected(scene)
    clock = Clock.objects.get(kind="answer")
    assert (clock.working_days, clock.due_on) == (10, date(2026, 3, 16))
    answer(scene.people.reviewer, objection.pk, text="不成立", is_upheld=False)
    clock.refresh_from_db()
    assert clock.stopped_on == date(2026, 3, 2)
