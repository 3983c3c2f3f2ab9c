"""Awards that bind each other (相互牵连): two of one fact at once, everything else by the exact choice, among those alone that are tied."""

from __future__ import annotations

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.choose import choose_among
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.living import share_one
from duixian.kernel.local_steps import settle
from duixian.kernel.outright import OUTCOME
from duixian.kernel.pointers import part_of
from duixian.kernel.shares import share
from duixian.kernel.widths import LARGEST
from duixian.kernel.words import Words

MISSING = w.MISSING
ALIVE = w.ALIVE
BEATEN = w.NOT_HIGHEST << w.OUTCOME_SHIFT | w.R_BEATEN << w.REASON_SHIFT
OVER_COUNT = w.OVER_LIMIT << w.OUTCOME_SHIFT | w.R_COUNT << w.REASON_SHIFT
OVER_SUM = w.OVER_LIMIT << w.OUTCOME_SHIFT | w.R_SUM << w.REASON_SHIFT
YEAR_BITS = w.PART_MASK


@compiled
def settle_rivals(image: Words, bench: Words, owner: int) -> bool:
    """Of two living awards of one fact give the higher, of equal ones the first.

    False when a fact meets more than two measures, or a sum of its own cuts an award: then the exact choice is asked.
    """
    base, end = bench[b.BASES + owner], bench[b.ENDS + owner]
    for pair in range(base, end - 1):
        if pair + 2 < end and is_one_fact(bench, pair, pair + 2):
            return False
        if are_rivals(bench, pair) and (is_cut(bench, pair) or is_cut(bench, pair + 1)):
            return False
    for pair in range(base, end - 1):
        if are_rivals(bench, pair):
            bar_lower(image, bench, pair)
    return True


@compiled_within
def is_one_fact(bench: Words, pair: int, other: int) -> bool:
    """Whether two pairs of an enterprise are of one fact."""
    return (bench[b.KEYS + pair] ^ bench[b.KEYS + other]) & b.PLACE == 0


@compiled_within
def are_rivals(bench: Words, pair: int) -> bool:
    """Whether a pair and the next one are living awards of one fact."""
    one, two = bench[b.PLACES + pair], bench[b.PLACES + pair + 1]
    is_living = (bench[one + w.Q_FACT] | bench[two + w.Q_FACT]) & OUTCOME == w.PAYABLE
    return is_one_fact(bench, pair, pair + 1) and is_living


@compiled_within
def is_cut(bench: Words, pair: int) -> bool:
    """Whether a sum of its measure leaves an award less than its ceiling."""
    here = bench[b.PLACES + pair]
    return bench[here + w.Q_AMOUNT] != bench[here + w.Q_CEILING]


@compiled
def bar_lower(image: Words, bench: Words, pair: int) -> None:
    """Of two rivals bar the lower one, where the rules of either do not let both be paid."""
    one, two = bench[b.PLACES + pair], bench[b.PLACES + pair + 1]
    first, second = (
        image[bench[b.ENTRIES + pair] + w.U_MEASURE],
        image[bench[b.ENTRIES + pair + 1] + w.U_MEASURE],
    )
    is_inside = image[first + w.M_DOCUMENT] == image[second + w.M_DOCUMENT]
    barring = 0
    if image[second + w.M_BARS] and not (is_inside and image[second + w.M_REACH] == w.OTHER_DOCUMENTS):
        barring = second
    if image[first + w.M_BARS] and not (is_inside and image[first + w.M_REACH] == w.OTHER_DOCUMENTS):
        barring = first
    if barring == 0:
        return
    beaten = one if bench[two + w.Q_CEILING] > bench[one + w.Q_CEILING] else two
    bench[beaten + w.Q_FACT] = (bench[beaten + w.Q_FACT] & w.FACT_MASK) | BEATEN
    bench[beaten + w.Q_RULE] |= image[barring + w.M_MEASURE] << w.DETAIL_SHIFT
    bench[beaten + w.Q_AMOUNT] = 0
    bench[beaten + w.Q_CITY] = MISSING
    bench[beaten + w.Q_NOTE] = 0


