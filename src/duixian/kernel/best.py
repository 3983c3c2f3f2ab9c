"""The exact choice (就高): of all sets of awards that keep every bound, the one that gives the enterprise most.

Of equal totals the set that holds the earlier award. Within a set, sums and ladders are used up in the order of event dates.
"""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.bounds import (
    B_COUNT,
    B_COUNTS,
    B_DIFFERENCE,
    B_FIRST,
    B_HIGHEST,
    B_PAID,
    B_ROOM,
    B_SUMS,
    B_TYPE,
    BOUND,
)
from duixian.kernel.compiled import compiled
from duixian.kernel.words import Words

MISSING = w.MISSING
MOST_STEPS = 20_000
"""Steps of a search after which the reference engine is asked: ordinary dossiers need fewer than a hundred."""

# Columns of the scratch table that holds, for each living award:
Z_LEADER, Z_AMOUNT, Z_TAKEN, Z_IN_TIME, Z_PLACE, Z_LEFT, Z_BEST, Z_STATE, Z_SUFFIX = range(9)
SCRATCH = 9


@compiled
def best_set(
    out: Words, alive: Words, count: int, bounds: Words, used: int, members: Words, scratch: Words
) -> bool:
    """Write the amount of every living award into ``scratch``, missing for those left out; false when it is too entangled."""
    for place in range(count):
        scratch[place * SCRATCH + Z_LEADER] = place
        scratch[place * SCRATCH + Z_AMOUNT] = MISSING
    for bound in range(used):
        first = bounds[bound * BOUND + B_FIRST]
        low = scratch[members[first] * SCRATCH + Z_LEADER]
        for number in range(1, bounds[bound * BOUND + B_COUNT]):
            other = scratch[members[first + number] * SCRATCH + Z_LEADER]
            if other != low:
                small, large = min(low, other), max(low, other)
                for place in range(count):
                    if scratch[place * SCRATCH + Z_LEADER] == large:
                        scratch[place * SCRATCH + Z_LEADER] = small
                low = small
    for leader in range(count):
        if scratch[leader * SCRATCH + Z_LEADER] != leader:
            continue
        size = 0
        for place in range(leader, count):
            if scratch[place * SCRATCH + Z_LEADER] == leader:
                scratch[size * SCRATCH + Z_PLACE] = place
                size += 1
        if not _choose_among(out, alive, leader, size, bounds, used, members, scratch):
            return False
    return True


@compiled
def _choose_among(
    out: Words, alive: Words, leader: int, size: int, bounds: Words, used: int, members: Words, scratch: Words
) -> bool:
    """Choose among awards that bounds tie together; their places stand in ``scratch``."""
    counts, sums, others, single = 0, 0, 0, -1
    for bound in range(used):
        if scratch[members[bounds[bound * BOUND + B_FIRST]] * SCRATCH + Z_LEADER] != leader:
            continue
        type_ = bounds[bound * BOUND + B_TYPE]
        if type_ == B_COUNTS or type_ == B_HIGHEST:
            counts += 1
            single = bound
        elif type_ == B_SUMS or type_ == B_PAID:
            sums += 1
        else:
            others += 1
    _order_in_time(out, alive, size, scratch)
    if size == 1:
        scratch[0 * SCRATCH + Z_TAKEN] = 1
        place = scratch[0 * SCRATCH + Z_PLACE]
        for bound in range(used):
            type_ = bounds[bound * BOUND + B_TYPE]
            if (
                (type_ == B_COUNTS or type_ == B_HIGHEST)
                and members[bounds[bound * BOUND + B_FIRST]] == place
                and bounds[bound * BOUND + B_ROOM] <= 0
            ):
                return True
        _amounts(out, alive, leader, size, bounds, used, members, scratch)
        return True
    if others == 0 and counts == 0 and not _cross(leader, bounds, used, members, scratch):
        for number in range(size):
            scratch[number * SCRATCH + Z_TAKEN] = 1
        _amounts(out, alive, leader, size, bounds, used, members, scratch)
        return True
    if others == 0 and counts == 1 and sums == 0:
        _take_highest(out, alive, size, bounds, single, members, scratch)
        return True
    return _search(out, alive, leader, size, bounds, used, members, scratch)


