"""The rules between awards, read by their letter: what a set of determinations may never do. Written apart from the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from duixian.rules.decided import Decisions, resolve
from duixian.rules.determination import Determination, Outcome
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.house_words import PAYMENT
from duixian.rules.measure import AwardRow, Ladder, Limit, Measure, Promotion
from duixian.rules.policy import AfterPayment, City, Cumulation, CumulationReach, Policy, SameMatter

Group = tuple[object, ...]


class Award(NamedTuple):
    """A determination with its measure and fact."""

    found: Determination
    measure: Measure
    policy: Policy
    fact: Fact

    @property
    def fen(self) -> int:
        return (self.found.amount_fen or 0) if self.found.outcome is Outcome.PAYABLE else 0

    @property
    def ceiling(self) -> int:
        return self.found.ceiling_fen or 0


class Paid(NamedTuple):
    """A payment that says in full what it paid: document, clause and matter, and the fact or nothing."""

    fact: str
    document: str
    clause: str
    matter: str
    fen: int
    day: date | None

    def is_for(self, measure: Measure) -> bool:
        return (self.document, self.clause, self.matter) == (measure.document, measure.clause, measure.name)


@dataclass(frozen=True)
class Books:
    """What one dossier was given and paid, and by which rules."""

    city: City
    decisions: Decisions
    awards: tuple[Award, ...]
    paid: tuple[Paid, ...]

    def breaches(self) -> list[str]:
        """Every rule that the determinations break; empty when they keep the letter."""
        return [*self.limits(), *self.ladders(), *self.matters(), *self.paid_twice()]

    def given(self) -> list[Award]:
        return [each for each in self.awards if each.fen > 0]

    def limits(self) -> Iterator[str]:
        for measure in self.city.measures:
            for limit in measure.limits:
                yield from self._limit(measure, limit)

    def _limit(self, measure: Measure, limit: Limit) -> Iterator[str]:
        per = resolve(limit.per, self.decisions)
        under = [
            each for each in self.awards if each.measure is measure and (not limit.rows or each.found.row in limit.rows)
        ]
        for group, new in grouped(under, per).items():
            before = [
                paid for paid in self.paid if paid.is_for(measure) and self._group_of(paid, under, measure, limit) == group
            ]
            if new and limit.max_count is not None:
                count = len(new) + len({paid.fact for paid in before})
                if count > limit.max_count:
                    yield f"{measure.id}: {count} awards under 每 {per} {group}, {limit.max_count} allowed"
            if new and limit.max_fen is not None:
                fen = sum(each.fen for each in new) + sum(paid.fen for paid in before)
                if fen > limit.max_fen:
                    yield f"{measure.id}: {fen} fen under 每 {per} {group}, {limit.max_fen} allowed"

    def _group_of(self, paid: Paid, under: list[Award], measure: Measure, limit: Limit) -> Group | None:
        """The group that a payment used: its fact's; of an unknown fact only what the payment itself tells."""
        per = resolve(limit.per, self.decisions)
        for each in (one for one in self.awards if one.measure is measure and one.found.fact == paid.fact):
            return group_of(each, per) if each in under else None
        if limit.rows or not {"企业", "年度"} >= set(per) or ("年度" in per and paid.day is None):
            return None
        return tuple(paid.day.year for name in per if name == "年度" and paid.day is not None)

    def ladders(self) -> Iterator[str]:
        rungs: dict[tuple[str, tuple[str, ...], Promotion], list[Award]] = defaultdict(list)
        for each in self.awards:
            for ladder in each.measure.ladders:
                if each.found.row in ladder.rows:
                    rungs[self._rule_of(ladder)].append(each)
        for (name, per, promotion), under in rungs.items():
            for group, new in grouped(under, per).items():
                facts = {each.found.fact for each in under if group_of(each, per) == group}
                before = sum(paid.fen for paid in self.paid if paid.fact in facts)
                if promotion is Promotion.HIGHEST_ONLY and len(new) + (before > 0) > 1:
                    yield f"{name} {group}: more than one rung"
                total, most = sum(each.fen for each in new) + before, max([0, *(each.ceiling for each in new)])
                if promotion is Promotion.DIFFERENCE and new and total > most:
                    yield f"{name} {group}: {total} fen on all rungs, the highest gives {most}"

    def _rule_of(self, ladder: Ladder) -> tuple[str, tuple[str, ...], Promotion]:
        return ladder.name, resolve(ladder.per, self.decisions), resolve(ladder.promotion, self.decisions)

    def matters(self) -> Iterator[str]:
        for one, two in combinations(self.given(), 2):
            for first, second in ((one, two), (two, one)):
                rule = first.policy.cumulation
                if rule and self._reaches(rule, first, second) and self._same_matter(rule, first, second):
                    yield f"{one.found.key[2:]} and {two.found.key[2:]} are one matter by {rule.clause}"

    def _reaches(self, rule: Cumulation, one: Award, two: Award) -> bool:
        if one.policy is not two.policy:
            return True
        reach = resolve(rule.reach, self.decisions)
        return reach is CumulationReach.ALL_CLAUSES and one.measure is not two.measure

    def _same_matter(self, rule: Cumulation, one: Award, two: Award) -> bool:
        if one.fact is two.fact:
            return True
        about, other = self._about(one), self._about(two)
        return (
            resolve(rule.same_matter, self.decisions) is SameMatter.SAME_OBJECT and about is not None and about == other
        )

    def _about(self, award: Award) -> Value | None:
        return award.fact.values.get(self.city.vocabulary.kinds[award.fact.kind].object_field)

    def paid_twice(self) -> Iterator[str]:
        """An award that was paid is finished; what the matter was paid elsewhere leaves the difference, or nothing."""
        for each in self.given():
            if any(paid.fact == each.found.fact and paid.is_for(each.measure) for paid in self.paid):
                yield f"{each.found.key[2:]} was paid already"
            rule = each.policy.cumulation
            if rule is None:
                continue
            elsewhere = sum(paid.fen for paid in self._paid_elsewhere(rule, each))
            is_barred = resolve(rule.after_payment, self.decisions) is AfterPayment.NOTHING
            if elsewhere and (is_barred or each.fen + elsewhere > each.ceiling):
                yield f"{each.found.key[2:]}: {each.fen} after {elsewhere} paid elsewhere, ceiling {each.ceiling}"

    def _paid_elsewhere(self, rule: Cumulation, each: Award) -> Iterator[Paid]:
        facts = {other.found.fact for other in self.awards if self._same_matter(rule, each, other)}
        reach = resolve(rule.reach, self.decisions)
        for paid in self.paid:
            is_other = paid.document != each.measure.document or (
                reach is CumulationReach.ALL_CLAUSES and not paid.is_for(each.measure)
            )
            if paid.fact in facts and is_other:
                yield paid


