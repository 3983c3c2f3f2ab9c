"""One enterprise by the long way (逐企业认定): match → entitle → exclude → choose, award by award in document order.

The short way (``block``) decides most enterprises without it; under other sets of decisions it is the only way.
"""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.choose import choose, settle_alone
from duixian.kernel.compiled import compiled
from duixian.kernel.known import lay_ranges
from duixian.kernel.local_steps import begin, decide_alone, settle
from duixian.kernel.machine import RANGES
from duixian.kernel.words import Words

ALIVE = w.ALIVE
SHAPE_MASK = 0xFFFFFFFF
PLACE_BITS = 40
PLACE_MASK = (1 << PLACE_BITS) - 1


@compiled
def decide_enterprise(
    image: Words, set_: int, facts: Words, low: int, high: int, subjects: Words, subject: int, as_of: int, out: Words,
    desk: Words, keys: Words, alive: Words, bounds: Words, members: Words, scratch: Words,
) -> tuple[int, bool]:  # fmt: skip
    """Decide one enterprise into ``out``: where its awards end, and whether the choice could be made here."""
    first, at = 0, 0
    count, missed = lay_out(image, facts, low, high, as_of, desk, keys)
    measures = image[w.H_SETS] + set_ * image[w.H_MEASURE_COUNT]
    living, last = 0, 0
    for number in range(count):
        key = keys[number]
        fact = low + (key & PLACE_MASK)
        measure = image[measures + (key >> PLACE_BITS)]
        if facts[fact + w.F_DATE] > as_of:
            begin(out, at, measure, fact)
            settle(out, at, w.NOT_IN_FORCE, w.R_AFTER_AS_OF, 0, 0)
            at += w.AWARD
        elif decide_alone(image, measure, facts, fact, subjects, subject, as_of, desk, out, at):
            if out[at + w.O_OUTCOME] == ALIVE:
                living += 1
                last = at
            at += w.AWARD
        else:
            missed = True
    kind = image[w.H_PAYMENT_KIND]
    is_whole = True
    if living > 1 or (living == 1 and kind >= 0 and desk[RANGES + 2 * kind + 1] != 0):
        is_whole = choose(image, facts, out, first, at, desk, alive, bounds, members, scratch)
    elif living == 1:
        settle_alone(image, out, last)
    if missed:
        at = tell_unmatched(image, facts, low, high, out, first, at)
    return at, is_whole


@compiled
def lay_out(
    image: Words, facts: Words, low: int, high: int, as_of: int, desk: Words, keys: Words
) -> tuple[int, bool]:
    """Where the known facts of each kind lie, and every fact with every measure that could be about it, in document order.

    Returns the number of such pairs, and whether a fact that could trigger something is in none.
    """
    lay_ranges(image, facts, low, high, as_of, desk)
    count = 0
    missed = False
    width = image[w.H_FACT_WORDS]
    fact = low
    while fact < high:  # a range whose step is not fixed would cost a division
        word = facts[fact + w.F_SHAPE]
        record = image[w.H_KINDS] + (word >> w.KIND_SHIFT) * w.KIND
        shape = image[record + w.K_SHAPES] + (word & SHAPE_MASK) * w.SHAPE
        about = image[shape + w.S_ABOUT]
        number = image[shape + w.S_ABOUT_COUNT]
        if number == 0 and image[record + w.K_TRIGGERS] != 0:
            missed = True
        for which in range(number):
            key = (image[about + which] << PLACE_BITS) | (fact - low)
            place = count
            while place > 0 and keys[place - 1] > key:
                keys[place] = keys[place - 1]
                place -= 1
            keys[place] = key
            count += 1
        fact += width
    return count, missed


@compiled
def tell_unmatched(image: Words, facts: Words, low: int, high: int, out: Words, first: int, at: int) -> int:
    """Facts that could trigger something, and met nothing: told last, by kind and id. Returns where the results end."""
    end = at
    width = image[w.H_FACT_WORDS]
    fact = low - width
    while fact + width < high:
        fact += width
        kind = facts[fact + w.F_SHAPE] >> w.KIND_SHIFT
        if image[image[w.H_KINDS] + kind * w.KIND + w.K_TRIGGERS] == 0:
            continue
        is_told = False
        for award in range(first, end, w.AWARD):
            if out[award + w.O_FACT] == fact:
                is_told = True
                break
        if is_told:
            continue
        begin(out, at, -1, fact)
        settle(out, at, w.INELIGIBLE, w.R_NO_MEASURE, 0, 0)
        place = at
        while place > end and _comes_before(facts, fact, out[place - w.AWARD + w.O_FACT]):
            out[place + w.O_FACT] = out[place - w.AWARD + w.O_FACT]
            place -= w.AWARD
        out[place + w.O_FACT] = fact
        at += w.AWARD
    return at


@compiled
def _comes_before(facts: Words, one: int, two: int) -> bool:
    """By kind, whose numbers follow their names, then by id."""
    first, second = facts[one + w.F_SHAPE] >> w.KIND_SHIFT, facts[two + w.F_SHAPE] >> w.KIND_SHIFT
    return first < second or (first == second and facts[one + w.F_ID] < facts[two + w.F_ID])
