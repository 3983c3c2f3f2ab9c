"""The awards of one dossier that compete, and the rules that bind them here."""

from __future__ import annotations

from typing import NamedTuple

from duixian.evaluate.best_set import Rules
from duixian.evaluate.candidate import Candidate
from duixian.evaluate.payments import Payment
from duixian.rules.determination import Outcome
from duixian.rules.house_words import PER_ENTERPRISE, PER_ROW, PER_YEAR

GroupKey = tuple[object, ...] | str
"""What makes awards one group under 每 …; a string names the field that is missing for it."""


class Bound(NamedTuple):
    """A rule as it binds here: its line in a trace, the competing awards under it, and the outcome it refuses with.

    ``room`` is what it leaves to all members together: a number of awards, or fen; for a ladder by difference, what was paid on it.
    """

    code: str
    args: tuple[object, ...]
    clause: str
    members: tuple[int, ...]
    refuses: Outcome
    room: int

    @property
    def cuts(self) -> bool:
        """Whether it cuts an award to what is left instead of keeping it out."""
        return self.code in CUTTING

    def is_tight(self, place: int, ceiling: int, amounts: list[int | None]) -> bool:
        """Whether, in the chosen set, this rule leaves nothing more to the award at ``place``."""
        chosen = [
            amounts[member] or 0 for member in self.members if member != place and amounts[member] is not None
        ]
        if not self.cuts:
            return len(chosen) >= self.room
        given = sum(chosen) + (amounts[place] or 0)
        return given + self.room >= ceiling if self.code == LADDER_BY_DIFFERENCE else given >= self.room


LADDER_BY_DIFFERENCE = "choose.ladder-difference"
CUTTING = frozenset({"choose.sum", LADDER_BY_DIFFERENCE, "choose.matter-paid"})
"""Rules that cut an award to what is left instead of keeping it out."""


class Contest(NamedTuple):
    """All candidates of a dossier and those of them that are still alive, with what was paid before."""

    alive: list[Candidate]
    everyone: list[Candidate]
    payments: tuple[Payment, ...]
    object_fields: dict[str, str]
    rules: Rules
    bounds: list[Bound]


def group_key(per: tuple[str, ...], candidate: Candidate) -> GroupKey:
    """The group of a candidate under 每 …, or the name of the field that is missing for it."""
    key: list[object] = []
    for name in per:
        if name == PER_ENTERPRISE:
            continue
        if name == PER_YEAR:
            value: object = candidate.year
        elif name == PER_ROW:
            value = candidate.row.row.id if candidate.row else None
        else:
            value = candidate.fact.values.get(name)
        if value is None:
            return f"{candidate.fact.kind}.{name}"
        key.append(value)
    return tuple(key)