@compiled
def settle_limited(
    image: Words, facts: Words, subjects: Words, subject: int, bench: Words, owner: int
) -> bool:
    """Share out what one limit of a measure allows, by enterprise or by year; false when awards are bound by anything else as well."""
    count, left = 0, LARGEST
    for pair in range(bench[b.BASES + owner], bench[b.ENDS + owner]):
        entry, here = bench[b.ENTRIES + pair], bench[b.PLACES + pair]
        if bench[here + w.Q_FACT] & OUTCOME != w.PAYABLE:
            continue
        if image[entry + w.U_OBJECT_SLOT] != 0:
            return False
        if image[entry + w.U_TIES] & bench[b.BOUND + owner] == 0:
            continue
        measure = image[entry + w.U_MEASURE]
        limit = image[measure + w.M_LIMITS]
        is_plain = image[measure + w.M_LIMIT_COUNT] == 1 and image[limit + w.L_BY_YEAR_ALONE] != 0
        is_told = image[measure + w.M_DATE_SLOT] == w.F_DATE and bench[here + w.Q_RULE] >> w.YEAR_SHIFT != 0
        if not is_plain or not is_told or image[measure + w.M_LADDER_COUNT] != 0:
            return False
        bench[b.LIVING + count] = pair
        count += 1
        left -= min(bench[here + w.Q_CEILING], left + 1)
    if left < 0:
        return False
    # Awards of one measure come in the order of time, which is that of their facts.
    for number in range(count):
        bench[b.BACK + number] = left_by_limit(image, bench, count, number)
    for number in range(count):
        give(
            image,
            facts,
            subjects[subject],
            bench[b.ENTRIES + bench[b.LIVING + number]],
            bench[b.PLACES + bench[b.LIVING + number]],
            bench[b.BACK + number],
            bench,
        )
    return True


@compiled
def left_by_limit(image: Words, bench: Words, count: int, number: int) -> int:
    """What a limit leaves to one of the living awards: nothing where others are higher, or what earlier ones did not use."""
    pair = bench[b.LIVING + number]
    here, measure = bench[b.PLACES + pair], image[bench[b.ENTRIES + pair] + w.U_MEASURE]
    limit = image[measure + w.M_LIMITS]
    by_year, most = image[image[limit + w.L_PER]] != 0, image[limit + w.L_MOST_COUNT]
    ceiling, before, fellows = bench[here + w.Q_CEILING], 0, 0
    left = image[limit + w.L_MOST_FEN] if most < 0 else ceiling
    for other in range(count):
        rival = bench[b.LIVING + other]
        there = bench[b.PLACES + rival]
        is_fellow = image[bench[b.ENTRIES + rival] + w.U_MEASURE] == measure and (
            not by_year or (bench[here + w.Q_RULE] ^ bench[there + w.Q_RULE]) >> w.YEAR_SHIFT == 0
        )
        if not is_fellow or other == number:
            continue
        fellows += 1
        if most >= 0:
            before += bench[there + w.Q_CEILING] > ceiling or (
                bench[there + w.Q_CEILING] == ceiling and other < number
            )
        elif other < number:
            left -= bench[b.BACK + other]
    if fellows == 0:
        return bench[here + w.Q_AMOUNT]
    return 0 if most >= 0 and before >= most else min(left, ceiling)


@compiled
def give(image: Words, facts: Words, shape: int, entry: int, here: int, amount: int, bench: Words) -> None:
    """Give an award what its limit leaves it."""
    if amount == bench[here + w.Q_AMOUNT] and amount != 0:
        return
    fact = bench[here + w.Q_FACT] & w.FACT_MASK
    bench[here + w.Q_AMOUNT] = amount
    if amount != 0:
        share_one(image, entry, facts, fact, shape, bench, here)
        return
    limit = image[image[entry + w.U_MEASURE] + w.M_LIMITS]
    bench[here + w.Q_FACT] = fact | (OVER_COUNT if image[limit + w.L_MOST_COUNT] >= 0 else OVER_SUM)
    bench[here + w.Q_RULE] |= image[limit + w.L_NAME] << w.DETAIL_SHIFT
    bench[here + w.Q_CITY] = MISSING
    bench[here + w.Q_NOTE] = 0


