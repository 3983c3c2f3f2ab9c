"""Nobody decides twice on one award, and who entered something decides nothing on it."""

from __future__ import annotations

import pytest

from duixian.office.awards.apply import apply, resubmit, submit
from duixian.office.awards.check import approve, city_check, correct, county_check, stand_in
from duixian.office.awards.exclusions import check_exclusions
from duixian.office.awards.four_eyes import deciders, enterers
from duixian.office.awards.models import State
from duixian.office.awards.move import move
from duixian.office.awards.windows import open_window
from tests.office.awards.refused import refused
from tests.office.awards.scene import APPLIED, DOCUMENT, MONDAY, Scene

pytestmark = pytest.mark.django_db


def test_who_stood_in_for_the_county_does_not_check_for_the_city(scene: Scene) -> None:
    award = stand_in(scene.people.city, scene.accepted().pk, reason="该县暂无经办")
    with refused("decided-already"):
        city_check(scene.people.city, award.pk)
    assert city_check(scene.people.second_city, award.pk).state == State.CITY_CHECKED


def test_who_approved_does_not_decide_to_recover(scene: Scene) -> None:
    award = scene.approved()
    check_exclusions(scene.people.finance, award, "payment")
    for action in ("order", "settle"):
        move(award, action, scene.people.finance)
    with refused("decided-already"):
        move(award, "claim", scene.people.reviewer, reason="申报不实")
    assert move(award, "claim", scene.people.second_reviewer, reason="申报不实").state == State.RECOVERING


def test_who_applied_on_behalf_does_not_check(scene: Scene) -> None:
    open_window(scene.people.city, document=DOCUMENT, measure_id=APPLIED, opens_on=MONDAY, closes_on=MONDAY)
    award = apply(scene.people.county, scene.determination(APPLIED).pk)
    scene.evidence(award)
    submit(scene.people.county, award.pk)
    with refused("entered-by-same"):
        county_check(scene.people.county, award.pk)
    assert county_check(scene.people.second_county, award.pk).state == State.COUNTY_CHECKED


def test_who_uploaded_evidence_does_not_check(scene: Scene) -> None:
    award = scene.accepted()
    scene.evidence(award, scene.people.county)
    assert scene.people.county.id in enterers(award)
    with refused("entered-by-same"):
        county_check(scene.people.county, award.pk)


def test_a_correction_voids_the_decisions_before_it_and_keeps_their_steps(scene: Scene) -> None:
    award = scene.city_checked()
    assert len(deciders(award)) == 2
    award = correct(scene.people.city, award.pk, reason="设备清单缺页")
    assert (award.state, award.approved_fen, deciders(award)) == (State.CORRECTION, None, frozenset())
    assert award.steps.filter(action="city_check").exists()
    award = resubmit(scene.people.enterprise, award.pk)
    assert award.state == State.ACCEPTED
    # The same people may look again: what they decided before no longer counts.
    award = county_check(scene.people.county, award.pk)
    assert city_check(scene.people.city, award.pk).state == State.CITY_CHECKED


def test_approval_needs_both_checks_since_the_last_correction(scene: Scene) -> None:
    award = scene.notice_ended()
    award = correct(scene.people.reviewer, award.pk, reason="金额有误")
    with refused("wrong-state"):
        approve(scene.people.reviewer, award.pk)
