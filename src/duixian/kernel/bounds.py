"""The rules that bind the living awards of one enterprise: limits, ladders, and matters that are paid once.

A *bound* is a record in ``bounds``; its awards are places in ``alive``, listed in ``members``. Bounds come in the order in which the
reference tells them, since the first one that refuses an award is its reason.
"""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.calendar import year_of
from duixian.kernel.compiled import compiled
from duixian.kernel.groups import (
    bars,
    fact_id,
    first_missing,
    is_paid_under,
    kind_of,
    ladder_applies,
    limit_applies,
    may_be_one_group,
    missing_place,
    names_document,
    paid_fact,
    paid_fen,
    same_group,
    same_matter,
)
from duixian.kernel.words import Words

MISSING = w.MISSING
B_TYPE, B_ROOM, B_FIRST, B_COUNT, B_DETAIL = range(5)
BOUND = 5
B_COUNTS, B_SUMS, B_HIGHEST, B_DIFFERENCE, B_RIVALS, B_PAID = range(6)
"""At most so many; at most so many fen; one rung of a ladder; the difference; one of a matter; what a paid matter leaves."""
MOST_ALIVE = 256
"""Living awards of one enterprise that the loop chooses among; more are left to the reference engine."""
MOST_BOUNDS = 1024
MOST_MEMBERS = 16_384
OVERFLOW = -1
"""There are more bounds than there is room for: the award of this enterprise are too entangled for the loop."""


@compiled
def add_limits(
    image: Words, facts: Words, out: Words, first: int, end: int, alive: Words, count: int,
    pay_from: int, pay_to: int, bounds: Words, members: Words,
) -> int:  # fmt: skip
    """Write a bound for every group of a limit; the number of bounds, or OVERFLOW."""
    used, filled = 0, 0
    for place in range(count):
        award = alive[place]
        measure = out[award + w.O_MEASURE]
        for number in range(image[measure + w.M_LIMIT_COUNT]):
            limit = image[measure + w.M_LIMITS] + number * w.LIMIT
            if not limit_applies(image, limit, out, award):
                continue
            per = image[limit + w.L_PER]
            lacks = first_missing(image, per, facts, out, award)
            if lacks == 0 and _has_earlier(image, limit, per, facts, out, alive, place, measure):
                continue
            if used == MOST_BOUNDS or filled + count > MOST_MEMBERS:
                return OVERFLOW
            start = filled
            for other in range(place, count):
                if other == place or (
                    lacks == 0
                    and out[alive[other] + w.O_MEASURE] == measure
                    and limit_applies(image, limit, out, alive[other])
                    and first_missing(image, per, facts, out, alive[other]) == 0
                    and same_group(image, per, facts, out, award, per, alive[other])
                ):
                    members[filled] = other
                    filled += 1
            most = image[limit + w.L_MOST_FEN]
            if filled - start == 1 and pay_from >= pay_to and (most < 0 or most >= out[award + w.O_CEILING]):
                filled = start
                continue
            facts_paid, fen_paid = _used(image, limit, facts, out, first, end, award, lacks, pay_from, pay_to)
            by_count = image[limit + w.L_MOST_COUNT] >= 0
            bounds[used * BOUND + B_TYPE] = B_COUNTS if by_count else B_SUMS
            room = image[limit + w.L_MOST_COUNT] - facts_paid if by_count else most - fen_paid
            bounds[used * BOUND + B_ROOM] = max(room, 0)
            bounds[used * BOUND + B_FIRST] = start
            bounds[used * BOUND + B_COUNT] = filled - start
            bounds[used * BOUND + B_DETAIL] = image[limit + w.L_NAME]
            used += 1
    return used


@compiled
def _has_earlier(
    image: Words, limit: int, per: int, facts: Words, out: Words, alive: Words, place: int, measure: int
) -> bool:
    """Whether an award before this one is of the same group, which then stands already."""
    for other in range(place):
        award = alive[other]
        if (
            out[award + w.O_MEASURE] == measure
            and limit_applies(image, limit, out, award)
            and first_missing(image, per, facts, out, award) == 0
            and same_group(image, per, facts, out, award, per, alive[place])
        ):
            return True
    return False


