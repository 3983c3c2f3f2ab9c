"""Adding up many sets in one pass (多参数汇总): the totals of each measure under each set, without writing a single result.

A set differs from the first in a few measures. Where none of them could be about an enterprise, its awards are those of the first set:
only what differs is decided again, and the difference is added.
"""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.enterprise import PLACE_BITS, decide_enterprise, lay_out
from duixian.kernel.pointers import words_of
from duixian.kernel.shares import share
from duixian.kernel.words import Words

MISSING = w.MISSING
(
    V_PAYABLE, V_NOT_HIGHEST, V_OVER_LIMIT, V_INELIGIBLE, V_NOT_IN_FORCE, V_UNDECIDED, V_UNKNOWN,
    V_CEILING, V_AMOUNT, V_CITY, V_OPEN, V_ENTERPRISES, V_LARGEST,
) = range(13)  # fmt: skip
TOTALS = 13
"""Totals of a measure under a set: awards by outcome; then of the payable ones ceilings, amounts, the city's part, the amounts whose
bearer is open, all in fen; enterprises that get anything; and the largest ceiling, to see that no sum left its word."""


@compiled
def add_up_range(
    image: Words, sets: int, touched: Words, touch_starts: Words, facts: Words, starts: Words, subjects: Words,
    subject_words: int, first: int, end: int, as_of: int, totals: Words, entangled: Words, present: Words, desk: Words,
    awards: Words, others: Words, keys: Words, alive: Words, bounds: Words, members: Words, scratch: Words,
) -> None:  # fmt: skip
    """Add the awards of some enterprises under every set to ``totals`` (sets × measures × totals).

    Totals of the first set are whole; those of all others are what differs from it. ``entangled`` counts, in the same way, the
    enterprises that the loop could not decide.
    """
    rules, cells, descriptions, sums = words_of(image), words_of(facts), words_of(subjects), words_of(totals)
    room, work, trial, pairs = words_of(desk), words_of(awards), words_of(others), words_of(keys)
    living, binding, bound, scored = words_of(alive), words_of(bounds), words_of(members), words_of(scratch)
    measures = image[w.H_MEASURE_COUNT]
    for enterprise in range(first, end):
        low, high, subject = starts[enterprise], starts[enterprise + 1], enterprise * subject_words
        written, is_whole = decide_enterprise(
            rules, 0, cells, low, high, descriptions, subject, as_of, work, room, pairs, living, binding, bound, scored,
        )  # fmt: skip
        entangled[0] += not is_whole
        _add(rules, descriptions, subject, work, written, sums, 0, 1)
        for number in range(measures):
            present[number] = 0
        count, _ = lay_out(rules, cells, low, high, as_of, room, pairs)
        for number in range(count):
            present[pairs[number] >> PLACE_BITS] = 1
        for set_ in range(1, sets):
            is_touched = False
            for place in range(touch_starts[set_], touch_starts[set_ + 1]):
                if present[touched[place]] != 0:
                    is_touched = True
                    break
            if not is_touched:
                continue
            written_there, is_sure = decide_enterprise(
                rules, set_, cells, low, high, descriptions, subject, as_of, trial, room, pairs, living, binding, bound,
                scored,
            )  # fmt: skip
            entangled[set_] += int(is_whole) - int(is_sure)
            at = set_ * measures * TOTALS
            _add(rules, descriptions, subject, work, written, sums, at, -1)
            _add(rules, descriptions, subject, trial, written_there, sums, at, 1)


@compiled
def _add(
    image: Words, subjects: Words, subject: int, awards: Words, end: int, totals: Words, at: int, sign: int
) -> None:
    """Add the awards of one enterprise, or take them away again."""
    last_paid = -1
    for award in range(0, end, w.AWARD):
        measure = awards[award + w.O_MEASURE]
        if measure < 0:
            continue
        order = image[measure + w.M_ORDER]
        here = at + order * TOTALS
        outcome = awards[award + w.O_OUTCOME]
        if outcome < 0:
            outcome = w.UNDECIDED
        totals[here + outcome] += sign
        if outcome != w.PAYABLE:
            continue
        amount = awards[award + w.O_AMOUNT]
        totals[here + V_CEILING] += sign * awards[award + w.O_CEILING]
        totals[here + V_AMOUNT] += sign * amount
        totals[here + V_LARGEST] = max(totals[here + V_LARGEST], awards[award + w.O_CEILING])
        city = share(image, image[image[measure + w.M_PAYERS] + subjects[subject]], awards, award)[0]
        if city == MISSING:
            totals[here + V_OPEN] += sign * amount
        else:
            totals[here + V_CITY] += sign * city
        if order != last_paid:
            # Awards come in document order: those of one measure stand together.
            totals[here + V_ENTERPRISES] += sign
            last_paid = order
