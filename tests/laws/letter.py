"""The rules between awards, read by their letter: what a set of determinations may never do. Written apart from the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from duixian.rules.decided import Decisions, resolve
from duixian.rules.determination import Determination, Outcome
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.house_words import PAYMENT
from duixian.rules.measure import Limit, Measure, Promotion
from duixian.rules.policy import AfterPayment, City, CumulationReach, Policy, SameMatter

Group = tuple[object, ...]
Per = tuple[str, ...]


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

    @property
    def name(self) -> tuple[str, str]:
        return self.measure.id, self.found.fact


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
        given = [each for each in self.awards if each.fen > 0]
        found = [
            breach
            for each in given
            for breach in (*self._over_limits(each, given), *self._over_ladders(each, given))
        ]
        found += [
            f"{one.name} and {two.name} are one matter"
            for one, two in combinations(given, 2)
            if self.are_one_matter(one, two)
        ]
        return found + [breach for each in given for breach in self._paid_twice(each)]

    def _over_limits(self, each: Award, given: list[Award]) -> Iterator[str]:
        for limit, per, under in self.limits_on(each):
            group = [one for one in given if one in under and may_be_one_group(each, one, per)]
            count = len(group) + self.count_used(each, limit)
            fen = sum(one.fen for one in group) + self.fen_used(each, limit)
            if limit.max_count is not None and count > limit.max_count:
                yield f"{each.name}: {count} awards, {limit.max_count} allowed 每 {per}"
            if limit.max_fen is not None and fen > limit.max_fen:
                yield f"{each.name}: {fen} fen, {limit.max_fen} allowed 每 {per}"

    def _over_ladders(self, each: Award, given: list[Award]) -> Iterator[str]:
        for per, promotion, under in self.ladders_on(each):
            group = same_group(each, per, [one for one in given if one in under])
            before = self.paid_on(each, per, under)
            if promotion is Promotion.HIGHEST_ONLY and len(group) + (before > 0) > 1:
                yield f"{each.name}: not the only rung"
            fen, most = sum(one.fen for one in group) + before, max(one.ceiling for one in group)
            if promotion is Promotion.DIFFERENCE and fen > most:
                yield f"{each.name}: {fen} fen on all rungs, the highest gives {most}"

    def _paid_twice(self, each: Award) -> Iterator[str]:
        if self.is_paid(each):
            yield f"{each.name} was paid already"
        elsewhere = self.fen_elsewhere(each)
        if elsewhere and each.fen > self.left_of_matter(each, elsewhere):
            yield f"{each.name}: {each.fen} fen after {elsewhere} for the same matter elsewhere"

    def limits_on(self, award: Award) -> Iterator[tuple[Limit, Per, list[Award]]]:
        """The limits that hold for an award, each with its group and all awards under it."""
        for limit in award.measure.limits:
            if not limit.rows or award.found.row in limit.rows:
                mine = [each for each in self.awards if each.measure is award.measure]
                under = [each for each in mine if not limit.rows or each.found.row in limit.rows]
                yield limit, resolve(limit.per, self.decisions), under

    def ladders_on(self, award: Award) -> Iterator[tuple[Per, Promotion, list[Award]]]:
        """The ladders on which an award is a rung, each with all rungs of that name and way of grouping."""
        for ladder in award.measure.ladders:
            if award.found.row in ladder.rows:
                per, promotion = (
                    resolve(ladder.per, self.decisions),
                    resolve(ladder.promotion, self.decisions),
                )
                yield (
                    per,
                    promotion,
                    [
                        each
                        for each in self.awards
                        for other in each.measure.ladders
                        if other.name == ladder.name
                        and each.found.row in other.rows
                        and resolve(other.per, self.decisions) == per
                    ],
                )

    def count_used(self, award: Award, limit: Limit) -> int:
        """How many awards of the group were paid before."""
        return len({paid.fact for paid in self._used(award, limit)})

    def fen_used(self, award: Award, limit: Limit) -> int:
        """How many fen of the group were paid before."""
        return sum(paid.fen for paid in self._used(award, limit))

    def _used(self, award: Award, limit: Limit) -> list[Paid]:
        per = resolve(limit.per, self.decisions)
        group, measure = group_of(award, per), award.measure
        return [
            paid
            for paid in self.paid
            if paid.is_for(measure) and self._group_paid(paid, measure, limit, per) == group
        ]

    def _group_paid(self, paid: Paid, measure: Measure, limit: Limit, per: Per) -> Group | None:
        """The group that a payment used: its fact's; of an unknown fact only what the payment itself tells."""
        for each in self.awards:
            if each.measure is measure and each.found.fact == paid.fact:
                return group_of(each, per) if not limit.rows or each.found.row in limit.rows else None
        if limit.rows or not set(per) <= {"企业", "年度"} or ("年度" in per and paid.day is None):
            return None
        return tuple(paid.day.year for name in per if name == "年度" and paid.day is not None)

    def paid_on(self, award: Award, per: Per, under: list[Award]) -> int:
        """How many fen were paid for rungs of the award's ladder, whichever document paid."""
        rungs = {each.found.fact for each in same_group(award, per, under)}
        return sum(paid.fen for paid in self.paid if paid.fact in rungs)

    def is_paid(self, award: Award) -> bool:
        return any(paid.fact == award.found.fact and paid.is_for(award.measure) for paid in self.paid)

    def are_one_matter(self, one: Award, two: Award) -> bool:
        """Whether the rule of one of their documents bars giving both."""
        return any(
            self._reaches(first, second) and self._same_matter(first, second)
            for first, second in ((one, two), (two, one))
        )

    def _reaches(self, one: Award, two: Award) -> bool:
        rule = one.policy.cumulation
        if rule is None or one.policy is not two.policy:
            return rule is not None
        reach = resolve(rule.reach, self.decisions)
        return reach is CumulationReach.ALL_CLAUSES and one.measure is not two.measure

    def _same_matter(self, one: Award, two: Award) -> bool:
        rule = one.policy.cumulation
        if rule is None or one.fact is two.fact:
            return rule is not None
        about, other = self._about(one), self._about(two)
        is_by_object = resolve(rule.same_matter, self.decisions) is SameMatter.SAME_OBJECT
        return is_by_object and about is not None and about == other

    def _about(self, award: Award) -> Value | None:
        return award.fact.values.get(self.city.vocabulary.kinds[award.fact.kind].object_field)

    def fen_elsewhere(self, award: Award) -> int:
        """What other awards of the same matter were paid, as far as the document's rule reaches."""
        rule = award.policy.cumulation
        if rule is None:
            return 0
        facts = {other.found.fact for other in self.awards if self._same_matter(award, other)}
        is_wide = resolve(rule.reach, self.decisions) is CumulationReach.ALL_CLAUSES
        return sum(
            paid.fen
            for paid in self.paid
            if paid.fact in facts
            and (paid.document != award.measure.document or (is_wide and not paid.is_for(award.measure)))
        )

    def left_of_matter(self, award: Award, elsewhere: int) -> int:
        """What the higher award gives after the lower one was paid."""
        rule = award.policy.cumulation
        is_barred = rule and resolve(rule.after_payment, self.decisions) is AfterPayment.NOTHING
        return 0 if is_barred else max(award.ceiling - elsewhere, 0)