def books_of(city: City, decisions: Decisions, dossier: Dossier, found: Iterable[Determination]) -> Books:
    """Lay out determinations for reading; a payment that names no document, clause or matter is left aside."""
    facts = {(each.kind, each.id): each for each in dossier.facts}
    measures = {measure.id: (measure, policy) for policy in city.policies for measure in policy.measures}
    awards = tuple(
        Award(each, *measures[each.measure_id], facts[each.fact_kind, each.fact]) for each in found if each.measure_id
    )
    return Books(city, decisions, awards, tuple(paid for each in dossier.facts if (paid := _paid(each)) is not None))


def _paid(fact: Fact) -> Paid | None:
    values = fact.values
    fen, day = values.get("金额"), values.get("日期")
    if fact.kind != PAYMENT or not isinstance(fen, int) or not {"文号", "条款", "事项"} <= values.keys():
        return None
    document, clause, matter = (str(values[name]) for name in ("文号", "条款", "事项"))
    return Paid(str(values.get("事实编号", fact.id)), document, clause, matter, fen, day if isinstance(day, date) else None)


def row_of(award: Award) -> AwardRow:
    return award.measure.rows_by_id[award.found.row]


def group_of(award: Award, per: tuple[str, ...]) -> Group:
    """The group of an award under 每 …; one whose group is not recorded stands alone."""
    known: dict[str, object] = {"年度": award.found.year, "行": award.found.row}
    key = tuple(known.get(name, award.fact.values.get(name)) for name in per if name != "企业")
    return ("无从归组", award.found.fact) if None in key else key


def grouped(under: Iterable[Award], per: tuple[str, ...]) -> dict[Group, list[Award]]:
    """The awards given, by group."""
    groups: dict[Group, list[Award]] = defaultdict(list)
    for each in under:
        if each.fen > 0:
            groups[group_of(each, per)].append(each)
    return dict(groups)
