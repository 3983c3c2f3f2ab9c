"""What bars an enterprise is looked for at every stage; a reviewer overrides a record, and nobody what the text says."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from duixian.office.awards.check import approve, city_check
from duixian.office.awards.exclusions import check_exclusions, window_of
from duixian.office.awards.models import ExclusionCheck, State
from duixian.office.awards.move import move
from duixian.office.awards.notices import end_notices
from duixian.office.awards.override import override_exclusion
from duixian.office.registry.models import FactRecord
from duixian.office.runs.models import Ruling, RulingSignature
from tests.office.awards.refused import refused
from tests.office.awards.scene import CODE, DOCUMENT, Scene

pytestmark = pytest.mark.django_db
KIND = "负面记录"


def _record(scene: Scene, on: date | None, **values: object) -> FactRecord:
    number = f"N-{next(scene.numbers)}"
    return FactRecord.objects.create(
        kind=KIND, number=number, enterprise_id=CODE, happened_on=on, content_hash=number, source=scene.source,
        values={"编号": number, "类型": "严重失信", **({"日期": on.isoformat()} if on else {}), **values},
    )  # fmt: skip


def _rule(scene: Scene) -> None:
    """The city decides that its negative list applies."""
    ruling = Ruling.objects.create(
        question="负面清单", document=DOCUMENT, option="适用", reason="沿用", basis="会议纪要", effective_from=date(2026, 1, 1),
        proposed_by_id=scene.people.city.account_id,
    )  # fmt: skip
    RulingSignature.objects.create(ruling=ruling, signed_by_id=scene.people.reviewer.account_id)


def test_a_clean_enterprise_goes_on_and_the_look_is_kept(scene: Scene) -> None:
    award = scene.city_checked()
    check = ExclusionCheck.objects.get(award=award)
    assert (check.stage, check.found, len(check.source_hash)) == ("determination", [], 64)
    assert (check.window_from, check.window_to) == (date(2023, 3, 2), date(2026, 3, 2))


@pytest.mark.parametrize("on", [date(2023, 3, 2), date(2026, 3, 2), date(2024, 7, 1), None])
def test_a_record_within_the_window_or_without_a_day_stops_the_check(scene: Scene, on: date | None) -> None:
    award = scene.county_checked()
    _record(scene, on)
    with refused("exclusion-found"):
        city_check(scene.people.city, award.pk)
    # The refused move leaves what was found on record.
    assert ExclusionCheck.objects.get(award=award).found[0]["bars"] is False


def test_a_record_before_the_window_stops_nothing(scene: Scene) -> None:
    award = scene.county_checked()
    _record(scene, date(2023, 3, 1))
    assert city_check(scene.people.city, award.pk).state == State.CITY_CHECKED


def test_the_window_ends_with_the_notice(scene: Scene) -> None:
    award = scene.notice_ended()
    assert window_of(award).last == date(2026, 3, 9)
    _record(scene, date(2026, 3, 10))
    assert approve(scene.people.reviewer, award.pk).state == State.APPROVED


def test_what_happened_during_the_notice_stops_the_approval(scene: Scene) -> None:
    award = scene.notice_ended()
    _record(scene, date(2026, 3, 9))
    with refused("exclusion-found"):
        approve(scene.people.reviewer, award.pk)


def test_what_is_recorded_after_the_approval_stops_the_payment(scene: Scene) -> None:
    award = scene.approved()
    with refused("exclusion-not-checked"):
        move(award, "order", scene.people.finance)
    _record(scene, date(2025, 6, 1))
    check_exclusions(scene.people.finance, award, "payment")
    with refused("exclusion-found"):
        move(award, "order", scene.people.finance)


def test_yesterdays_check_does_not_pay_today(scene: Scene) -> None:
    award = scene.approved()
    check_exclusions(scene.people.finance, award, "payment")
    scene.let_pass(1)
    with refused("exclusion-not-checked"):
        move(award, "order", scene.people.finance)


def test_a_reviewer_overrides_exactly_what_was_found(scene: Scene) -> None:
    award = scene.county_checked()
    _record(scene, date(2025, 6, 1))
    check = check_exclusions(scene.people.city, award, "determination")
    with refused("reason-missing"):
        override_exclusion(scene.people.reviewer, award.pk, check.pk, reason=" ")
    with refused("not-allowed"):
        override_exclusion(scene.people.city, award.pk, check.pk, reason="已修复")
    override_exclusion(scene.people.reviewer, award.pk, check.pk, reason="已完成信用修复")
    assert city_check(scene.people.city, award.pk).state == State.CITY_CHECKED
    scene.published(award)
    scene.let_pass(6)
    end_notices(scene.people.city)
    _record(scene, date(2025, 7, 1))
    with refused("exclusion-found"):
        approve(scene.people.reviewer, award.pk)


def test_where_the_text_bars_nobody_overrides(scene: Scene) -> None:
    award = scene.county_checked()
    _record(scene, date(2020, 1, 1), 已解除=False)
    _rule(scene)
    with refused("excluded-by-text"):
        city_check(scene.people.city, award.pk)
    check = ExclusionCheck.objects.latest("pk")
    with refused("excluded-by-text"):
        override_exclusion(scene.people.reviewer, award.pk, check.pk, reason="情况特殊")


def test_a_record_of_which_the_release_is_unknown_bars_until_it_is_known(scene: Scene) -> None:
    award = scene.county_checked()
    _record(scene, date(2020, 1, 1))
    _rule(scene)
    with refused("excluded-by-text"):
        city_check(scene.people.city, award.pk)


def test_a_released_record_outside_the_window_bars_nothing(scene: Scene) -> None:
    award = scene.county_checked()
    _record(scene, date(2020, 1, 1), 已解除=True)
    _rule(scene)
    assert city_check(scene.people.city, award.pk).state == State.CITY_CHECKED


def test_an_award_whose_fact_was_withdrawn_is_not_paid(scene: Scene) -> None:
    award = scene.approved()
    fact = FactRecord.objects.get(number=award.fact)
    FactRecord.objects.create(
        kind=fact.kind, number=fact.number, enterprise_id=CODE, values={}, content_hash="", source=scene.source, supersedes=fact,
        is_withdrawal=True,
    )  # fmt: skip
    check_exclusions(scene.people.finance, award, "payment")
    with refused("excluded-by-text"):
        move(award, "order", scene.people.finance)


def test_looking_at_nothing_is_no_check(scene: Scene) -> None:
    award = scene.county_checked()
    with override_settings(EXCLUSION_KINDS=["没有的种类"]), refused("exclusion-kind-unknown"):
        city_check(scene.people.city, award.pk)


def test_the_snapshot_tells_whether_the_source_has_changed(scene: Scene) -> None:
    award = scene.county_checked()
    first, second = (check_exclusions(scene.people.city, award, "determination") for _ in range(2))
    assert first.source_hash == second.source_hash
    _record(scene, date(2019, 1, 1))
    third = check_exclusions(scene.people.city, award, "determination")
    assert (third.found, third.source_hash == first.source_hash) == ([], False)
