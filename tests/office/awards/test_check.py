"""The checks: the amount is at most the ceiling, less needs a reason, and stopped evidence stops."""

from __future__ import annotations

import pytest

from duixian.office.awards.check import approve, city_check, county_check
from duixian.office.awards.confirm import accept
from duixian.office.awards.models import State
from duixian.office.awards.open_awards import open_awards
from duixian.office.evidence.models import EvidenceStop
from tests.office.awards.refused import refused
from tests.office.awards.scene import CEILING, Scene

pytestmark = pytest.mark.django_db


def test_the_city_approves_the_ceiling_when_it_says_nothing(scene: Scene) -> None:
    assert city_check(scene.people.city, scene.county_checked().pk).approved_fen == CEILING


def test_no_amount_goes_above_the_ceiling(scene: Scene) -> None:
    with refused("above-ceiling"):
        city_check(scene.people.city, scene.county_checked().pk, approved_fen=CEILING + 1, reason="特别重要")


def test_less_than_the_ceiling_needs_a_reason(scene: Scene) -> None:
    award = scene.county_checked()
    with refused("reason-missing"):
        city_check(scene.people.city, award.pk, approved_fen=CEILING - 1)
    award = city_check(scene.people.city, award.pk, approved_fen=CEILING - 1, reason="设备核减一台")
    assert award.approved_fen == CEILING - 1


def test_nothing_at_all_is_a_refusal_and_no_amount(scene: Scene) -> None:
    with refused("amount-not-positive"):
        city_check(scene.people.city, scene.county_checked().pk, approved_fen=0, reason="不给")


def test_an_exact_sum_is_not_lowered(scene: Scene) -> None:
    scene.determination("B41-2", document="连政办发〔2023〕36号", row="B41d", amount=50_000_000)
    scene.run.rulings = {"装备兑现方式": "免申即享"}
    scene.run.save()
    (award,) = open_awards(scene.people.city, scene.run.pk)
    scene.account(award)
    accept(scene.people.enterprise, award.pk)
    county_check(scene.people.county, award.pk)
    with refused("exact-amount"):
        city_check(scene.people.city, award.pk, approved_fen=40_000_000, reason="预算不足")
    assert city_check(scene.people.city, award.pk).approved_fen == 50_000_000


def test_the_same_evidence_under_two_claims_stops_both(scene: Scene) -> None:
    first, second = scene.accepted(), scene.accepted()
    stop = EvidenceStop.objects.create(first=scene.evidence(first), second=scene.evidence(second))
    for each in (first, second):
        with refused("evidence-stopped"):
            county_check(scene.people.county, each.pk)
    stop.ruling = "allowed"
    stop.save()
    for each in (first, second):
        assert county_check(scene.people.county, each.pk).state == State.COUNTY_CHECKED


def test_evidence_that_turns_up_twice_later_stops_the_approval(scene: Scene) -> None:
    award = scene.notice_ended()
    EvidenceStop.objects.create(first=scene.evidence(award), second=scene.evidence(scene.offered()))
    with refused("evidence-stopped"):
        approve(scene.people.reviewer, award.pk)
