"""An office in which everybody tries everything with one award at any time (随机办理), and now and then does the right next thing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from duixian.office.accounts.actor import SYSTEM, Actor
from duixian.office.awards.account import give_account
from duixian.office.awards.apply import renew, resubmit, submit
from duixian.office.awards.check import approve, city_check, correct, county_check, refuse, stand_in
from duixian.office.awards.confirm import accept, decline
from duixian.office.awards.exclusions import check_exclusions
from duixian.office.awards.models import ENDED, Award, NoticeItem, Objection
from duixian.office.awards.move import move
from duixian.office.awards.needs import STAGES
from duixian.office.awards.notices import end_notice, publish, withdraw_notice
from duixian.office.awards.objections import answer, receive
from duixian.office.awards.scoring import finish_scoring, record_score
from duixian.office.awards.states import TABLE, Transition, rows_of
from duixian.office.awards.windows import open_window
from duixian.office.refusal import Refusal
from tests.office.awards.scene import CEILING, DOCUMENT, FREE, MONDAY, NAME, SHANGHAI, Scene

WHO = st.integers(0, 12)
REASON = st.sampled_from(["", "有理由"])
ACTIONS = st.sampled_from(sorted({row.action for row in TABLE}))
DEEDS = st.sampled_from([accept, decline, submit, resubmit, county_check, finish_scoring, approve])
REASONED = st.sampled_from([stand_in, correct, refuse])
AMOUNTS = st.sampled_from([0, 1, CEILING - 1, CEILING, CEILING + 1, 10**12])


class Office(RuleBasedStateMachine):
    """Everybody in the office, and one award after the other."""

    scene: ClassVar[Scene]
    measure: ClassVar[str]

    @initialize(ahead=st.integers(0, 9))
    def begin(self, ahead: int = 0) -> None:
        """A day begins, with everybody there and one award, some steps ahead; the database forgets it afterwards."""
        self.before = datetime.now(tz=SHANGHAI)
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.everybody: list[Actor] = [*self.scene.people.everybody(), SYSTEM]
        if self.measure != FREE:
            open_window(
                self.scene.people.city, document=DOCUMENT, measure_id=self.measure, opens_on=MONDAY, closes_on=date(2026, 12, 31)
            )  # fmt: skip
        self._begin()
        self.the_right_things_happen(ahead, 0)

    def teardown(self) -> None:
        """Undo it all."""
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.scene.clock.move_to(self.before, tick=False)

    @rule(who=WHO, action=ACTIONS, reason=REASON)
    def somebody_moves_it_anyhow(self, who: int, action: str, reason: str) -> None:
        """Straight into the middle, past every service."""
        self._try(lambda: move(self.award, action, self.everybody[who], reason=reason))

    @rule(row=st.integers(0, 40), who=WHO, reason=REASON)
    def somebody_moves_it_who_may(self, row: int, who: int, reason: str) -> None:
        """Past every service again, but by a role that the table names."""
        rows = [each for each in self._rows() if each.target not in ENDED]
        if rows:
            self._push(rows[row % len(rows)], who, reason)

    @rule(who=WHO)
    def somebody_is_in_a_hurry(self, who: int) -> None:
        """As if notices need not run, and objections no answer."""
        for action in ("end_notice", "approve", "order", "settle"):
            for row in self._rows():
                if row.action == action:
                    self._push(row, who, "急")

    @rule(who=WHO, deed=DEEDS)
    def somebody_does_something(self, who: int, deed: Callable[[Actor, int], Award]) -> None:
        """Through the services."""
        self._try(lambda: deed(self.everybody[who], self.award.pk))

    @rule(who=WHO, deed=REASONED, reason=REASON)
    def somebody_gives_a_reason(self, who: int, deed: Callable[..., Award], reason: str) -> None:
        """Or none."""
        self._try(lambda: deed(self.everybody[who], self.award.pk, reason=reason))

    @rule(who=WHO, amount=AMOUNTS, reason=REASON)
    def somebody_finds_an_amount_right(self, who: int, amount: int, reason: str) -> None:
        """Too much, too little, or just so."""
        self._try(lambda: city_check(self.everybody[who], self.award.pk, approved_fen=amount, reason=reason))

    @rule(who=WHO, days=st.integers(1, 8))
    def somebody_publishes(self, who: int, days: int) -> None:
        """Perhaps for too short a time."""
        actor = self.everybody[who]
        self._try(lambda: publish(actor, [self.award.pk], title="公示", contact="电话", working_days=days))

    @rule(who=WHO, reason=REASON)
    def somebody_withdraws_the_notice(self, who: int, reason: str) -> None:
        """Every notice of the award."""
        for item in NoticeItem.objects.filter(award=self.award):
            self._try(partial(withdraw_notice, self.everybody[who], item.notice_id, reason=reason))

    @rule(who=WHO)
    def somebody_objects(self, who: int) -> None:
        """To every line, in time or late."""
        for item in NoticeItem.objects.filter(award=self.award):
            self._try(
                partial(receive, self.everybody[who], item.pk, objector="某人", contact="电话", text="不实")
            )

    @rule(who=WHO, is_upheld=st.booleans(), then=st.sampled_from(["", "correct", "refuse"]))
    def somebody_answers(self, who: int, is_upheld: bool, then: str) -> None:
        """Every objection that waits."""
        for each in Objection.objects.filter(item__award=self.award, answered_at=None):
            self._try(
                partial(answer, self.everybody[who], each.pk, text="已核实", is_upheld=is_upheld, then=then)
            )

    @rule(who=WHO, points=st.integers(40, 100), expert=st.sampled_from("甲乙丙丁"))
    def somebody_scores(self, who: int, points: int, expert: str) -> None:
        """Well or badly."""
        actor = self.everybody[who]
        self._try(lambda: record_score(actor, self.award.pk, expert=expert, points=points, reason="意见"))

    @rule(who=WHO, amount=st.sampled_from([1, CEILING - 1, CEILING * 2]))
    def a_later_run_says_otherwise(self, who: int, amount: int) -> None:
        """And somebody would have it so."""
        run = self.scene.another_run()
        found = self.scene.determination(self.measure, run=run, fact=self.award.fact, amount=amount)
        self._try(lambda: renew(self.everybody[who], self.award.pk, found.pk, reason="更正"))

    @rule(days=st.integers(1, 7))
    def days_pass(self, days: int) -> None:
        """Working days."""
        self.scene.let_pass(days)

    @rule()
    def what_has_ended_begins_anew(self) -> None:
        """Another award, when this one is over."""
        if Award.objects.get(pk=self.award.pk).state in ENDED:
            self._begin()

    @rule(times=st.integers(1, 8), who=WHO)
    def the_right_things_happen(self, times: int, who: int) -> None:
        """Some steps along the way, as it should be, by this person or that."""
        for _ in range(times):
            self._try(lambda: self._right_thing(who))

    def _begin(self) -> None:
        self.award = self.scene.offered() if self.measure == FREE else self.scene.draft(self.measure)
        if self.measure != FREE:
            self.scene.evidence(self.award)

    def _rows(self) -> list[Transition]:
        award = Award.objects.get(pk=self.award.pk)
        return list(rows_of(award.state, award.mode, award.needs_scoring))

    def _push(self, row: Transition, who: int, reason: str) -> None:
        able = [each for each in self.everybody if each.role in row.roles]
        if row.action in STAGES:
            check_exclusions(self.scene.people.finance, self.award, STAGES[row.action])
        self._try(lambda: move(self.award, row.action, able[who % len(able)], reason=reason))

    def _try(self, deed: Callable[[], object]) -> None:
        with suppress(Refusal):
            deed()

    def _right_thing(self, who: int) -> None:
        people, key = self.scene.people, self.award.pk
        city = (people.city, people.second_city)[who // 2 % 2]
        award = Award.objects.get(pk=key)
        deeds: dict[str, Callable[[], object]] = {
            "offered": self._accept,
            "draft": lambda: submit(people.enterprise, key),
            "correction": lambda: resubmit(people.enterprise, key),
            "accepted": lambda: self._first_check(who, city),
            "submitted": lambda: self._first_check(who, city),
            "county_checked": lambda: city_check(city, key),
            "city_checked": lambda: self._score() if award.needs_scoring else self.scene.published(award),
            "scored": lambda: self.scene.published(award),
            "on_notice": self._wait,
            "notice_ended": lambda: approve((people.reviewer, people.second_reviewer)[who % 2], key),
            "approved": lambda: self._order(award),
            "in_payment": lambda: move(award, "settle", people.finance),
        }
        deeds.get(award.state, lambda: None)()

    def _give_account(self) -> None:
        people = self.scene.people
        give_account(people.enterprise, self.award.pk, holder=NAME, bank="某银行", number="3200123456789012")

    def _accept(self) -> None:
        self._give_account()
        accept(self.scene.people.enterprise, self.award.pk)

    def _first_check(self, who: int, city: Actor) -> None:
        """By the county, or by the very officer who then checks for the city."""
        self._give_account()
        people = self.scene.people
        if who // 4 % 2:
            stand_in(city, self.award.pk, reason="县区无人")
        else:
            county_check((people.county, people.second_county)[who % 2], self.award.pk)

    def _wait(self) -> None:
        self.scene.let_pass(3)
        end_notice(self.scene.people.city, NoticeItem.objects.filter(award=self.award).latest("pk").notice_id)

    def _order(self, award: Award) -> None:
        check_exclusions(self.scene.people.finance, award, "payment")
        move(award, "order", self.scene.people.finance)

    def _score(self) -> None:
        recorder = self.scene.people.second_city
        for expert in "甲乙丙":
            self._try(
                partial(record_score, recorder, self.award.pk, expert=expert, points=80, reason="可推广")
            )
        finish_scoring(recorder, self.award.pk)