@compiled
def choose_tied(
    image: Words,
    facts: Words,
    subjects: Words,
    subject: int,
    bench: Words,
    owner: int,
    at: int,
    awards: Words,
) -> int:
    """Choose among the tied awards of one enterprise without payments: 1 when that is done, 0 when the reference engine has to, -1 when the
    day of an award is told by code, so that the enterprise has to be decided by the long way alone."""
    base, end = bench[b.BASES + owner], bench[b.ENDS + owner]
    for pair in range(base, end):
        entry, here = bench[b.ENTRIES + pair], bench[b.PLACES + pair]
        award = (here - at) // w.RESULT * w.AWARD
        awards[award + w.O_OUTCOME] = w.INELIGIBLE
        if bench[here + w.Q_FACT] & OUTCOME != w.PAYABLE:
            continue
        ties = image[entry + w.U_TIES] & bench[b.BOUND + owner]
        fact_bit = 1 << (bench[b.KEYS + pair] & 63)
        if ties == 0 and fact_bit & bench[b.TWICE + owner] == 0 and image[entry + w.U_OBJECT_SLOT] == 0:
            continue
        if image[image[entry + w.U_MEASURE] + w.M_DATE_SLOT] == 0:
            return -1
        take_up(image, entry, facts, bench, here, awards, award)
    is_whole = choose_among(
        image, facts, awards, 0, (end - base) * w.AWARD, 0, 0, part_of(bench, b.ALIVE), part_of(bench, b.BOUNDS),
        part_of(bench, b.MEMBERS), part_of(bench, b.SCRATCH),
    )  # fmt: skip
    for pair in range(base, end):
        here = bench[b.PLACES + pair]
        award = (here - at) // w.RESULT * w.AWARD
        if awards[award + w.O_OUTCOME] == ALIVE:
            settle(awards, award, w.UNDECIDED, w.R_TOO_ENTANGLED, 0, 0)
        if awards[award + w.O_OUTCOME] != w.INELIGIBLE:
            put_back(image, subjects, subject, awards, award, bench, here)
    return int(is_whole)


@compiled
def take_up(
    image: Words, entry: int, facts: Words, bench: Words, here: int, awards: Words, award: int
) -> None:
    """A result as an award on its way."""
    fact, rule, measure = (
        bench[here + w.Q_FACT] & w.FACT_MASK,
        bench[here + w.Q_RULE],
        image[entry + w.U_MEASURE],
    )
    year = rule >> w.YEAR_SHIFT & YEAR_BITS
    awards[award + w.O_FACT], awards[award + w.O_MEASURE] = fact, measure
    awards[award + w.O_ROW] = image[image[measure + w.M_ROWS] + (rule >> w.ROW_SHIFT & w.PART_MASK) - 1]
    awards[award + w.O_OUTCOME] = ALIVE
    awards[award + w.O_CEILING], awards[award + w.O_BASE] = bench[here + w.Q_CEILING], bench[here + w.Q_BASE]
    awards[award + w.O_YEAR] = year if year != 0 else MISSING
    # Not the slot of the entry: what is foreseen as a refusal asks for no day, and history can make an award of it.
    awards[award + w.O_DAY] = facts[fact + image[measure + w.M_DATE_SLOT]]
    awards[award + w.O_MISSING] = 0


@compiled
def put_back(
    image: Words, subjects: Words, subject: int, awards: Words, award: int, bench: Words, here: int
) -> None:
    """What the choice made of an award, in its result."""
    outcome = awards[award + w.O_OUTCOME]
    head = outcome << w.OUTCOME_SHIFT | awards[award + w.O_REASON] << w.REASON_SHIFT
    bench[here + w.Q_FACT] = awards[award + w.O_FACT] | head
    bench[here + w.Q_RULE] |= awards[award + w.O_DETAIL] << w.DETAIL_SHIFT
    bench[here + w.Q_AMOUNT] = awards[award + w.O_AMOUNT]
    city, note = MISSING, awards[award + w.O_MISSING]
    if outcome == w.PAYABLE:
        payer = image[image[awards[award + w.O_MEASURE] + w.M_PAYERS] + subjects[subject]]
        city, note = share(image, payer, awards, award)
    bench[here + w.Q_CITY] = city
    bench[here + w.Q_NOTE] = note
