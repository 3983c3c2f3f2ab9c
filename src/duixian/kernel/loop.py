"""The loop (循环): every enterprise of a range on its way, match → entitle → exclude → choose → share.

Facts and results lie flat, and are found by their address, the place of their first word: facts enterprise by enterprise, within each by
kind, date and id.
"""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.choose import choose, settle_alone
from duixian.kernel.compiled import compiled, words_of
from duixian.kernel.local_steps import begin, decide_alone, settle
from duixian.kernel.machine import RANGES
from duixian.kernel.shares import share
from duixian.kernel.words import Words

MISSING = w.MISSING
ALIVE = w.ALIVE
SHAPE_MASK = 0xFFFFFFFF
PLACE_BITS = 40
PLACE_MASK = (1 << PLACE_BITS) - 1


@compiled
def decide_range(
    image: Words, set_: int, facts: Words, starts: Words, subjects: Words, subject_words: int, first: int, end: int,
    as_of: int, out: Words, at: int, spans: Words, entangled: Words, desk: Words, awards: Words, keys: Words,
    alive: Words, bounds: Words, members: Words, scratch: Words,
) -> int:  # fmt: skip
    """Decide the enterprises from ``first`` to before ``end``; results are written from ``at`` on. Returns where they end.

    ``starts`` says where the facts of each enterprise start, ``spans`` takes where its results begin and end; ``entangled`` is set for
    those that the reference engine has to decide. The rest is scratch.
    """
    rules, cells, descriptions, results = words_of(image), words_of(facts), words_of(subjects), words_of(out)
    room, work, pairs, living = words_of(desk), words_of(awards), words_of(keys), words_of(alive)
    binding, bound, scored = words_of(bounds), words_of(members), words_of(scratch)
    for enterprise in range(first, end):
        written, is_whole = decide_enterprise(
            rules, set_, cells, starts[enterprise], starts[enterprise + 1], descriptions, enterprise * subject_words, as_of,
            work, room, pairs, living, binding, bound, scored,
        )  # fmt: skip
        if not is_whole:
            entangled[enterprise] = 1
            leave_open(work, written)
        spans[enterprise, 0] = at
        at = deliver(rules, descriptions, enterprise * subject_words, work, written, results, at)
        spans[enterprise, 1] = at
    return at


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
    for number in range(2 * image[w.H_KIND_COUNT]):
        desk[RANGES + number] = 0
    count = 0
    missed = False
    width = image[w.H_FACT_WORDS]
    fact = low
    while fact < high:  # a range whose step is not fixed would cost a division
        word = facts[fact + w.F_SHAPE]
        kind = word >> w.KIND_SHIFT
        if facts[fact + w.F_DATE] <= as_of:
            if desk[RANGES + 2 * kind + 1] == 0:
                desk[RANGES + 2 * kind] = fact
            desk[RANGES + 2 * kind + 1] = fact + width
        record = image[w.H_KINDS] + kind * w.KIND
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


@compiled
def leave_open(awards: Words, end: int) -> None:
    """What the loop could not choose among stays undecided until the reference engine has decided it."""
    for award in range(0, end, w.AWARD):
        if awards[award + w.O_OUTCOME] == ALIVE:
            settle(awards, award, w.UNDECIDED, w.R_TOO_ENTANGLED, 0, 0)


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
def count_results(image: Words, facts: Words, starts: Words, at_most: Words) -> int:
    """Where the results of each enterprise can start at the latest, into ``at_most``; the most measures that one can meet."""
    most, total = 0, 0
    for enterprise in range(starts.shape[0] - 1):
        mine = 0
        for fact in range(starts[enterprise], starts[enterprise + 1], image[w.H_FACT_WORDS]):
            word = facts[fact + w.F_SHAPE]
            record = image[w.H_KINDS] + (word >> w.KIND_SHIFT) * w.KIND
            shape = image[record + w.K_SHAPES] + (word & SHAPE_MASK) * w.SHAPE
            mine += max(image[shape + w.S_ABOUT_COUNT], image[record + w.K_TRIGGERS])
        total += mine
        most = max(most, mine)
        at_most[enterprise + 1] = total * w.RESULT
    return most