@compiled
def settle_unkeyed(image: Words, facts: Words, out: Words, alive: Words, count: int) -> bool:
    """Leave open every award whose group cannot be told while another one may be of it; whether there was one."""
    found = False
    for place in range(count):
        award = alive[place]
        measure = out[award + w.O_MEASURE]
        for number in range(image[measure + w.M_LIMIT_COUNT]):
            limit = image[measure + w.M_LIMITS] + number * w.LIMIT
            if not limit_applies(image, limit, out, award):
                continue
            per = image[limit + w.L_PER]
            lacks = first_missing(image, per, facts, out, award)
            if lacks == 0:
                continue
            for other in range(count):
                if (
                    other != place
                    and out[alive[other] + w.O_MEASURE] == measure
                    and limit_applies(image, limit, out, alive[other])
                    and may_be_one_group(image, per, facts, out, award, alive[other])
                ):
                    # Settled at the end of the round: the others still count this one as alive.
                    out[award + w.O_MISSING] = lacks
                    found = True
                    break
    return found


@compiled
def _used(
    image: Words, limit: int, facts: Words, out: Words, first: int, end: int, member: int, lacks: int,
    pay_from: int, pay_to: int,
) -> tuple[int, int]:  # fmt: skip
    """How many awards, and how many fen, payments already used of a limit's group."""
    count, fen = 0, 0
    measure = out[member + w.O_MEASURE]
    for payment in range(pay_from, pay_to, image[w.H_FACT_WORDS]):
        if not _counts(image, limit, measure, facts, out, first, end, member, lacks, payment):
            continue
        fen += paid_fen(image, facts, payment)
        is_new = True
        fact = paid_fact(image, facts, payment)
        for other in range(pay_from, payment, image[w.H_FACT_WORDS]):
            if fact != MISSING and paid_fact(image, facts, other) == fact:
                if _counts(image, limit, measure, facts, out, first, end, member, lacks, other):
                    is_new = False
                    break
        count += is_new
    return count, fen


@compiled
def _counts(
    image: Words, limit: int, measure: int, facts: Words, out: Words, first: int, end: int, member: int, lacks: int,
    payment: int,
) -> bool:  # fmt: skip
    """Whether a payment counts for the group of ``member`` under a limit."""
    if paid_fen(image, facts, payment) == MISSING or not is_paid_under(image, measure, facts, payment):
        return False
    per = image[limit + w.L_PER]
    fact = paid_fact(image, facts, payment)
    for award in range(first, end, w.AWARD):
        if out[award + w.O_MEASURE] == measure and fact != MISSING and fact_id(facts, out, award) == fact:
            if not limit_applies(image, limit, out, award):
                return False
            other_lacks = first_missing(image, per, facts, out, award)
            if lacks != 0 or other_lacks != 0:
                return lacks == other_lacks
            return same_group(image, per, facts, out, member, per, award)
    if image[limit + w.L_BY_YEAR_ALONE] == 0 or lacks != 0:
        return False
    for _ in range(image[per]):
        day = facts[payment + image[w.H_PAYMENT_DATE]]
        if day == MISSING or out[member + w.O_YEAR] != year_of(day):
            return False
    return True


