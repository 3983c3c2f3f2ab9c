"""Everybody sees the awards of his own reach."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duixian.office.audit.models import AuditEvent
from duixian.office.awards.desk import award, awards
from tests.office.awards.refused import refused
from tests.office.awards.scene import OTHER_CODE, Scene

pytestmark = pytest.mark.django_db


def test_the_desk_shows_ones_own_and_no_more(scene: Scene) -> None:
    mine, other = scene.offered(), scene.offered(code=OTHER_CODE)
    assert awards(scene.people.enterprise)[0] == [mine]
    assert awards(scene.people.county)[0] == [mine]
    assert awards(scene.people.other_county)[0] == [other]
    assert awards(scene.people.auditor, state="offered")[0] == [mine, other]
    assert awards(scene.people.city, area="灌云县")[0] == [other]
    with refused("not-allowed"):
        awards(scene.people.administrator)


def test_a_county_that_the_city_no_longer_has_sees_nothing(scene: Scene) -> None:
    scene.offered()
    assert awards(replace(scene.people.county, area="旧区")) == ([], 0)


def test_looking_at_an_award_is_told(scene: Scene) -> None:
    mine = scene.offered()
    assert award(scene.people.auditor, mine.pk) == mine
    assert AuditEvent.objects.filter(action="award.read").count() == 1
    for each in (scene.people.other_county, scene.people.other_enterprise):
        with refused("not-there"):
            award(each, mine.pk)
