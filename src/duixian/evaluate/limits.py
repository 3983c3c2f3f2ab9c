"""Limits (限制): at most so many awards or so much money per group, after what payments already used."""

from __future__ import annotations

from duixian.evaluate.best_set import Group
from duixian.evaluate.candidate import Candidate
from duixian.evaluate.contest import Bound, Contest, GroupKey, group_key
from duixian.evaluate.payments import Payment, is_paid_under
from duixian.evaluate.program import LimitProgram
from duixian.rules.determination import Outcome
from duixian.rules.house_words import PER_ENTERPRISE, PER_YEAR


def add_limits(contest: Contest) -> list[tuple[Candidate, str]]:
    """Tie the awards of each limited group together.

    Returns the awards that cannot be placed: a limit counts per object, the object is not recorded, and there is another award.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    programs: dict[tuple[object, ...], LimitProgram] = {}
    unkeyed: list[tuple[Candidate, str]] = []
    for place, each in enumerate(contest.alive):
        for limit in each.program.limits:
            if not applies(limit, each):
                continue
            key = group_key(limit.per, each)
            if isinstance(key, str):
                if _has_rivals(contest, limit, each):
                    unkeyed.append((each, key))
                key = (place,)
            group: tuple[object, ...] = (limit.key, key)
            groups.setdefault(group, []).append(place)
            programs[group] = limit
    for group, members in groups.items():
        _add_group(contest, programs[group], tuple(members))
    return unkeyed


def _has_rivals(contest: Contest, limit: LimitProgram, each: Candidate) -> bool:
    """Whether another award could be of the same group, as far as the recorded parts of 每 … tell."""
    return any(
        other is not each
        and other.program.measure is each.program.measure
        and applies(limit, other)
        and all(_may_be_alike(group_key((name,), each), group_key((name,), other)) for name in limit.per)
        for other in contest.alive
    )


def _may_be_alike(one: GroupKey, two: GroupKey) -> bool:
    return isinstance(one, str) or isinstance(two, str) or one == two


def _add_group(contest: Contest, program: LimitProgram, members: tuple[int, ...]) -> None:
    limit, first = program.limit, contest.alive[members[0]]
    if (
        len(members) == 1
        and not contest.payments
        and (limit.max_fen is None or limit.max_fen >= (first.ceiling or 0))
    ):
        return
    used_count, used_fen = _used(contest, program, first)
    clause = first.program.measure.clause
    if limit.max_count is not None:
        room = max(limit.max_count - used_count, 0)
        contest.rules.counts.append(Group(members, room))
        args: tuple[object, ...] = (program.per, limit.max_count, used_count)
        contest.bounds.append(Bound("choose.count", args, clause, members, Outcome.OVER_LIMIT, room))
    elif limit.max_fen is not None:
        room = max(limit.max_fen - used_fen, 0)
        contest.rules.sums.append(Group(members, room))
        args = (program.per, limit.max_fen, used_fen)
        contest.bounds.append(Bound("choose.sum", args, clause, members, Outcome.OVER_LIMIT, room))


def applies(limit: LimitProgram, candidate: Candidate) -> bool:
    """Whether a limit holds for the candidate's row."""
    rows = limit.limit.rows
    return not rows or (candidate.row is not None and candidate.row.row.id in rows)


def _used(contest: Contest, limit: LimitProgram, member: Candidate) -> tuple[int, int]:
    """How many awards, and how many fen, payments already used of a limit's group."""
    if not contest.payments:
        return 0, 0
    wanted = group_key(limit.per, member)
    awards: set[tuple[str, str]] = set()
    fen = 0
    for paid in contest.payments:
        if is_paid_under(paid, member.program.measure) and _paid_key(contest, limit, member, paid) == wanted:
            # A payment that names no fact is an award of its own, whatever numbers other payments name.
            awards.add((paid.fact, "" if paid.fact else paid.id))
            fen += paid.amount
    return len(awards), fen


def _paid_key(contest: Contest, limit: LimitProgram, member: Candidate, paid: Payment) -> GroupKey | None:
    """The group that a payment belongs to: that of its fact when the dossier has it, else by the year of payment alone."""
    for each in contest.everyone:
        if each.program.measure is member.program.measure and each.fact.id == paid.fact:
            return group_key(limit.per, each) if applies(limit, each) else None
    if not set(limit.per) <= {PER_ENTERPRISE, PER_YEAR} or limit.limit.rows:
        return None
    if PER_YEAR in limit.per:
        return (paid.day.year,) if paid.day else None
    return ()