@compiled
def add_ladders(
    image: Words, facts: Words, out: Words, first: int, end: int, alive: Words, count: int,
    pay_from: int, pay_to: int, bounds: Words, used: int, members: Words,
) -> int:  # fmt: skip
    """Write a bound for the rungs of each ladder; the number of bounds, or OVERFLOW."""
    filled = 0
    if used > 0:
        filled = bounds[(used - 1) * BOUND + B_FIRST] + bounds[(used - 1) * BOUND + B_COUNT]
    for place in range(count):
        award = alive[place]
        measure = out[award + w.O_MEASURE]
        for number in range(image[measure + w.M_LADDER_COUNT]):
            ladder = image[measure + w.M_LADDERS] + number * w.LADDER
            if image[ladder + w.D_PROMOTION] == w.PROMOTES_IN_FULL or not ladder_applies(
                image, ladder, out, award
            ):
                continue
            lacks = first_missing(image, image[ladder + w.D_PER], facts, out, award)
            if lacks == 0 and _stands_before(image, ladder, facts, out, alive, place):
                continue
            if used == MOST_BOUNDS or filled + count > MOST_MEMBERS:
                return OVERFLOW
            start = filled
            last = ladder
            for other in range(place, count):
                twin = (
                    ladder if other == place else _twin(image, ladder, facts, out, award, alive[other], lacks)
                )
                if twin >= 0:
                    members[filled] = other
                    filled += 1
                    last = twin
            paid = _paid_on(image, ladder, facts, out, first, end, award, lacks, pay_from, pay_to)
            highest = image[last + w.D_PROMOTION] == w.PROMOTES_HIGHEST
            if not highest and filled - start == 1 and paid == 0:
                filled = start
                continue
            bounds[used * BOUND + B_TYPE] = B_HIGHEST if highest else B_DIFFERENCE
            bounds[used * BOUND + B_ROOM] = (0 if paid != 0 else 1) if highest else paid
            bounds[used * BOUND + B_FIRST] = start
            bounds[used * BOUND + B_COUNT] = filled - start
            bounds[used * BOUND + B_DETAIL] = image[ladder + w.D_NAME]
            used += 1
    return used


@compiled
def _twin(image: Words, ladder: int, facts: Words, out: Words, award: int, other: int, lacks: int) -> int:
    """The ladder of another award that is the same one for the same group; -1 when there is none."""
    if lacks != 0:
        return -1
    measure = out[other + w.O_MEASURE]
    for number in range(image[measure + w.M_LADDER_COUNT]):
        twin = image[measure + w.M_LADDERS] + number * w.LADDER
        if (
            image[twin + w.D_NAME] == image[ladder + w.D_NAME]
            and image[twin + w.D_PER_NAME] == image[ladder + w.D_PER_NAME]
            and image[twin + w.D_PROMOTION] != w.PROMOTES_IN_FULL
            and ladder_applies(image, twin, out, other)
            and first_missing(image, image[twin + w.D_PER], facts, out, other) == 0
            and same_group(image, image[ladder + w.D_PER], facts, out, award, image[twin + w.D_PER], other)
        ):
            return twin
    return -1


@compiled
def _stands_before(image: Words, ladder: int, facts: Words, out: Words, alive: Words, place: int) -> bool:
    """Whether an award before this one is a rung of the same ladder for the same group."""
    for other in range(place):
        if _twin(image, ladder, facts, out, alive[place], alive[other], 0) >= 0:
            return True
    return False


@compiled
def _paid_on(
    image: Words, ladder: int, facts: Words, out: Words, first: int, end: int, award: int, lacks: int,
    pay_from: int, pay_to: int,
) -> int:  # fmt: skip
    """What was paid for rungs of a ladder, under whichever document: the facts tell the rung."""
    total = 0
    for payment in range(pay_from, pay_to, image[w.H_FACT_WORDS]):
        fact = paid_fact(image, facts, payment)
        if fact == MISSING or paid_fen(image, facts, payment) == MISSING:
            continue
        for other in range(first, end, w.AWARD):
            if fact_id(facts, out, other) == fact and _is_rung(
                image, ladder, facts, out, award, other, lacks
            ):
                total += paid_fen(image, facts, payment)
                break
    return total


@compiled
def _is_rung(image: Words, ladder: int, facts: Words, out: Words, award: int, other: int, lacks: int) -> bool:
    measure = out[other + w.O_MEASURE]
    for number in range(image[measure + w.M_LADDER_COUNT]):
        twin = image[measure + w.M_LADDERS] + number * w.LADDER
        if image[twin + w.D_NAME] == image[ladder + w.D_NAME] and ladder_applies(image, twin, out, other):
            per = _per_of(image, twin, image[ladder + w.D_PER_NAME])
            other_lacks = first_missing(image, per, facts, out, other)
            if lacks != 0 or other_lacks != 0:
                # Groups that cannot be told are alike only where the same field of the same kind is missing.
                if (
                    lacks != 0
                    and other_lacks != 0
                    and kind_of(facts, out, award) == kind_of(facts, out, other)
                    and missing_place(image, image[ladder + w.D_PER], facts, out, award)
                    == missing_place(image, per, facts, out, other)
                ):
                    return True
            elif same_group(image, image[ladder + w.D_PER], facts, out, award, per, other):
                return True
    return False


