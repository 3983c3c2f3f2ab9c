"""Delivering results (结果写出): awards that have come to their end, as few words as tell them."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.local_steps import settle
from duixian.kernel.shares import share
from duixian.kernel.words import Words

MISSING = w.MISSING
ALIVE = w.ALIVE


@compiled
def deliver(image: Words, subjects: Words, subject: int, awards: Words, end: int, out: Words, at: int) -> int:
    """Write awards that have come to their end as results, with who pays them; where they end."""
    for award in range(0, end, w.AWARD):
        outcome, measure, row = (
            awards[award + w.O_OUTCOME],
            awards[award + w.O_MEASURE],
            awards[award + w.O_ROW],
        )
        rule = 0
        if measure >= 0:
            rule = image[measure + w.M_MEASURE] + 1
            if row >= 0:
                rule |= (image[row + w.A_PLACE] + 1) << w.ROW_SHIFT
        year = awards[award + w.O_YEAR]
        rule |= awards[award + w.O_DETAIL] << w.DETAIL_SHIFT
        if year != MISSING:
            rule |= year << w.YEAR_SHIFT
        out[at + w.Q_FACT] = (
            awards[award + w.O_FACT]
            | outcome << w.OUTCOME_SHIFT
            | awards[award + w.O_REASON] << w.REASON_SHIFT
        )
        out[at + w.Q_RULE] = rule
        out[at + w.Q_CEILING] = awards[award + w.O_CEILING]
        out[at + w.Q_BASE] = awards[award + w.O_BASE]
        out[at + w.Q_AMOUNT] = awards[award + w.O_AMOUNT]
        city, note = MISSING, awards[award + w.O_MISSING]
        if outcome == w.PAYABLE:
            city, note = share(image, image[image[measure + w.M_PAYERS] + subjects[subject]], awards, award)
        out[at + w.Q_CITY] = city
        out[at + w.Q_NOTE] = note
        at += w.RESULT
    return at


@compiled
def leave_open(awards: Words, end: int) -> None:
    """What the loop could not choose among stays undecided until the reference engine has decided it."""
    for award in range(0, end, w.AWARD):
        if awards[award + w.O_OUTCOME] == ALIVE:
            settle(awards, award, w.UNDECIDED, w.R_TOO_ENTANGLED, 0, 0)
