"""Ladders (阶梯): what a higher rung gives after a lower one, in full, as the difference, or one rung only."""

from __future__ import annotations

from duixian.evaluate.best_set import Group
from duixian.evaluate.contest import LADDER_BY_DIFFERENCE, Bound, Contest, GroupKey, group_key
from duixian.rules.determination import Outcome
from duixian.rules.measure import Promotion


def add_ladders(contest: Contest) -> None:
    """Tie the rungs of each ladder together; measures that name the same ladder share it."""
    groups: dict[tuple[object, ...], list[int]] = {}
    modes: dict[tuple[object, ...], tuple[str, Promotion, int]] = {}
    for place, each in enumerate(contest.alive):
        for ladder, per, promotion in each.program.ladders:
            if promotion is Promotion.FULL or each.row is None or each.row.row.id not in ladder.rows:
                continue
            key = group_key(per, each)
            group: tuple[object, ...] = (ladder.name, per, place if isinstance(key, str) else key)
            groups.setdefault(group, []).append(place)
            modes[group] = (ladder.name, promotion, _paid_on(contest, ladder.name, per, key))
    for group, members in groups.items():
        _add_group(contest, *modes[group], tuple(members))


def _add_group(
    contest: Contest, name: str, promotion: Promotion, paid: int, members: tuple[int, ...]
) -> None:
    clause = contest.alive[members[0]].program.measure.clause
    if promotion is Promotion.HIGHEST_ONLY:
        room = 0 if paid else 1
        contest.rules.counts.append(Group(members, room))
        contest.bounds.append(
            Bound("choose.ladder-highest", (name, paid), clause, members, Outcome.NOT_HIGHEST, room)
        )
    elif len(members) > 1 or paid:
        contest.rules.ladders.append(Group(members, used=paid))
        contest.bounds.append(
            Bound(LADDER_BY_DIFFERENCE, (name, paid), clause, members, Outcome.NOT_HIGHEST, paid)
        )


def _paid_on(contest: Contest, name: str, per: tuple[str, ...], key: GroupKey) -> int:
    """What was paid for rungs of this ladder, under whichever municipal document: the facts tell the rung."""
    if not contest.payments:
        return 0
    rungs = {
        each.fact.id
        for each in contest.everyone
        if each.row is not None
        and any(
            ladder.name == name and each.row.row.id in ladder.rows for ladder, _, _ in each.program.ladders
        )
        and group_key(per, each) == key
    }
    return sum(paid.amount for paid in contest.payments if paid.fact in rungs)
