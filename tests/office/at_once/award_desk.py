"""What anybody may do with the awards of a round (兑付事项办理): each thing with any of them, whoever did it already."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.awards.account import give_account
from duixian.office.awards.check import approve, city_check, correct, county_check
from duixian.office.awards.confirm import accept
from duixian.office.awards.models import Award, PublicNotice, State
from duixian.office.awards.notices import end_notice, publish, withdraw_notice
from duixian.office.awards.open_awards import open_awards
from duixian.office.treasury.batches import add_awards, make_batch
from duixian.office.treasury.models import Payer
from tests.office.at_once.town import Round, Town
from tests.office.awards.scene import AREA, DOCUMENT
from tests.office.treasury.world import YEAR


@dataclass(frozen=True, slots=True)
class AwardDesk:
    """Opening, accepting, checking, showing, approving, and putting into a batch (办理)."""

    town: Town
    round: Round

    def open(self, chance: random.Random) -> object:
        """Open the awards of the run."""
        return open_awards(self.town.people.city, self.round.run.pk)

    def give_account(self, chance: random.Random) -> object:
        """An enterprise gives its account."""
        award = self._some(chance)
        holder = next((each.name for each in self.town.owners if each.code == award.enterprise_id), "")
        return give_account(
            self._enterprise(award), award.pk, holder=holder, bank="某银行东海支行", number="3200123456789012"
        )

    def accept(self, chance: random.Random) -> object:
        """An enterprise accepts, as it has seen the award or as it is."""
        award = self._some(chance)
        return accept(self._enterprise(award), award.pk, version=self._seen(award, chance))

    def county_check(self, chance: random.Random) -> object:
        """One of the county's officers checks."""
        award, people = self._some(chance), self.town.people
        county = chance.choice((people.county, people.second_county))
        who = county if award.area == AREA else people.other_county
        return county_check(who, award.pk, version=self._seen(award, chance))

    def city_check(self, chance: random.Random) -> object:
        """One of the city's officers checks."""
        award, people = self._some(chance), self.town.people
        who = chance.choice((people.city, people.second_city))
        return city_check(who, award.pk, version=self._seen(award, chance))

    def publish(self, chance: random.Random) -> object:
        """Show what is checked, whoever else does."""
        keys = [each.pk for each in self.round.awards() if each.state == State.CITY_CHECKED]
        chance.shuffle(keys)
        return publish(self.town.people.city, keys, title="公示", contact="电话")

    def let_days_pass(self, chance: random.Random) -> object:
        """The days of a notice are over: its dates go back, as if today came later."""
        today = timezone.localdate()
        for notice in self._notices():
            PublicNotice.objects.filter(pk=notice).update(
                opens_on=today - timedelta(days=20), closes_on=today - timedelta(days=10)
            )
        return None

    def end_notice(self, chance: random.Random) -> object:
        """Let everything on a notice go on."""
        return end_notice(self.town.people.city, self._notice(chance))

    def withdraw_notice(self, chance: random.Random) -> object:
        """Take a notice back."""
        return withdraw_notice(self.town.people.city, self._notice(chance), reason="内容有误")

    def approve(self, chance: random.Random) -> object:
        """One of the reviewers approves."""
        award, people = self._some(chance), self.town.people
        who = chance.choice((people.reviewer, people.second_reviewer))
        return approve(who, award.pk, version=self._seen(award, chance))

    def correct(self, chance: random.Random) -> object:
        """Send one back."""
        return correct(self.town.people.city, self._some(chance).pk, reason="缺材料")

    def make_batch(self, chance: random.Random) -> object:
        """Put the approved ones into a batch; one award is in one batch only."""
        keys = [each.pk for each in self.round.awards() if each.state == State.APPROVED]
        world = self.town.world
        made = make_batch(
            world.maker, title="批", document=DOCUMENT, year=YEAR, payer=Payer.CITY, awards=keys
        )
        if keys:
            self.round.batches.append(made.pk)
        return made

    def add_to_batch(self, chance: random.Random) -> object:
        """Put one into a batch that is there."""
        return add_awards(self.town.world.maker, chance.choice(self.round.batches), [self._some(chance).pk])

    def _some(self, chance: random.Random) -> Award:
        """Any of them; a number that nobody has where none is open yet."""
        found = self.round.awards()
        return chance.choice(found) if found else Award(pk=2**40)

    def _enterprise(self, award: Award) -> Actor:
        return replace(self.town.people.enterprise, enterprise=award.enterprise_id)

    def _seen(self, award: Award, chance: random.Random) -> int | None:
        return chance.choice((award.version, None))

    def _notices(self) -> list[int]:
        ours = PublicNotice.objects.filter(items__award__determination__run=self.round.run)
        return sorted(set(ours.values_list("pk", flat=True)))

    def _notice(self, chance: random.Random) -> int:
        return chance.choice(self._notices() or [2**40])
