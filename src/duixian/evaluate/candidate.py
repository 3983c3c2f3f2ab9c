"""A candidate: one fact under one measure on its way through the steps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from duixian.rules.determination import CostShare, Mark, Outcome, TraceLine
from duixian.rules.fact import Fact

if TYPE_CHECKING:
    from duixian.evaluate.program import MeasureProgram, RowProgram


class Candidate:
    """What is known so far of one fact under one measure (候选).

    ``outcome`` is None as long as the award is alive; the step that settles it sets ``outcome`` and ``reason``. Mutable on
    purpose: every step adds to it, and nothing outside of the engine sees it.
    """

    __slots__ = (
        "amount", "base", "ceiling", "event_date", "fact", "marks", "missing", "outcome", "program", "rate", "reason", "row",
        "share", "trace", "year",
    )  # fmt: skip

    def __init__(self, program: MeasureProgram, fact: Fact) -> None:
        self.program = program
        self.fact = fact
        self.row: RowProgram | None = None
        self.outcome: Outcome | None = None
        self.reason: TraceLine | None = None
        self.trace: list[TraceLine] = []
        self.missing: tuple[str, ...] = ()
        self.ceiling: int | None = None
        self.base: int | None = None
        self.rate: Fraction | None = None
        self.amount: int | None = None
        self.event_date: date | None = None
        self.year: int | None = None
        self.share: CostShare | None = None
        self.marks: tuple[Mark, ...] = ()

    def copied(self) -> Candidate:
        """The same candidate again, for trying another choice; the trace is not shared."""
        twin = Candidate(self.program, self.fact)
        twin.row, twin.outcome, twin.reason, twin.missing = self.row, self.outcome, self.reason, self.missing
        twin.ceiling, twin.base, twin.rate = self.ceiling, self.base, self.rate
        twin.event_date, twin.year = self.event_date, self.year
        return twin

    def settle(self, outcome: Outcome, reason: TraceLine) -> None:
        """End the way of this award with an outcome and the line that explains it."""
        self.outcome = outcome
        self.reason = reason
        self.trace.append(reason)

    def wait_for(self, missing: frozenset[str], reason: TraceLine) -> None:
        """End undetermined (待核): these fields would settle it."""
        self.missing = tuple(sorted(missing))
        self.settle(Outcome.UNKNOWN, reason)

    @property
    def told_amount(self) -> int | None:
        """The amount in fen as it is told: None while unknown or undecided, 0 where the policy gives nothing."""
        if self.outcome is Outcome.PAYABLE:
            return self.amount
        return None if self.outcome in (Outcome.UNKNOWN, Outcome.UNDECIDED) else 0

    @property
    def money(self) -> tuple[int | None, int | None]:
        """What it means in money: the amount and the city's part, in fen."""
        return (self.told_amount, self.share.city_fen if self.share else None)

    @property
    def local_state(self) -> tuple[object, ...]:
        """All that the choice can see of it: equal states under two decisions mean that nothing changed here."""
        row = self.row.row.id if self.row else None
        return (row, self.outcome, self.ceiling, self.year, self.event_date, self.missing, self.program.choice_state)