@compiled
def _order_in_time(out: Words, alive: Words, size: int, scratch: Words) -> None:
    """The awards by event date, then as they come."""
    for number in range(size):
        day = out[alive[scratch[number * SCRATCH + Z_PLACE]] + w.O_DAY]
        at = number
        while (
            at > 0
            and out[alive[scratch[scratch[(at - 1) * SCRATCH + Z_IN_TIME] * SCRATCH + Z_PLACE]] + w.O_DAY]
            > day
        ):
            scratch[at * SCRATCH + Z_IN_TIME] = scratch[(at - 1) * SCRATCH + Z_IN_TIME]
            at -= 1
        scratch[at * SCRATCH + Z_IN_TIME] = number


@compiled
def _amounts(
    out: Words, alive: Words, leader: int, size: int, bounds: Words, used: int, members: Words, scratch: Words
) -> int:
    """What the taken awards give: each takes its ceiling, or what its sums and ladders leave. The total."""
    for bound in range(used):
        type_ = bounds[bound * BOUND + B_TYPE]
        if type_ == B_SUMS or type_ == B_PAID or type_ == B_DIFFERENCE:
            scratch[bound * SCRATCH + Z_LEFT] = bounds[bound * BOUND + B_ROOM]
    total = 0
    for number in range(size):
        index = scratch[number * SCRATCH + Z_IN_TIME]
        place = scratch[index * SCRATCH + Z_PLACE]
        if scratch[index * SCRATCH + Z_TAKEN] == 0:
            scratch[place * SCRATCH + Z_AMOUNT] = MISSING
            continue
        ceiling = out[alive[place] + w.O_CEILING]
        amount = ceiling
        for bound in range(used):
            type_ = bounds[bound * BOUND + B_TYPE]
            if (type_ == B_SUMS or type_ == B_PAID) and holds(bounds, bound, members, place):
                amount = min(amount, scratch[bound * SCRATCH + Z_LEFT])
            elif type_ == B_DIFFERENCE and holds(bounds, bound, members, place):
                amount = min(amount, ceiling - scratch[bound * SCRATCH + Z_LEFT])
        amount = max(amount, 0)
        for bound in range(used):
            type_ = bounds[bound * BOUND + B_TYPE]
            if (type_ == B_SUMS or type_ == B_PAID) and holds(bounds, bound, members, place):
                scratch[bound * SCRATCH + Z_LEFT] -= amount
            elif type_ == B_DIFFERENCE and holds(bounds, bound, members, place):
                scratch[bound * SCRATCH + Z_LEFT] += amount
        scratch[place * SCRATCH + Z_AMOUNT] = amount
        total += amount
    return total


@compiled
def holds(bounds: Words, bound: int, members: Words, place: int) -> bool:
    """Whether a bound holds an award."""
    first = bounds[bound * BOUND + B_FIRST]
    for number in range(bounds[bound * BOUND + B_COUNT]):
        if members[first + number] == place:
            return True
    return False


@compiled
def _cross(leader: int, bounds: Words, used: int, members: Words, scratch: Words) -> bool:
    """Whether two sums overlap without one holding the other: then leaving an award out may pay."""
    for one in range(used):
        if scratch[members[bounds[one * BOUND + B_FIRST]] * SCRATCH + Z_LEADER] != leader:
            continue
        for two in range(one + 1, used):
            if scratch[members[bounds[two * BOUND + B_FIRST]] * SCRATCH + Z_LEADER] != leader:
                continue
            common = 0
            for number in range(bounds[one * BOUND + B_COUNT]):
                common += holds(bounds, two, members, members[bounds[one * BOUND + B_FIRST] + number])
            if 0 < common < bounds[one * BOUND + B_COUNT] and common < bounds[two * BOUND + B_COUNT]:
                return True
    return False