def books_of(
    city: City, decisions: Decisions, dossier: Dossier, found: Iterable[Determination], as_of: date
) -> Books:
    """Lay out determinations for reading.

    A payment that names no document, clause or matter is left aside, and so is one after the day.
    """
    facts = {(each.kind, each.id): each for each in dossier.facts}
    measures = {measure.id: (measure, policy) for policy in city.policies for measure in policy.measures}
    awards = tuple(
        Award(each, *measures[each.measure_id], facts[each.fact_kind, each.fact])
        for each in found
        if each.measure_id
    )
    payments = tuple(paid for each in dossier.facts if (paid := _paid(each, as_of)) is not None)
    return Books(city, decisions, awards, payments)


def _paid(fact: Fact, as_of: date) -> Paid | None:
    values = fact.values
    fen, when = values.get("金额"), values.get("日期")
    if fact.kind != PAYMENT or not isinstance(fen, int) or not {"文号", "条款", "事项"} <= values.keys():
        return None
    day = when if isinstance(when, date) else None
    document, clause, matter = (str(values[name]) for name in ("文号", "条款", "事项"))
    paid = Paid(str(values.get("事实编号", fact.id)), document, clause, matter, fen, day)
    return None if day is not None and day > as_of else paid


def group_of(award: Award, per: Per) -> Group:
    """The group of an award under 每 …; one whose group is not recorded stands alone."""
    key = _recorded(award, per)
    return ("无从归组", *award.name) if None in key else key


def may_be_one_group(one: Award, two: Award, per: Per) -> bool:
    """Whether two awards are of one group as far as is recorded: what nobody wrote down could be the same."""
    pairs = zip(_recorded(one, per), _recorded(two, per), strict=True)
    return one is two or all(here is None or there is None or here == there for here, there in pairs)


def _recorded(award: Award, per: Per) -> Group:
    known: dict[str, object] = {"年度": award.found.year, "行": award.found.row}
    return tuple(known.get(name, award.fact.values.get(name)) for name in per if name != "企业")


def same_group(award: Award, per: Per, others: Iterable[Award]) -> list[Award]:
    return [each for each in others if group_of(each, per) == group_of(award, per)]
