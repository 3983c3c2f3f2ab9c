"""Which awards exclude each other (就高不重复): the same matter under two policies, as each document's own rule says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from duixian.evaluate.best_set import Group
from duixian.evaluate.candidate import Candidate
from duixian.evaluate.contest import Bound, Contest
from duixian.evaluate.payments import is_paid_under
from duixian.evaluate.program import CumulationRule
from duixian.rules.determination import Outcome
from duixian.rules.payment import document_key
from duixian.rules.policy import AfterPayment, CumulationReach, SameMatter

SAME_FACT, SAME_OBJECT = SameMatter.SAME_FACT, SameMatter.SAME_OBJECT
OTHER_DOCUMENTS = CumulationReach.OTHER_DOCUMENTS


def matter_of(
    candidate: Candidate, same_matter: SameMatter, object_fields: dict[str, str]
) -> tuple[str, ...]:
    """What the award is for: the fact itself, or the product, project or plant that the fact is about."""
    if same_matter is SAME_OBJECT:
        about = candidate.fact.values.get(object_fields.get(candidate.fact.kind, ""))
        if about is not None:
            return ("对象", str(about))
    return ("事实", candidate.fact.kind, candidate.fact.id)


def conflicts(candidates: Sequence[Candidate], object_fields: dict[str, str]) -> list[tuple[int, int, str]]:
    """Pairs of candidates that may not both be given, with the clause that says so."""
    if len(candidates) < 2:
        return []
    found: list[tuple[int, int, str]] = []
    for (place, one), (other_place, two) in combinations(enumerate(candidates), 2):
        clause = _clause_against(one, two, object_fields) or _clause_against(two, one, object_fields)
        if clause:
            found.append((place, other_place, clause))
    return found


def _clause_against(one: Candidate, two: Candidate, object_fields: dict[str, str]) -> str:
    """The clause of ``one``'s document that bars giving both, or ""."""
    rule = one.program.policy.cumulation
    return rule.clause if rule and are_rivals(one.program.cumulation, one, two, object_fields) else ""


def are_rivals(
    rule: CumulationRule | None, one: Candidate, two: Candidate, object_fields: dict[str, str]
) -> bool:
    """Whether ``rule`` of the first one's document bars giving both."""
    if rule is None:
        return False
    same_matter, reach, _ = rule
    if one.program.policy is two.program.policy:
        if reach is OTHER_DOCUMENTS or one.program.measure is two.program.measure:
            return False
    elif same_matter is SAME_FACT:
        return one.fact is two.fact
    return matter_of(one, same_matter, object_fields) == matter_of(two, same_matter, object_fields)


def add_rivalry(contest: Contest) -> None:
    """Tie awards of one matter together: at most one of each conflicting pair, after what the matter was paid elsewhere."""
    for one, two, clause in conflicts(contest.alive, contest.object_fields):
        contest.rules.conflicts.append((one, two))
        contest.bounds.append(Bound("choose.beaten", (), clause, (one, two), Outcome.NOT_HIGHEST, 1))
    if contest.payments:
        for place, each in enumerate(contest.alive):
            _add_paid_matter(contest, place, each)


def _add_paid_matter(contest: Contest, place: int, each: Candidate) -> None:
    """A lower payment of the same matter leaves the difference, or nothing, as the document's 口径 says."""
    rule = each.program.cumulation
    if rule is None or each.program.policy.cumulation is None:
        return
    same_matter, reach, after = rule
    matter = matter_of(each, same_matter, contest.object_fields)
    facts = {
        other.fact.id
        for other in contest.everyone
        if matter_of(other, same_matter, contest.object_fields) == matter
    }
    own_document = document_key(each.program.measure.document)
    paid = [
        one
        for one in contest.payments
        if one.fact in facts
        and (one.document != own_document or reach is CumulationReach.ALL_CLAUSES)
        and not is_paid_under(one, each.program.measure)
    ]
    if paid:
        total = sum(one.amount for one in paid)
        left = max((each.ceiling or 0) - total, 0) if after is AfterPayment.DIFFERENCE else 0
        contest.rules.sums.append(Group((place,), left))
        args = (total, paid[0].document, left)
        clause = each.program.policy.cumulation.clause
        contest.bounds.append(Bound("choose.matter-paid", args, clause, (place,), Outcome.NOT_HIGHEST, left))