@compiled
def _per_of(image: Words, ladder: int, name: int) -> int:
    """Where the fields of another ladder's groups stand for the kind of this one."""
    others = image[ladder + w.D_OTHER_PERS]
    for place in range(image[others]):
        if image[others + 1 + 2 * place] == name:
            return image[others + 2 + 2 * place]
    return image[ladder + w.D_PER]


@compiled
def add_rivals(
    image: Words, facts: Words, out: Words, first: int, end: int, alive: Words, count: int,
    pay_from: int, pay_to: int, bounds: Words, used: int, members: Words,
) -> int:  # fmt: skip
    """Write a bound for each pair of one matter, and for each matter that was paid; the number of bounds, or OVERFLOW."""
    filled = 0
    if used > 0:
        filled = bounds[(used - 1) * BOUND + B_FIRST] + bounds[(used - 1) * BOUND + B_COUNT]
    for one in range(count):
        for two in range(one + 1, count):
            barring = -1
            if bars(image, facts, out, alive[one], alive[two]):
                barring = alive[one]
            elif bars(image, facts, out, alive[two], alive[one]):
                barring = alive[two]
            if barring >= 0:
                if used == MOST_BOUNDS or filled + 2 > MOST_MEMBERS:
                    return OVERFLOW
                members[filled], members[filled + 1] = one, two
                bounds[used * BOUND + B_TYPE], bounds[used * BOUND + B_ROOM] = B_RIVALS, 1
                bounds[used * BOUND + B_FIRST], bounds[used * BOUND + B_COUNT] = filled, 2
                bounds[used * BOUND + B_DETAIL] = image[out[barring + w.O_MEASURE] + w.M_MEASURE]
                filled += 2
                used += 1
    for place in range(count):
        if pay_from >= pay_to:
            break
        left = _left_of_matter(image, facts, out, first, end, alive[place], pay_from, pay_to)
        if left >= 0:
            if used == MOST_BOUNDS or filled == MOST_MEMBERS:
                return OVERFLOW
            members[filled] = place
            bounds[used * BOUND + B_TYPE], bounds[used * BOUND + B_ROOM] = B_PAID, left
            (
                bounds[used * BOUND + B_FIRST],
                bounds[used * BOUND + B_COUNT],
                bounds[used * BOUND + B_DETAIL],
            ) = filled, 1, 0
            filled += 1
            used += 1
    return used


@compiled
def _left_of_matter(
    image: Words, facts: Words, out: Words, first: int, end: int, award: int, pay_from: int, pay_to: int
) -> int:
    """What payments for the same matter elsewhere leave of an award; -1 when there are none."""
    measure = out[award + w.O_MEASURE]
    if image[measure + w.M_HAS_CUMULATION] == 0:
        return -1
    total = 0
    is_paid = False
    for payment in range(pay_from, pay_to, image[w.H_FACT_WORDS]):
        fact = paid_fact(image, facts, payment)
        if (
            fact == MISSING
            or paid_fen(image, facts, payment) == MISSING
            or is_paid_under(image, measure, facts, payment)
            or (
                image[measure + w.M_REACH] != w.ALL_CLAUSES and names_document(image, measure, facts, payment)
            )
        ):
            continue
        for other in range(first, end, w.AWARD):
            if fact_id(facts, out, other) == fact and same_matter(
                image, image[measure + w.M_MATTER], facts, out, award, other
            ):
                total += paid_fen(image, facts, payment)
                is_paid = True
                break
    if not is_paid:
        return -1
    if image[measure + w.M_AFTER] == w.NOTHING_AFTER:
        return 0
    return max(out[award + w.O_CEILING] - total, 0)
