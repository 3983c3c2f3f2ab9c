"""The laws of the room: whatever anybody calls in whatever order, no money without notice, without four eyes, or above the ceiling.

A machine lets everybody try everything at any time, and now and then does the right next thing, so that it also gets far. What must hold
is worked out here from the tables themselves, not by the code under test.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import ClassVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from duixian.office.accounts.actor import SYSTEM, Actor
from duixian.office.awards.account import give_account
from duixian.office.awards.apply import renew, resubmit, submit
from duixian.office.awards.check import approve, city_check, correct, county_check, refuse, stand_in
from duixian.office.awards.confirm import accept, decline
from duixian.office.awards.exclusions import check_exclusions
from duixian.office.awards.models import Award, NoticeItem, Objection, Step
from duixian.office.awards.move import move
from duixian.office.awards.notices import end_notice, publish, withdraw_notice
from duixian.office.awards.objections import answer, receive
from duixian.office.awards.scoring import finish_scoring, record_score
from duixian.office.awards.states import TABLE
from duixian.office.awards.windows import open_window
from duixian.office.refusal import Refusal
from tests.office.awards.scene import APPLIED, CEILING, DOCUMENT, FREE, MONDAY, NAME, SCORED, Scene, at

MONEY = {"approved", "in_payment", "paid", "recovering"}
DECISIONS = {"county_check", "stand_in", "city_check", "approve", "claim"}
REASONED = {"refuse", "correct", "override_exclusion", "stand_in", "claim", "fail", "cancel", "unpublish"}
WHO = st.integers(0, 12)
REASON = st.sampled_from(["", "有理由"])


class Office(RuleBasedStateMachine):
    """Everybody in the office, and one award of every kind."""

    scene: ClassVar[Scene]
    measure: ClassVar[str]

    @initialize()
    def begin(self) -> None:
        """A day begins, with one award and everybody there; the database forgets it afterwards."""
        self.before = datetime.now(tz=at(MONDAY).tzinfo)
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.award = self.scene.offered() if self.measure == FREE else self.scene.draft(self.measure)
        if self.measure != FREE:
            open_window(
                self.scene.people.city,
                document=DOCUMENT,
                measure_id=self.measure,
                opens_on=MONDAY,
                closes_on=MONDAY,
            )
            self.scene.evidence(self.award)
        self.everybody: list[Actor] = [*self.scene.people.everybody(), SYSTEM]

    def teardown(self) -> None:
        """Undo it all."""
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.scene.clock.move_to(self.before, tick=False)

    def _try(self, deed: Callable[[], object]) -> None:
        with suppress(Refusal):
            deed()

    @rule(who=WHO, action=st.sampled_from(sorted({row.action for row in TABLE})), reason=REASON)
    def somebody_moves_it_anyhow(self, who: int, action: str, reason: str) -> None:
        """Straight into the middle, past every service."""
        self._try(lambda: move(self.award, action, self.everybody[who], reason=reason))

    @rule(
        who=WHO,
        deed=st.sampled_from([accept, decline, submit, resubmit, county_check, finish_scoring, approve]),
    )
    def somebody_does_something(self, who: int, deed: Callable[[Actor, int], Award]) -> None:
        self._try(lambda: deed(self.everybody[who], self.award.pk))

    @rule(who=WHO, deed=st.sampled_from([stand_in, correct, refuse]), reason=REASON)
    def somebody_gives_a_reason(self, who: int, deed: Callable[..., Award], reason: str) -> None:
        self._try(lambda: deed(self.everybody[who], self.award.pk, reason=reason))

    @rule(who=WHO, amount=st.sampled_from([0, 1, CEILING - 1, CEILING, CEILING + 1, 10**12]), reason=REASON)
    def somebody_finds_an_amount_right(self, who: int, amount: int, reason: str) -> None:
        self._try(lambda: city_check(self.everybody[who], self.award.pk, approved_fen=amount, reason=reason))

    @rule(who=WHO, days=st.integers(1, 8))
    def somebody_publishes(self, who: int, days: int) -> None:
        self._try(
            lambda: publish(
                self.everybody[who], [self.award.pk], title="公示", contact="电话", working_days=days
            )
        )

    @rule(who=WHO, reason=REASON)
    def somebody_withdraws_the_notice(self, who: int, reason: str) -> None:
        for item in NoticeItem.objects.filter(award=self.award):
            self._try(lambda item=item: withdraw_notice(self.everybody[who], item.notice_id, reason=reason))  # type: ignore[misc]

    @rule(who=WHO)
    def somebody_objects(self, who: int) -> None:
        for item in NoticeItem.objects.filter(award=self.award):
            self._try(
                lambda item=item: receive(
                    self.everybody[who], item.pk, objector="某人", contact="电话", text="不实"
                )  # type: ignore[misc]
            )

    @rule(who=WHO, is_upheld=st.booleans(), then=st.sampled_from(["", "correct", "refuse"]))
    def somebody_answers(self, who: int, is_upheld: bool, then: str) -> None:
        for each in Objection.objects.filter(item__award=self.award, answered_at=None):
            self._try(
                lambda each=each: answer(  # type: ignore[misc]
                    self.everybody[who], each.pk, text="已核实", is_upheld=is_upheld, then=then
                )
            )

    @rule(who=WHO, points=st.integers(40, 100), expert=st.sampled_from("甲乙丙丁"))
    def somebody_scores(self, who: int, points: int, expert: str) -> None:
        self._try(
            lambda: record_score(
                self.everybody[who], self.award.pk, expert=expert, points=points, reason="意见"
            )
        )

    @rule(who=WHO, amount=st.sampled_from([1, CEILING - 1, CEILING * 2]))
    def a_later_run_says_otherwise(self, who: int, amount: int) -> None:
        found = self.scene.determination(
            self.measure, run=self.scene.another_run(), fact=self.award.fact, amount=amount
        )
        self._try(lambda: renew(self.everybody[who], self.award.pk, found.pk, reason="更正"))

    @rule(days=st.integers(1, 7))
    def days_pass(self, days: int) -> None:
        self.scene.let_pass(days)

    @rule(times=st.integers(1, 8))
    def the_right_things_happen(self, times: int) -> None:
        """Some steps along the way, as it should be."""
        for _ in range(times):
            self._try(self._right_thing)

    def _right_thing(self) -> None:
        people, key = self.scene.people, self.award.pk
        award = Award.objects.get(pk=key)
        last = NoticeItem.objects.filter(award=award).order_by("-pk").first()
        deeds: dict[str, Callable[[], object]] = {
            "offered": lambda: (
                give_account(people.enterprise, key, holder=NAME, bank="某银行", number="3200123456789012"),
                accept(people.enterprise, key),
            ),
            "draft": lambda: submit(people.enterprise, key),
            "correction": lambda: resubmit(people.enterprise, key),
            "accepted": lambda: county_check(people.county, key),
            "submitted": lambda: (
                give_account(people.enterprise, key, holder=NAME, bank="某银行", number="3200123456789012"),
                county_check(people.county, key),
            ),
            "county_checked": lambda: city_check(people.city, key),
            "city_checked": lambda: self._score() if award.needs_scoring else self.scene.published(award),
            "scored": lambda: self.scene.published(award),
            "on_notice": lambda: self._wait(last),
            "notice_ended": lambda: approve(people.reviewer, key),
            "approved": lambda: (
                check_exclusions(people.finance, award, "payment"),
                move(award, "order", people.finance),
            ),
            "in_payment": lambda: move(award, "settle", people.finance),
        }  # fmt: skip
        deeds.get(award.state, lambda: None)()

    def _wait(self, item: NoticeItem | None) -> None:
        self.scene.let_pass(3)
        end_notice(self.scene.people.city, item.notice_id if item else 0)

    def _score(self) -> None:
        for expert in "甲乙丙":
            self._try(
                lambda expert=expert: record_score(  # type: ignore[misc]
                    self.scene.people.second_city, self.award.pk, expert=expert, points=80, reason="可推广"
                )
            )
        finish_scoring(self.scene.people.second_city, self.award.pk)

    @invariant()
    def no_money_but_by_the_laws(self) -> None:
        """What must hold after every step."""
        if not hasattr(self, "award"):
            return
        award = Award.objects.get(pk=self.award.pk)
        steps = list(Step.objects.filter(award=award).order_by("number"))
        _keeps_its_steps(award, steps)
        assert award.approved_fen is None or 0 < award.approved_fen <= award.ceiling_fen
        if award.state in MONEY:
            _was_decided_by_three(steps)
            _stood_on_notice(award)


def _keeps_its_steps(award: Award, steps: list[Step]) -> None:
    assert [each.number for each in steps] == list(range(1, award.version + 1))
    assert [each.from_state for each in steps[1:]] == [each.to_state for each in steps[:-1]]
    assert steps[-1].to_state == award.state
    assert all(each.reason for each in steps if each.action in REASONED)


def _was_decided_by_three(steps: list[Step]) -> None:
    voided = max((each.number for each in steps if each.action == "correct"), default=0)
    living = [each for each in steps if each.number > voided]
    deciders = [each.actor_id for each in living if each.action in DECISIONS]
    assert len(deciders) == len(set(deciders)) >= 3
    assert None not in deciders
    entered = {each.actor_id for each in steps if each.action in {"apply", "submit", "resubmit", "renew"}}
    assert not entered & set(deciders)


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
    office = type("OfficeOf", (Office,), {"scene": scene, "measure": measure})
    run_state_machine_as_test(
        office,
        settings=settings(
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("measure", [FREE, APPLIED, SCORED])
def test_the_machine_gets_as_far_as_payment(scene: Scene, measure: str) -> None:
    office = type("OfficeOf", (Office,), {"scene": scene, "measure": measure})()
    office.begin()
    try:
        office.the_right_things_happen(20)
        assert Award.objects.get(pk=office.award.pk).state == "paid"
        office.no_money_but_by_the_laws()
    finally:
        office.teardown()
