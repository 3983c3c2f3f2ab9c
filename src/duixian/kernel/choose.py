"""Step 4, choose (就高): 就高不重复 and all limits together, after what was already paid."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.best import SCRATCH, Z_AMOUNT, best_set, holds
from duixian.kernel.bounds import (
    B_COUNT,
    B_COUNTS,
    B_DETAIL,
    B_DIFFERENCE,
    B_FIRST,
    B_HIGHEST,
    B_PAID,
    B_RIVALS,
    B_ROOM,
    B_SUMS,
    B_TYPE,
    BOUND,
    MOST_ALIVE,
    MOST_BOUNDS,
    OVERFLOW,
    add_ladders,
    add_limits,
    add_rivals,
    settle_unkeyed,
)
from duixian.kernel.compiled import compiled
from duixian.kernel.groups import bars, fact_id, is_paid_under, limit_applies, paid_fact, paid_fen
from duixian.kernel.local_steps import settle
from duixian.kernel.machine import RANGES
from duixian.kernel.widths import LARGEST
from duixian.kernel.words import Words

MISSING = w.MISSING
ALIVE = w.ALIVE


@compiled
def choose(
    image: Words, facts: Words, out: Words, first: int, end: int, desk: Words, alive: Words, bounds: Words,
    members: Words, scratch: Words,
) -> bool:  # fmt: skip
    """Settle every award of one enterprise that is still alive; false when the reference engine has to."""
    pay_from, pay_to = payments_of(image, facts, desk)
    if pay_from < pay_to:
        _settle_paid(image, facts, out, first, end, pay_from, pay_to)
    return choose_among(image, facts, out, first, end, pay_from, pay_to, alive, bounds, members, scratch)


@compiled
def choose_among(
    image: Words, facts: Words, out: Words, first: int, end: int, pay_from: int, pay_to: int, alive: Words, bounds: Words,
    members: Words, scratch: Words,
) -> bool:  # fmt: skip
    """Settle the awards that are alive, after the payments that lie in between; false when the reference engine has to."""
    while True:
        count = 0
        for award in range(first, end, w.AWARD):
            if out[award + w.O_OUTCOME] == ALIVE:
                if count == MOST_ALIVE:
                    return False
                alive[count] = award
                count += 1
        if count == 0:
            return True
        if count == 1 and pay_from >= pay_to:
            settle_alone(image, out, alive[0])
            return True
        if pay_from >= pay_to and not _are_tied(image, facts, out, alive, count):
            for place in range(count):
                settle_alone(image, out, alive[place])
            return True
        if not settle_unkeyed(image, facts, out, alive, count):
            break
        for place in range(count):
            if out[alive[place] + w.O_MISSING] != 0:
                lacks = out[alive[place] + w.O_MISSING]
                settle(out, alive[place], w.UNKNOWN, w.R_KEY_UNKNOWN, 0, lacks)
    if not _sums_fit(image, facts, out, alive, count, pay_from, pay_to):
        return False
    return _choose_together(
        image, facts, out, first, end, pay_from, pay_to, alive, count, bounds, members, scratch
    )


@compiled
def _choose_together(
    image: Words, facts: Words, out: Words, first: int, end: int, pay_from: int, pay_to: int, alive: Words, count: int,
    bounds: Words, members: Words, scratch: Words,
) -> bool:  # fmt: skip
    """Settle the living awards under all their rules; false when there are too many of them."""
    used = add_limits(image, facts, out, first, end, alive, count, pay_from, pay_to, bounds, members)
    if used != OVERFLOW:
        used = add_ladders(
            image, facts, out, first, end, alive, count, pay_from, pay_to, bounds, used, members
        )
    if used != OVERFLOW:
        used = add_rivals(
            image, facts, out, first, end, alive, count, pay_from, pay_to, bounds, used, members
        )
    if used == OVERFLOW or used > MOST_BOUNDS:
        return False
    if used == 0:
        for place in range(count):
            _pay(out, alive[place], out[alive[place] + w.O_CEILING])
        return True
    if not best_set(out, alive, count, bounds, used, members, scratch):
        return False
    for place in range(count):
        amount = scratch[place * SCRATCH + Z_AMOUNT]
        if (amount != MISSING and amount != 0) or not _is_bound(bounds, used, members, place):
            _pay(out, alive[place], amount)
        else:
            _refuse(out, alive, place, bounds, used, members, scratch)
    return True


@compiled
def _sums_fit(
    image: Words, facts: Words, out: Words, alive: Words, count: int, pay_from: int, pay_to: int
) -> bool:
    """Whether all that is alive and all that was paid adds up within a word."""
    left = LARGEST
    for place in range(count):
        left -= min(out[alive[place] + w.O_CEILING], left + 1)
        if left < 0:
            return False
    for payment in range(pay_from, pay_to, image[w.H_FACT_WORDS]):
        fen = paid_fen(image, facts, payment)
        if fen != MISSING:
            left -= min(abs(fen), left + 1)
            if left < 0:
                return False
    return True


@compiled
def payments_of(image: Words, facts: Words, desk: Words) -> tuple[int, int]:
    """From where to where the enterprise's payments go; nowhere when none of them tells its amount."""
    kind = image[w.H_PAYMENT_KIND]
    if kind >= 0:
        pay_from, pay_to = desk[RANGES + 2 * kind], desk[RANGES + 2 * kind + 1]
        for payment in range(pay_from, pay_to, image[w.H_FACT_WORDS]):
            if paid_fen(image, facts, payment) != MISSING:
                return pay_from, pay_to
    return 0, 0


