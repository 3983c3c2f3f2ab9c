"""The laws of the room: whatever anybody calls in whatever order, no money without notice, without four eyes, or above the ceiling.

What must hold is worked out here from the tables themselves, not by the code under test.
"""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from duixian.office.awards.models import Award, NoticeItem, Objection, Step
from tests.office.awards.machine import Office
from tests.office.awards.scene import APPLIED, FREE, SCORED, Scene

SHOWN = {"notice_ended"}
MONEY = {"approved", "in_payment", "paid", "recovering"}
DECISIONS = {"county_check", "stand_in", "city_check", "approve", "claim"}
ENTERING = {"apply", "submit", "resubmit", "renew"}
REASONED = {
    "refuse",
    "correct",
    "override_exclusion",
    "stand_in",
    "claim",
    "fail",
    "cancel",
    "unpublish",
    "renew",
}


class LawfulOffice(Office):
    """The office, watched at every step (法则)."""

    @invariant()
    def no_money_but_by_the_laws(self) -> None:
        """What must hold after every step."""
        if hasattr(self, "award"):
            _keeps_the_laws(Award.objects.get(pk=self.award.pk))


def _keeps_the_laws(award: Award) -> None:
    steps = list(Step.objects.filter(award=award).order_by("number"))
    _keeps_its_steps(award, steps)
    assert award.approved_fen is None or 0 < award.approved_fen <= award.ceiling_fen
    deciders = _deciders(steps)
    if award.state in SHOWN | MONEY:
        _stood_on_notice(award)
    if award.state in MONEY:
        assert len(deciders) >= 3


def _keeps_its_steps(award: Award, steps: list[Step]) -> None:
    assert [each.number for each in steps] == list(range(1, award.version + 1))
    assert [each.from_state for each in steps[1:]] == [each.to_state for each in steps[:-1]]
    assert steps[-1].to_state == award.state
    assert all(each.reason for each in steps if each.action in REASONED)


def _deciders(steps: list[Step]) -> list[int | None]:
    """Who has decided by what still counts: nobody twice, and nobody who entered something."""
    voided = max((each.number for each in steps if each.action == "correct"), default=0)
    deciders = [each.actor_id for each in steps if each.number > voided and each.action in DECISIONS]
    assert len(deciders) == len(set(deciders))
    assert None not in deciders
    assert not {each.actor_id for each in steps if each.action in ENTERING} & set(deciders)
    return deciders


def _stood_on_notice(award: Award) -> None:
    item = NoticeItem.objects.filter(award=award).latest("pk")
    assert item.notice.withdrawn_at is None
    assert item.notice.working_days >= 5
    assert item.notice.closes_on < timezone.localdate()
    assert item.amount_fen == award.approved_fen
    assert not Objection.objects.filter(item__award=award, answered_at=None).exists()
    assert not item.objections.filter(is_upheld=True).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("measure", [FREE, APPLIED, SCORED])
def test_no_sequence_of_calls_breaks_the_laws(scene: Scene, measure: str) -> None:
    run_state_machine_as_test(
        type("OfficeOf", (LawfulOffice,), {"scene": scene, "measure": measure}),
        settings=settings(max_examples=40, stateful_step_count=30, suppress_health_check=list(HealthCheck)),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("measure", [FREE, APPLIED, SCORED])
def test_the_machine_gets_as_far_as_payment(scene: Scene, measure: str) -> None:
    office = type("OfficeOf", (LawfulOffice,), {"scene": scene, "measure": measure})()
    office.begin()
    try:
        office.the_right_things_happen(20, 0)
        assert Award.objects.get(pk=office.award.pk).state == "paid"
        office.no_money_but_by_the_laws()
    finally:
        office.teardown()
