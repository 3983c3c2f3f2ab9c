"""The loop (循环): every enterprise of a range on its way, match → entitle → exclude → choose → share."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.choose import choose
from duixian.kernel.compiled import compiled
from duixian.kernel.local_steps import begin, decide_alone, settle
from duixian.kernel.shares import share
from duixian.kernel.words import Words

MISSING = w.MISSING
ALIVE = w.ALIVE
SHAPE_MASK = 0xFFFFFFFF
PLACE_BITS = 40
PLACE_MASK = (1 << PLACE_BITS) - 1


@compiled
def decide_range(
    image: Words, set_: int, facts: Words, starts: Words, subjects: Words, first: int, end: int, as_of: int,
    out: Words, at: int, spans: Words, entangled: Words, values: Words, masks: Words, loops: Words, ranges: Words,
    keys: Words, alive: Words, bounds: Words, members: Words, scratch: Words,
) -> int:  # fmt: skip
    """Decide the enterprises from ``first`` to before ``end``; results are written from ``at`` on. Returns where they end.

    ``facts`` (number of facts × words of a fact) lie enterprise by enterprise, as ``starts`` says; within each by kind, date and id.
    ``spans`` takes where the results of each enterprise begin and end; ``entangled`` is set for those that the reference engine has to decide.
    """
    for enterprise in range(first, end):
        before = at
        at = decide_enterprise(
            image, set_, facts, starts[enterprise], starts[enterprise + 1], subjects[enterprise], as_of, out, at,
            values, masks, loops, ranges, keys, alive, bounds, members, scratch,
        )  # fmt: skip
        if at < 0:
            at = -at - 1
            entangled[enterprise] = 1
            for award in range(before, at):
                if out[award, w.O_OUTCOME] == ALIVE:
                    settle(out, award, w.UNDECIDED, w.R_TOO_ENTANGLED, 0, 0)
        _tell_amounts(out, before, at)
        spans[enterprise, 0], spans[enterprise, 1] = before, at
    return at


@compiled
def decide_enterprise(
    image: Words, set_: int, facts: Words, low: int, high: int, subject: Words, as_of: int, out: Words, at: int,
    values: Words, masks: Words, loops: Words, ranges: Words, keys: Words, alive: Words, bounds: Words,
    members: Words, scratch: Words,
) -> int:  # fmt: skip
    """Decide one enterprise; returns where its results end, as a negative number less one when the choice is left open."""
    count = _lay_out(image, facts, low, high, as_of, ranges, keys)
    measures = image[w.H_SETS] + set_ * image[w.H_MEASURE_COUNT]
    begin_at = at
    for number in range(count):
        key = keys[number]
        fact = low + (key & PLACE_MASK)
        measure = image[measures + (key >> PLACE_BITS)]
        day = facts[fact, w.F_DATE]
        if day > as_of:
            begin(out, at, measure, fact)
            settle(out, at, w.NOT_IN_FORCE, w.R_AFTER_AS_OF, 0, 0)
            at += 1
        elif decide_alone(image, measure, facts, fact, subject, as_of, ranges, values, masks, loops, out, at):
            at += 1
    is_whole = choose(image, facts, out, begin_at, at, ranges, alive, bounds, members, scratch)
    share(image, subject, out, begin_at, at)
    at = _tell_unmatched(image, facts, low, high, out, begin_at, at, keys)
    return at if is_whole else -at - 1


@compiled
def _lay_out(image: Words, facts: Words, low: int, high: int, as_of: int, ranges: Words, keys: Words) -> int:
    """Where the known facts of each kind lie, and every fact with every measure that could be about it, in document order."""
    for number in range(2 * image[w.H_KIND_COUNT]):
        ranges[number] = 0
    count = 0
    for fact in range(low, high):
        word = facts[fact, w.F_SHAPE]
        kind = word >> w.KIND_SHIFT
        if facts[fact, w.F_DATE] <= as_of:
            if ranges[2 * kind + 1] == 0:
                ranges[2 * kind] = fact
            ranges[2 * kind + 1] = fact + 1
        shape = image[image[w.H_KINDS] + kind * w.KIND + w.K_SHAPES] + (word & SHAPE_MASK) * w.SHAPE
        about = image[shape + w.S_ABOUT]
        for number in range(image[shape + w.S_ABOUT_COUNT]):
            key = (image[about + number] << PLACE_BITS) | (fact - low)
            place = count
            while place > 0 and keys[place - 1] > key:
                keys[place] = keys[place - 1]
                place -= 1
            keys[place] = key
            count += 1
    return count


@compiled
def _tell_unmatched(
    image: Words, facts: Words, low: int, high: int, out: Words, first: int, at: int, keys: Words
) -> int:
    """Facts that could trigger something, and met nothing: told last, by kind and id."""
    end = at
    for fact in range(low, high):
        kind = facts[fact, w.F_SHAPE] >> w.KIND_SHIFT
        if image[image[w.H_KINDS] + kind * w.KIND + w.K_TRIGGERS] == 0:
            continue
        is_told = False
        for award in range(first, end):
            if out[award, w.O_FACT] == fact:
                is_told = True
                break
        if is_told:
            continue
        place = at
        while place > end and _comes_before(facts, fact, out[place - 1, w.O_FACT]):
            out[place, w.O_FACT] = out[place - 1, w.O_FACT]
            place -= 1
        begin(out, at, -1, fact if place == at else out[at, w.O_FACT])
        settle(out, at, w.INELIGIBLE, w.R_NO_MEASURE, 0, 0)
        out[place, w.O_FACT] = fact
        at += 1
    return at


@compiled
def _comes_before(facts: Words, one: int, two: int) -> bool:
    """By kind, whose numbers follow their names, then by id."""
    first, second = facts[one, w.F_SHAPE] >> w.KIND_SHIFT, facts[two, w.F_SHAPE] >> w.KIND_SHIFT
    return first < second or (first == second and facts[one, w.F_ID] < facts[two, w.F_ID])


@compiled
def _tell_amounts(out: Words, first: int, end: int) -> None:
    """An amount that is not known is missing, and what gives nothing gives zero."""
    for award in range(first, end):
        outcome = out[award, w.O_OUTCOME]
        if outcome == w.UNKNOWN or outcome == w.UNDECIDED:
            out[award, w.O_AMOUNT] = MISSING
        elif outcome != w.PAYABLE:
            out[award, w.O_AMOUNT] = 0


@compiled
def count_results(image: Words, facts: Words, starts: Words, at_most: Words) -> int:
    """The most results that each enterprise can have, added up into ``at_most``; the most of any one."""
    most = 0
    total = 0
    for enterprise in range(starts.shape[0] - 1):
        mine = 0
        for fact in range(starts[enterprise], starts[enterprise + 1]):
            word = facts[fact, w.F_SHAPE]
            kind = word >> w.KIND_SHIFT
            shape = image[image[w.H_KINDS] + kind * w.KIND + w.K_SHAPES] + (word & SHAPE_MASK) * w.SHAPE
            mine += max(
                image[shape + w.S_ABOUT_COUNT], image[image[w.H_KINDS] + kind * w.KIND + w.K_TRIGGERS]
            )
        total += mine
        most = max(most, mine)
        at_most[enterprise + 1] = total
    return most
