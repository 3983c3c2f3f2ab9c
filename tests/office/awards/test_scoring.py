"""遴选: three experts at least, an exact mean against the pass mark, and a ranking."""

from __future__ import annotations

from fractions import Fraction

import pytest

from duixian.office.awards.apply import submit
from duixian.office.awards.check import city_check, correct, county_check
from duixian.office.awards.models import Award, State
from duixian.office.awards.notices import publish
from duixian.office.awards.scores import living_scores
from duixian.office.awards.scoring import finish_scoring, ranking, record_score
from duixian.office.awards.windows import open_window
from tests.office.awards.refused import refused
from tests.office.awards.scene import DOCUMENT, MONDAY, SCORED, Scene

pytestmark = pytest.mark.django_db


def _checked(scene: Scene) -> Award:
    award = scene.draft(SCORED)
    scene.evidence(award)
    open_window(scene.people.city, document=DOCUMENT, measure_id=SCORED, opens_on=MONDAY, closes_on=MONDAY)
    submit(scene.people.enterprise, award.pk)
    county_check(scene.people.county, award.pk)
    return city_check(scene.people.city, award.pk)


def _score(scene: Scene, award: Award, *points: int) -> None:
    for number, each in enumerate(points):
        record_score(scene.people.second_city, award.pk, expert=f"专家{number}", points=each, reason="可推广")


def test_what_is_to_be_selected_is_not_shown_before_it_is_scored(scene: Scene) -> None:
    award = _checked(scene)
    with refused("wrong-state"):
        publish(scene.people.city, [award.pk], title="公示", contact="电话")


def test_two_experts_are_no_panel(scene: Scene) -> None:
    award = _checked(scene)
    _score(scene, award, 90, 95)
    with refused("scores-missing"):
        finish_scoring(scene.people.city, award.pk)


def test_the_mean_is_exact_at_the_pass_mark(scene: Scene) -> None:
    award = _checked(scene)
    _score(scene, award, 60, 60, 59)
    with refused("below-pass-mark"):
        finish_scoring(scene.people.city, award.pk)
    record_score(scene.people.second_city, award.pk, expert="专家四", points=61, reason="可推广")
    assert finish_scoring(scene.people.city, award.pk).state == State.SCORED


def test_an_expert_scores_once(scene: Scene) -> None:
    award = _checked(scene)
    _score(scene, award, 80)
    with refused("scored-already"):
        _score(scene, award, 90)
    assert living_scores(award) == [80]


@pytest.mark.parametrize(
    ("points", "expert", "reason"), [(101, "甲", "好"), (-1, "甲", "好"), (80, " ", "好"), (80, "甲", "")]
)
def test_a_score_is_0_to_100_with_a_name_and_a_reason(
    scene: Scene, points: int, expert: str, reason: str
) -> None:
    award = _checked(scene)
    with refused("bad-score"):
        record_score(scene.people.second_city, award.pk, expert=expert, points=points, reason=reason)


def test_equals_share_a_place_in_the_ranking(scene: Scene) -> None:
    awards = [_checked(scene) for _ in range(3)]
    for each, points in zip(awards, ((70, 80, 91), (90, 75, 76), (50, 50, 50)), strict=True):
        _score(scene, each, *points)
    found = ranking(scene.people.reviewer, document=DOCUMENT, measure_id=SCORED, year=2026)
    assert [(each.place, each.mean, each.passes) for each in found] == [
        (1, Fraction(241, 3), True), (1, Fraction(241, 3), True), (3, Fraction(50), False),
    ]  # fmt: skip


def test_a_correction_voids_the_scores_and_the_same_expert_scores_again(scene: Scene) -> None:
    award = _checked(scene)
    _score(scene, award, 80, 80, 80)
    correct(scene.people.city, award.pk, reason="项目内容有变")
    assert living_scores(award) == []
    assert award.scores.count() == 3


def test_a_measure_without_selection_takes_no_scores(scene: Scene) -> None:
    with refused("wrong-state"):
        record_score(scene.people.city, scene.city_checked().pk, expert="甲", points=80, reason="好")
