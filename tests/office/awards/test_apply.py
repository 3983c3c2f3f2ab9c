"""What is applied for: a draft, evidence, and the window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from duixian.office.awards.apply import apply, resubmit, submit
from duixian.office.awards.check import correct
from duixian.office.awards.models import Award, State
from duixian.office.awards.windows import open_window, open_windows
from tests.office.awards.refused import refused
from tests.office.awards.scene import APPLIED, DOCUMENT, FREE, MONDAY, Scene

pytestmark = pytest.mark.django_db


def _open(scene: Scene, measure: str = APPLIED) -> None:
    open_window(
        scene.people.city,
        document=DOCUMENT,
        measure_id=measure,
        opens_on=MONDAY,
        closes_on=MONDAY + timedelta(days=1),
    )


def test_an_application_is_a_draft_and_the_same_one_again(scene: Scene) -> None:
    found = scene.determination(APPLIED)
    first = apply(scene.people.enterprise, found.pk)
    assert first.state == State.DRAFT
    assert apply(scene.people.enterprise, found.pk).pk == first.pk
    assert Award.objects.count() == 1


def test_free_of_application_means_there_is_nothing_to_apply_for(scene: Scene) -> None:
    with refused("not-for-application"):
        apply(scene.people.enterprise, scene.determination(FREE).pk)


def test_nobody_applies_for_another_enterprise_or_another_area(scene: Scene) -> None:
    found = scene.determination(APPLIED)
    for each in (scene.people.other_enterprise, scene.people.other_county):
        with refused("not-there"):
            apply(each, found.pk)


def test_what_is_not_payable_cannot_be_applied_for(scene: Scene) -> None:
    with refused("not-payable"):
        apply(scene.people.enterprise, scene.determination(APPLIED, outcome="不符合条件").pk)


def test_an_application_is_submitted_only_within_the_window(scene: Scene) -> None:
    award = scene.draft()
    scene.evidence(award)
    with refused("window-closed"):
        submit(scene.people.enterprise, award.pk)
    _open(scene)
    assert open_windows(MONDAY).count() == 1
    scene.let_pass(2)
    with refused("window-closed"):
        submit(scene.people.enterprise, award.pk)


def test_the_last_day_of_a_window_belongs_to_it(scene: Scene) -> None:
    award = scene.draft()
    scene.evidence(award)
    _open(scene)
    scene.let_pass(1)
    assert submit(scene.people.enterprise, award.pk).state == State.SUBMITTED


def test_an_application_needs_evidence(scene: Scene) -> None:
    award = scene.draft()
    _open(scene)
    with refused("evidence-missing"):
        submit(scene.people.enterprise, award.pk)


def test_a_correction_is_handed_in_after_the_window_too(scene: Scene) -> None:
    award = scene.draft()
    scene.evidence(award)
    _open(scene)
    submit(scene.people.enterprise, award.pk)
    correct(scene.people.county, award.pk, reason="发票缺页")
    scene.let_pass(10)
    assert resubmit(scene.people.enterprise, award.pk).state == State.SUBMITTED


def test_a_window_that_makes_no_sense_is_refused(scene: Scene) -> None:
    with refused("window-not-needed"):
        _open(scene, FREE)
    with refused("measure-not-there"):
        _open(scene, "没有")
    with refused("window-order"):
        open_window(
            scene.people.city,
            document=DOCUMENT,
            measure_id=APPLIED,
            opens_on=MONDAY,
            closes_on=MONDAY - timedelta(days=1),
        )
