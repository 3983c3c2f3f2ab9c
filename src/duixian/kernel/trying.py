"""Trying other answers (试其他口径): every enterprise again under each other option that could touch it, and what that changes.

The run under the decisions that hold is compared award by award with the run under one other option, all else alike.
"""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.enterprise import PLACE_BITS, decide_enterprise, lay_out
from duixian.kernel.pointers import words_of
from duixian.kernel.shares import share
from duixian.kernel.words import Words

MISSING = w.MISSING
N_RESULT, N_SET, N_OUTCOME, N_AMOUNT, N_CITY, N_FACT, N_RULE, N_ENTERPRISE = range(8)
NOTE = 8
"""A note of another option: on which result (-1 for an award that only the option knows of), the set, and what it would give.

``N_RULE`` is the number of the compiled measure, from 1; the fact is told by its address.
"""
FULL, TOO_LARGE = -1, -2


@compiled
def note_range(
    image: Words, sets: int, touched: Words, touch_starts: Words, facts: Words, starts: Words, subjects: Words,
    subject_words: int, first: int, end: int, as_of: int, spans: Words, entangled: Words, notes: Words, most_notes: int,
    present: Words, desk: Words, awards: Words, others: Words, keys: Words, alive: Words, bounds: Words, members: Words,
    scratch: Words,
) -> int:  # fmt: skip
    """Note what each of the sets from 1 on would change for enterprises that ``decide_range`` has decided under set 0.

    ``touched[touch_starts[s] : touch_starts[s + 1]]`` are the measures that differ in set *s*. Returns how many notes there are, FULL when
    there is no room for more; TOO_LARGE minus its number when there is none for an enterprise.
    """
    rules, cells, descriptions, noted = words_of(image), words_of(facts), words_of(subjects), words_of(notes)
    room, work, trial, pairs = words_of(desk), words_of(awards), words_of(others), words_of(keys)
    living, binding, bound, scored = words_of(alive), words_of(bounds), words_of(members), words_of(scratch)
    width, most = image[w.H_FACT_WORDS], max(image[w.H_MOST_ABOUT], 1)
    count = 0
    for enterprise in range(first, end):
        low, high, subject = (
            starts[enterprise] * width,
            starts[enterprise + 1] * width,
            enterprise * subject_words,
        )
        if (starts[enterprise + 1] - starts[enterprise]) * most > keys.shape[0]:
            return TOO_LARGE - enterprise
        _mark_present(rules, cells, low, high, as_of, room, pairs, present)
        written, is_whole = -1, True
        for set_ in range(1, sets):
            if not _touches(touched, touch_starts, set_, present):
                continue
            if written < 0:
                written, is_whole = decide_enterprise(
                    rules, 0, cells, low, high, descriptions, subject, as_of, work, room, pairs, living, binding, bound, scored,
                )  # fmt: skip
            end_of_trial, is_sure = decide_enterprise(
                rules, set_, cells, low, high, descriptions, subject, as_of, trial, room, pairs, living, binding, bound,
                scored,
            )  # fmt: skip
            is_whole = is_whole and is_sure
            count = compare(
                rules, descriptions, subject, work, written, trial, end_of_trial, set_, spans[2 * enterprise], enterprise, noted,
                count, most_notes,
            )  # fmt: skip
            if count == FULL:
                return FULL
        if not is_whole:
            entangled[enterprise] = 1
        _clear(rules, cells, low, high, as_of, room, pairs, present)
    return count


@compiled
def _mark_present(
    image: Words, facts: Words, low: int, high: int, as_of: int, desk: Words, keys: Words, present: Words
) -> None:
    """Set a flag for every measure that could be about some fact of the enterprise."""
    count, _ = lay_out(image, facts, low, high, as_of, desk, keys)
    for number in range(count):
        present[keys[number] >> PLACE_BITS] = 1


@compiled
def _clear(
    image: Words, facts: Words, low: int, high: int, as_of: int, desk: Words, keys: Words, present: Words
) -> None:
    count, _ = lay_out(image, facts, low, high, as_of, desk, keys)
    for number in range(count):
        present[keys[number] >> PLACE_BITS] = 0


@compiled
def _touches(touched: Words, touch_starts: Words, set_: int, present: Words) -> bool:
    """Whether a measure that differs in a set could be about a fact of the enterprise."""
    for place in range(touch_starts[set_], touch_starts[set_ + 1]):
        if present[touched[place]] != 0:
            return True
    return False


@compiled
def compare(
    image: Words, subjects: Words, subject: int, mine: Words, my_end: int, others: Words, other_end: int, set_: int,
    first_result: int, enterprise: int, notes: Words, count: int, most_notes: int,
) -> int:  # fmt: skip
    """Note every award that the option changes, takes away or brings in; both runs are in document order."""
    one, two = 0, 0
    while True:
        has_one = one < my_end and mine[one + w.O_MEASURE] >= 0
        has_two = two < other_end and others[two + w.O_MEASURE] >= 0
        if not has_one and not has_two:
            return count
        order = 0
        if not has_two:
            order = -1
        elif not has_one:
            order = 1
        else:
            order = _order(image, mine, one, others, two)
        outcome, amount, city, is_noted = w.INELIGIBLE, 0, MISSING, order < 0
        if order >= 0:
            outcome, amount = others[two + w.O_OUTCOME], others[two + w.O_AMOUNT]
            city = _city(image, subjects, subject, others, two)
            if order > 0:
                is_noted = outcome == w.PAYABLE
            else:
                is_noted = amount != mine[one + w.O_AMOUNT] or city != _city(
                    image, subjects, subject, mine, one
                )
        if is_noted:
            if count == most_notes:
                return FULL
            note = count * NOTE
            from_ = others if order > 0 else mine
            at = two if order > 0 else one
            notes[note + N_RESULT] = -1 if order > 0 else first_result + one // w.AWARD
            notes[note + N_SET] = set_
            notes[note + N_OUTCOME] = outcome
            notes[note + N_AMOUNT] = amount
            notes[note + N_CITY] = city
            notes[note + N_FACT] = from_[at + w.O_FACT]
            notes[note + N_RULE] = image[from_[at + w.O_MEASURE] + w.M_MEASURE] + 1
            notes[note + N_ENTERPRISE] = enterprise
            count += 1
        if order <= 0:
            one += w.AWARD
        if order >= 0:
            two += w.AWARD


@compiled
def _order(image: Words, mine: Words, one: int, others: Words, two: int) -> int:
    """Which of two awards comes first: by measure, then by fact."""
    first = image[mine[one + w.O_MEASURE] + w.M_ORDER]
    second = image[others[two + w.O_MEASURE] + w.M_ORDER]
    if first != second:
        return -1 if first < second else 1
    fact, other = mine[one + w.O_FACT], others[two + w.O_FACT]
    if fact == other:
        return 0
    return -1 if fact < other else 1


@compiled
def _city(image: Words, subjects: Words, subject: int, awards: Words, award: int) -> int:
    """The city's part of an award; missing where it has none, or while it is open."""
    if awards[award + w.O_OUTCOME] != w.PAYABLE:
        return MISSING
    payer = image[image[awards[award + w.O_MEASURE] + w.M_PAYERS] + subjects[subject]]
    return share(image, payer, awards, award)[0]