@compiled
def _settle_paid(
    image: Words, facts: Words, out: Words, first: int, end: int, pay_from: int, pay_to: int
) -> None:
    """An award that was paid is finished, even below its ceiling: approval decided the amount."""
    for award in range(first, end, w.AWARD):
        if out[award + w.O_OUTCOME] != ALIVE:
            continue
        for payment in range(pay_from, pay_to, image[w.H_FACT_WORDS]):
            if (
                paid_fen(image, facts, payment) != MISSING
                and paid_fact(image, facts, payment) == fact_id(facts, out, award)
                and is_paid_under(image, out[award + w.O_MEASURE], facts, payment)
            ):
                settle(out, award, w.OVER_LIMIT, w.R_PAID, 0, 0)
                break


@compiled
def _are_tied(image: Words, facts: Words, out: Words, alive: Words, count: int) -> bool:
    """Whether some rule may hold between two awards; most awards stand alone."""
    for place in range(count):
        one = alive[place]
        measure = out[one + w.O_MEASURE]
        has_limits = image[measure + w.M_LIMIT_COUNT] != 0
        has_ladders = image[measure + w.M_LADDER_COUNT] != 0
        for next_ in range(place + 1, count):
            two = alive[next_]
            other = out[two + w.O_MEASURE]
            if (
                (has_limits and measure == other)
                or (has_ladders and image[other + w.M_LADDER_COUNT] != 0)
                or bars(image, facts, out, one, two)
                or bars(image, facts, out, two, one)
            ):
                return True
    return False


@compiled
def settle_alone(image: Words, out: Words, award: int) -> None:
    """An award without rivals takes its ceiling, or what its own limit allows."""
    amount = out[award + w.O_CEILING]
    measure = out[award + w.O_MEASURE]
    for number in range(image[measure + w.M_LIMIT_COUNT]):
        limit = image[measure + w.M_LIMITS] + number * w.LIMIT
        most = image[limit + w.L_MOST_FEN]
        if 0 <= most < amount and limit_applies(image, limit, out, award):
            amount = most
    _pay(out, award, amount)


@compiled
def _pay(out: Words, award: int, amount: int) -> None:
    settle(out, award, w.PAYABLE, w.R_PAYABLE, 0, 0)
    out[award + w.O_AMOUNT] = amount


