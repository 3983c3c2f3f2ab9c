"""The clocks start and stop with what happens, and tell what is due and late."""

from __future__ import annotations

from datetime import date

import pytest

from duixian.office.awards.apply import resubmit
from duixian.office.awards.check import correct, refuse
from duixian.office.awards.clocks import due_clocks
from duixian.office.awards.exclusions import check_exclusions
from duixian.office.awards.guides import publish_guide, start_guide_clocks
from duixian.office.awards.holidays import enter_holidays
from duixian.office.awards.models import Clock
from duixian.office.awards.move import move
from duixian.office.awards.working_days import working_days_between
from duixian.office.city import city
from tests.office.awards.refused import refused
from tests.office.awards.scene import DOCUMENT, MONDAY, Scene, at

pytestmark = pytest.mark.django_db


def test_sixty_working_days_run_from_the_acceptance(scene: Scene) -> None:
    scene.accepted()
    clock = Clock.objects.get(kind="pay")
    assert clock.due_on is not None
    assert working_days_between(MONDAY, clock.due_on) == 60


def test_a_correction_stops_the_clock_and_the_new_papers_start_another(scene: Scene) -> None:
    award = scene.accepted()
    correct(scene.people.county, award.pk, reason="缺页")
    assert not Clock.objects.filter(stopped_on=None).exists()
    scene.let_pass(3)
    resubmit(scene.people.enterprise, award.pk)
    assert Clock.objects.get(stopped_on=None).started_on == date(2026, 3, 5)


def test_payment_and_refusal_stop_the_clock(scene: Scene) -> None:
    refuse(scene.people.county, scene.accepted().pk, reason="不实")
    assert not Clock.objects.filter(stopped_on=None).exists()
    award = scene.approved()
    check_exclusions(scene.people.finance, award, "payment")
    move(award, "order", scene.people.finance)
    assert Clock.objects.filter(stopped_on=None).count() == 1
    move(award, "settle", scene.people.finance)
    assert not Clock.objects.filter(stopped_on=None).exists()


def test_what_is_late_comes_first_and_only_to_whom_it_concerns(scene: Scene) -> None:
    scene.accepted()
    scene.let_pass(10)
    scene.accepted()
    scene.let_pass(51)
    found = due_clocks(scene.people.county)
    assert [each.is_overdue for each in found] == [True, False]
    assert due_clocks(scene.people.other_county) == due_clocks(scene.people.other_enterprise) == []
    assert len(due_clocks(scene.people.auditor, by=found[0].due_on)) == 1


def test_an_end_in_a_year_without_holidays_is_unknown_until_they_are_entered(scene: Scene) -> None:
    scene.clock.move_to(at(date(2026, 12, 1)), tick=False)
    scene.accepted()
    (found,) = due_clocks(scene.people.city, by=date(2026, 12, 31))
    assert (found.due_on, found.is_overdue) == (None, False)
    enter_holidays(scene.people.city, 2027, off=[date(2027, 1, 1)], notice="某通知")
    (found,) = due_clocks(scene.people.city)
    assert found.due_on is not None
    assert found.due_on.year == 2027


def test_every_measure_has_seven_working_days_for_its_guide(scene: Scene) -> None:
    started = start_guide_clocks(scene.people.city)
    assert len(started) == len(city().measures)
    assert {each.due_on for each in started if each.subject.startswith(DOCUMENT)} == {date(2025, 12, 4)}
    assert start_guide_clocks(scene.people.city) == []
    publish_guide(scene.people.city, document=DOCUMENT, measure_id="A03")
    with refused("guide-published"):
        publish_guide(scene.people.city, document=DOCUMENT, measure_id="A03")
    assert start_guide_clocks(scene.people.city) == []
    assert due_clocks(scene.people.enterprise) == []
