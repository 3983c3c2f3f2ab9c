"""A public notice runs its working days, shows what it showed, and can be withdrawn while nothing rests on it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from duixian.office.accounts.actor import SYSTEM
from duixian.office.awards.apply import resubmit
from duixian.office.awards.check import approve, city_check, correct, county_check
from duixian.office.awards.confirm import accept
from duixian.office.awards.gate import demand_notice_ran
from duixian.office.awards.models import Award, State
from duixian.office.awards.move import move
from duixian.office.awards.notices import end_notice, end_notices, publish, withdraw_notice
from duixian.office.awards.open_awards import open_awards
from duixian.office.awards.public import shown, standing_notices
from tests.office.awards.refused import refused
from tests.office.awards.scene import NAME, SECRET, Scene, at

pytestmark = pytest.mark.django_db


def test_the_day_of_publishing_does_not_count(scene: Scene) -> None:
    notice = scene.published()
    assert (notice.opens_on, notice.closes_on) == (date(2026, 3, 3), date(2026, 3, 9))


def test_a_notice_over_a_holiday_runs_longer(scene: Scene) -> None:
    scene.clock.move_to(at(date(2026, 9, 28)), tick=False)
    # 国庆节 takes 1 to 7 October, 10 October is worked for it.
    assert scene.published().closes_on == date(2026, 10, 10)


def test_it_has_run_only_after_its_last_day(scene: Scene) -> None:
    award = scene.on_notice()
    for days in range(1, 6):
        scene.let_pass(1)
        with refused("notice-running"):
            demand_notice_ran(award)
        with refused("notice-running"):
            end_notice(scene.people.city, award.notice_items.get().notice_id)
        assert days <= 5
    scene.clock.move_to(at(date(2026, 3, 9), 23), tick=False)
    with refused("notice-running"):
        demand_notice_ran(award)
    scene.clock.move_to(at(date(2026, 3, 10), 0), tick=False)
    demand_notice_ran(award)


def test_a_city_may_show_longer_but_not_shorter(scene: Scene) -> None:
    award = scene.city_checked()
    for days, code in ((4, "notice-too-short"), (61, "notice-too-long")):
        with refused(code):
            publish(scene.people.city, [award.pk], title="公示", contact="电话", working_days=days)
    assert (
        publish(scene.people.city, [award.pk], title="公示", contact="电话", working_days=7).working_days == 7
    )


def test_a_notice_into_a_year_without_holidays_is_refused(scene: Scene) -> None:
    scene.clock.move_to(at(date(2026, 12, 30)), tick=False)
    award = scene.city_checked()
    with refused("holidays-unknown"):
        scene.published(award)
    assert Award.objects.get(pk=award.pk).state == State.CITY_CHECKED


def test_a_notice_is_all_or_nothing_and_of_one_document(scene: Scene) -> None:
    ready, unready = scene.city_checked(), scene.offered()
    with refused("wrong-state"):
        publish(scene.people.city, [ready.pk, unready.pk], title="公示", contact="电话")
    assert Award.objects.get(pk=ready.pk).state == State.CITY_CHECKED
    with refused("notice-empty"):
        publish(scene.people.city, [], title="公示", contact="电话")
    with refused("not-there"):
        publish(scene.people.city, [ready.pk, 999_999], title="公示", contact="电话")
    with refused("notice-words-missing"):
        publish(scene.people.city, [ready.pk], title=" ", contact="电话")
    Award.objects.filter(pk=unready.pk).update(document="连政办发〔2023〕36号")
    with refused("several-documents"):
        publish(scene.people.city, [ready.pk, unready.pk], title="公示", contact="电话")


def test_what_was_shown_stays_as_it_was(scene: Scene) -> None:
    item = scene.on_notice().notice_items.get()
    assert (item.enterprise_name, item.amount_fen) == (NAME, 60_000_000)
    item.amount_fen = 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        item.save()


def test_everybody_sees_a_notice_until_it_closes(scene: Scene) -> None:
    scene.on_notice()
    (seen,) = shown(standing_notices())
    assert seen.items[0].enterprise_name == NAME
    scene.let_pass(6)
    assert standing_notices() == ()


def test_secret_measures_are_never_shown(scene: Scene) -> None:
    scene.run.rulings = {"军工兑现方式": "免申即享"}
    scene.run.save()
    scene.determination(SECRET)
    (secret,) = open_awards(scene.people.city, scene.run.pk)
    scene.account(secret)
    accept(scene.people.enterprise, secret.pk)
    county_check(scene.people.county, secret.pk)
    city_check(scene.people.city, secret.pk)
    with refused("confidential"):
        publish(scene.people.city, [secret.pk], title="公示", contact="电话")


def test_a_withdrawn_notice_ran_for_nothing(scene: Scene) -> None:
    award = scene.on_notice()
    notice = award.notice_items.get().notice
    with refused("reason-missing"):
        withdraw_notice(scene.people.city, notice.pk, reason="")
    withdraw_notice(scene.people.city, notice.pk, reason="金额打印有误")
    assert Award.objects.get(pk=award.pk).state == State.CITY_CHECKED
    scene.let_pass(6)
    with refused("notice-withdrawn"):
        demand_notice_ran(award)
    with refused("notice-withdrawn"):
        end_notice(scene.people.city, notice.pk)
    with refused("notice-withdrawn"):
        withdraw_notice(scene.people.city, notice.pk, reason="再撤一次")
    again = scene.published(Award.objects.get(pk=award.pk))
    with refused("notice-running"):
        demand_notice_ran(award)
    assert again.pk != notice.pk


def test_a_notice_on_which_an_approval_rests_is_not_withdrawn(scene: Scene) -> None:
    award = scene.approved()
    with refused("notice-in-use"):
        withdraw_notice(scene.people.city, award.notice_items.get().notice_id, reason="想撤")


def test_after_a_correction_the_old_notice_counts_no_more(scene: Scene) -> None:
    award = scene.notice_ended()
    correct(scene.people.reviewer, award.pk, reason="账户有误")
    resubmit(scene.people.enterprise, award.pk)
    county_check(scene.people.county, award.pk)
    city_check(scene.people.city, award.pk)
    with refused("wrong-state"):
        approve(scene.people.reviewer, award.pk)
    scene.published(Award.objects.get(pk=award.pk))
    with refused("wrong-state"):
        approve(scene.people.reviewer, award.pk)


def test_the_daily_clock_ends_every_notice_that_ran(scene: Scene) -> None:
    awards = [scene.on_notice() for _ in range(2)]
    assert end_notices(SYSTEM) == []
    scene.let_pass(6)
    assert {each.pk for each in end_notices(SYSTEM)} == {each.pk for each in awards}
    assert end_notices(SYSTEM) == []


def test_an_amount_that_was_not_shown_is_not_approved(scene: Scene) -> None:
    award = scene.notice_ended()
    Award.objects.filter(pk=award.pk).update(approved_fen=59_000_000)
    with refused("notice-other-amount"):
        approve(scene.people.reviewer, award.pk)


def test_no_old_notice_serves_again(scene: Scene) -> None:
    award = scene.notice_ended()
    notice = award.notice_items.get().notice_id
    correct(scene.people.reviewer, award.pk, reason="账户有误")
    resubmit(scene.people.enterprise, award.pk)
    county_check(scene.people.county, award.pk)
    city_check(scene.people.city, award.pk)
    for detail in ({}, {"notice": notice}, {"notice": 999_999}):
        with refused("not-listed"):
            move(award, "publish", scene.people.city, detail=detail)