@compiled
def _is_bound(bounds: Words, used: int, members: Words, place: int) -> bool:
    for bound in range(used):
        for number in range(bounds[bound * BOUND + B_COUNT]):
            if members[bounds[bound * BOUND + B_FIRST] + number] == place:
                return True
    return False


@compiled
def _refuse(
    out: Words, alive: Words, place: int, bounds: Words, used: int, members: Words, scratch: Words
) -> None:
    """Name the rule that kept an award out, or that left it nothing: a rival that was taken before any limit."""
    chosen = _telling_bound(out, alive, place, bounds, used, members, scratch, True)
    if chosen < 0:
        # Left out for the sake of others although it would have fitted in: then any of its rules tells why.
        chosen = _telling_bound(out, alive, place, bounds, used, members, scratch, False)
    award = alive[place]
    type_ = bounds[chosen * BOUND + B_TYPE]
    if type_ == B_COUNTS:
        settle(out, award, w.OVER_LIMIT, w.R_COUNT, bounds[chosen * BOUND + B_DETAIL], 0)
    elif type_ == B_SUMS:
        settle(out, award, w.OVER_LIMIT, w.R_SUM, bounds[chosen * BOUND + B_DETAIL], 0)
    elif type_ == B_HIGHEST:
        settle(out, award, w.NOT_HIGHEST, w.R_LADDER_HIGHEST, bounds[chosen * BOUND + B_DETAIL], 0)
    elif type_ == B_DIFFERENCE:
        settle(out, award, w.NOT_HIGHEST, w.R_LADDER_DIFFERENCE, bounds[chosen * BOUND + B_DETAIL], 0)
    elif type_ == B_PAID:
        settle(out, award, w.NOT_HIGHEST, w.R_MATTER_PAID, 0, 0)
    else:
        settle(out, award, w.NOT_HIGHEST, w.R_BEATEN, bounds[chosen * BOUND + B_DETAIL], 0)


@compiled
def _telling_bound(
    out: Words,
    alive: Words,
    place: int,
    bounds: Words,
    used: int,
    members: Words,
    scratch: Words,
    only_tight: bool,
) -> int:
    """The bound that tells why an award is refused; -1 when none of those asked for holds it."""
    first, first_keeping, first_beaten = -1, -1, -1
    for bound in range(used):
        if not holds(bounds, bound, members, place):
            continue
        if only_tight and not _is_tight(out, alive, place, bounds, bound, members, scratch):
            continue
        type_ = bounds[bound * BOUND + B_TYPE]
        if first < 0:
            first = bound
        if first_keeping < 0 and type_ != B_SUMS and type_ != B_DIFFERENCE and type_ != B_PAID:
            first_keeping = bound
        if first_beaten < 0 and type_ == B_RIVALS:
            first_beaten = bound
    if first_beaten >= 0:
        return first_beaten
    if scratch[place * SCRATCH + Z_AMOUNT] == MISSING and first_keeping >= 0:
        return first_keeping
    return first


@compiled
def _is_tight(
    out: Words, alive: Words, place: int, bounds: Words, bound: int, members: Words, scratch: Words
) -> bool:
    """Whether, in the chosen set, a bound leaves nothing more to the award at ``place``, which it holds."""
    number_taken, given, is_member = 0, 0, False
    for number in range(bounds[bound * BOUND + B_COUNT]):
        member = members[bounds[bound * BOUND + B_FIRST] + number]
        amount = scratch[member * SCRATCH + Z_AMOUNT]
        if member == place:
            is_member = True
            given += amount if amount != MISSING else 0
        elif amount != MISSING:
            number_taken += 1
            given += amount
    if not is_member:
        return False
    type_ = bounds[bound * BOUND + B_TYPE]
    room = bounds[bound * BOUND + B_ROOM]
    if type_ == B_DIFFERENCE:
        return given + room >= out[alive[place] + w.O_CEILING]
    if type_ == B_SUMS or type_ == B_PAID:
        return given >= room
    return number_taken >= room