@compiled
def _take_highest(
    out: Words, alive: Words, size: int, bounds: Words, bound: int, members: Words, scratch: Words
) -> None:
    """The highest awards of one group, as many as it has room for; of equal ones the earlier."""
    for number in range(size):
        place = scratch[number * SCRATCH + Z_PLACE]
        ceiling = out[alive[place] + w.O_CEILING]
        before = 0
        for other in range(size):
            rival = scratch[other * SCRATCH + Z_PLACE]
            value = out[alive[rival] + w.O_CEILING]
            if holds(bounds, bound, members, rival) and (
                value > ceiling or (value == ceiling and rival < place)
            ):
                before += 1
        is_free = not holds(bounds, bound, members, place)
        scratch[place * SCRATCH + Z_AMOUNT] = (
            ceiling if is_free or before < bounds[bound * BOUND + B_ROOM] else MISSING
        )


@compiled
def _search(
    out: Words, alive: Words, leader: int, size: int, bounds: Words, used: int, members: Words, scratch: Words
) -> bool:
    """Every set, depth first, taking each award before leaving it; branches that cannot give more are cut."""
    suffix = 0
    for number in range(size - 1, -1, -1):
        suffix += out[alive[scratch[number * SCRATCH + Z_PLACE]] + w.O_CEILING]
        scratch[number * SCRATCH + Z_SUFFIX] = suffix
        scratch[number * SCRATCH + Z_STATE] = 0
        scratch[number * SCRATCH + Z_TAKEN] = 0
    best, taken, steps, at = -1, 0, 0, 0
    while at >= 0:
        steps += 1
        if steps > MOST_STEPS:
            return False
        if at == size:
            if taken > best:
                total = _amounts(out, alive, leader, size, bounds, used, members, scratch)
                if total > best:
                    best = total
                    for number in range(size):
                        scratch[number * SCRATCH + Z_BEST] = scratch[
                            scratch[number * SCRATCH + Z_PLACE] * SCRATCH + Z_AMOUNT
                        ]
            at -= 1
            continue
        state = scratch[at * SCRATCH + Z_STATE]
        ceiling = out[alive[scratch[at * SCRATCH + Z_PLACE]] + w.O_CEILING]
        if state == 0:
            scratch[at * SCRATCH + Z_STATE] = 1
            if taken + scratch[at * SCRATCH + Z_SUFFIX] <= best:
                scratch[at * SCRATCH + Z_STATE] = 0
                at -= 1
            elif _may_take(at, leader, bounds, used, members, scratch):
                scratch[at * SCRATCH + Z_TAKEN] = 1
                taken += ceiling
                at += 1
        elif state == 1:
            scratch[at * SCRATCH + Z_STATE] = 2
            taken -= ceiling * scratch[at * SCRATCH + Z_TAKEN]
            scratch[at * SCRATCH + Z_TAKEN] = 0
            at += 1
        else:
            scratch[at * SCRATCH + Z_STATE] = 0
            at -= 1
    for number in range(size):
        scratch[scratch[number * SCRATCH + Z_PLACE] * SCRATCH + Z_AMOUNT] = scratch[number * SCRATCH + Z_BEST]
    return True


@compiled
def _may_take(at: int, leader: int, bounds: Words, used: int, members: Words, scratch: Words) -> bool:
    """Whether the awards taken so far leave room for the one at ``at``."""
    place = scratch[at * SCRATCH + Z_PLACE]
    for bound in range(used):
        type_ = bounds[bound * BOUND + B_TYPE]
        if type_ == B_SUMS or type_ == B_PAID or type_ == B_DIFFERENCE:
            continue
        if scratch[members[bounds[bound * BOUND + B_FIRST]] * SCRATCH + Z_LEADER] != leader or not holds(
            bounds, bound, members, place
        ):
            continue
        chosen = 0
        for number in range(at):
            if scratch[number * SCRATCH + Z_TAKEN] == 1 and holds(
                bounds, bound, members, scratch[number * SCRATCH + Z_PLACE]
            ):
                chosen += 1
        if chosen >= bounds[bound * BOUND + B_ROOM]:
            return False
    return True
