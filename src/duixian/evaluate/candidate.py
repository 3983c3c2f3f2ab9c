"""A candidate: one fact under one measure on its way through the steps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from duixian.rules.determination import CostShare, Mark, Outcome, TraceLine
from duixian.rules.fact import Fact

PAYABLE, UNKNOWN, UNDECIDED = Outcome.PAYABLE, Outcome.UNKNOWN, Outcome.UNDECIDED

if TYPE_CHECKING:
    from duixian.evaluate.program import MeasureProgram, RowProgram


class Candidate:
    """What is known so far of one fact under one measure (候选).

    Class attributes are the state at the start. ``outcome`` is None as long as the award is alive; the step that settles it sets
    ``outcome`` and ``reason``. Mutable on purpose: every step adds to it, and nothing outside of the engine sees it.
    """

    row: RowProgram | None = None
    outcome: Outcome | None = None
    reason: TraceLine | None = None
    missing: tuple[str, ...] = ()
    ceiling: int | None = None
    base: int | None = None
    rate: Fraction | None = None
    amount: int | None = None
    event_date: date | None = None
    year: int | None = None
    share: CostShare | None = None
    leaves_a_fen: bool = False
    marks: tuple[Mark, ...] = ()

    def __init__(self, program: MeasureProgram, fact: Fact) -> None:
        self.program = program
        self.fact = fact
        self.trace: list[TraceLine] = []

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
        if outcome is not UNKNOWN:
            self.missing = ()

    def wait_for(self, missing: frozenset[str], reason: TraceLine) -> None:
        """End undetermined (待核): these fields would settle it."""
        self.missing = tuple(sorted(missing))
        self.settle(UNKNOWN, reason)

    @property
    def told_amount(self) -> int | None:
        """The amount in fen as it is told: None while unknown or undecided, 0 where the policy gives nothing."""
        if self.outcome is PAYABLE:
            return self.amount
        return None if self.outcome is UNKNOWN or self.outcome is UNDECIDED else 0

    @property
    def money(self) -> tuple[int | None, int | None]:
        """What it means in money: the amount and the city's part, in fen."""
        return (self.told_amount, self.share.city_fen if self.share else None)

    @property
    def before_choice(self) -> tuple[object, ...]:
        """All that the choice can see of it; awards that are out already still say to which year a payment for them belongs."""
        if self.outcome is not None:
            return (self.outcome is UNKNOWN, self.row.row.id if self.row else None, self.year)
        return (self.row.row.id if self.row else None, self.ceiling, self.year, self.event_date)
