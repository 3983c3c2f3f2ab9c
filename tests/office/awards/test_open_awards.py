"""A payable determination becomes one award, however often and by however many runs it is found."""

from __future__ import annotations

import pytest

from duixian.office.awards.apply import renew, reopen
from duixian.office.awards.confirm import decline
from duixian.office.awards.models import Award, Mode, State
from duixian.office.awards.open_awards import differences, open_awards
from duixian.office.runs.models import RunState
from tests.office.awards.refused import refused
from tests.office.awards.scene import APPLIED, CEILING, FREE, SCORED, SECRET, Scene

pytestmark = pytest.mark.django_db


def test_each_measure_opens_as_its_text_has_it(scene: Scene) -> None:
    for measure in (FREE, APPLIED, SCORED, SECRET):
        scene.determination(measure)
    found = {each.measure_id: each for each in open_awards(scene.people.city, scene.run.pk)}
    assert {name: (each.mode, each.state, each.needs_scoring) for name, each in found.items()} == {
        FREE: (Mode.WITHOUT_APPLICATION, State.OFFERED, False),
        APPLIED: (Mode.APPLICATION, State.DRAFT, False),
        SCORED: (Mode.APPLICATION, State.DRAFT, True),
        SECRET: (Mode.APPLICATION, State.DRAFT, False),
    }


def test_a_ruling_of_the_run_decides_how_it_is_delivered(scene: Scene) -> None:
    scene.run.rulings = {"军工兑现方式": "免申即享"}
    scene.run.save()
    scene.determination(SECRET)
    assert open_awards(scene.people.city, scene.run.pk)[0].state == State.OFFERED


def test_nothing_unknown_zero_or_not_payable_opens(scene: Scene) -> None:
    scene.determination(amount=0)
    scene.determination(outcome="待定")
    scene.determination(outcome="就高未取")
    assert open_awards(scene.people.city, scene.run.pk) == []


def test_opening_a_run_twice_opens_nothing_twice(scene: Scene) -> None:
    scene.determination()
    assert len(open_awards(scene.people.city, scene.run.pk)) == 1
    assert open_awards(scene.people.city, scene.run.pk) == []
    assert Award.objects.count() == 1


def test_another_run_finds_the_living_award_and_tells_the_difference(scene: Scene) -> None:
    kept, lowered, gone = (scene.offered() for _ in range(3))
    later = scene.another_run()
    scene.determination(run=later, fact=kept.fact)
    lower = scene.determination(run=later, fact=lowered.fact, amount=CEILING - 100)
    assert open_awards(scene.people.city, later.pk) == []
    found = {each.award.pk: each for each in differences(scene.people.city, later.pk)}
    assert set(found) == {lowered.pk, gone.pk}
    assert found[lowered.pk].determination == lower
    assert found[lowered.pk].amount_fen == CEILING - 100
    assert found[gone.pk].determination is None


def test_an_award_is_renewed_by_a_newer_determination_of_its_own_fact(scene: Scene) -> None:
    award = scene.offered()
    later = scene.another_run()
    newer = scene.determination(run=later, fact=award.fact, amount=CEILING - 100)
    other = scene.determination(run=later)
    with refused("other-fact"):
        renew(scene.people.city, award.pk, other.pk, reason="更正")
    renewed = renew(scene.people.city, award.pk, newer.pk, reason="按新的认定更正")
    assert (renewed.ceiling_fen, renewed.determination_id) == (CEILING - 100, newer.pk)


def test_what_was_declined_is_not_offered_again_by_itself(scene: Scene) -> None:
    award = scene.offered()
    decline(scene.people.enterprise, award.pk)
    later = scene.another_run()
    again = scene.determination(run=later, fact=award.fact)
    assert open_awards(scene.people.city, later.pk) == []
    with refused("reason-missing"):
        reopen(scene.people.reviewer, again.pk, reason="")
    reopened = reopen(scene.people.reviewer, again.pk, reason="企业书面撤回放弃")
    assert (reopened.state, reopened.pk != award.pk) == (State.OFFERED, True)
    with refused("award-exists"):
        reopen(scene.people.reviewer, again.pk, reason="再来一次")


def test_an_unfinished_run_opens_nothing(scene: Scene) -> None:
    scene.run.state = RunState.STARTED
    scene.run.save()
    with refused("run-unfinished"):
        open_awards(scene.people.city, scene.run.pk)


def test_only_city_officers_open(scene: Scene) -> None:
    for each in (
        scene.people.county,
        scene.people.reviewer,
        scene.people.enterprise,
        scene.people.administrator,
    ):
        with refused("not-allowed"):
            open_awards(each, scene.run.pk)


def test_many_open_at_once_in_few_queries(scene: Scene, django_assert_max_num_queries: object) -> None:
    for _ in range(1100):
        scene.determination()
    with django_assert_max_num_queries(90):  # type: ignore[operator]
        assert len(open_awards(scene.people.city, scene.run.pk)) == 1100
