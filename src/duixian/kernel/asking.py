"""Asking further (逐项追问): the pairs of which more is asked than their day: earlier facts, guards, exclusions."""

from __future__ import annotations

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.dividing import quotient
from duixian.kernel.outright import AFTER, OUTCOME, is_odd
from duixian.kernel.words import Words

MISSING = w.MISSING
SHAPE_MASK = 0xFFFFFFFF
FAILS = w.INELIGIBLE << w.OUTCOME_SHIFT | w.R_FAILS << w.REASON_SHIFT
BARRED = w.INELIGIBLE << w.OUTCOME_SHIFT | w.R_BARRED << w.REASON_SHIFT
RULE = (1 << w.DETAIL_SHIFT) - 1
NOBODY, SOMEBODY, UNSURE = range(3)


@compiled
def look_back(
    image: Words, facts: Words, first: int, starts: Words, begin: int, as_of: int, bench: Words, back: int, guarded: int,
    living: int,
) -> tuple[int, int, int]:  # fmt: skip
    """Whether an earlier fact makes an award another than the first, and whatever is out of the ordinary; how many are then listed for
    guards, as alive, and for the long way."""
    width, long = image[w.H_FACT_WORDS], 0
    for number in range(back):
        pair = bench[b.BACK + number]
        key, entry, here = bench[b.KEYS + pair], bench[b.ENTRIES + pair], bench[b.PLACES + pair]
        owner, fact, way = key >> b.OWNER_SHIFT, (first + (key & b.PLACE)) * width, image[entry + w.U_WAY]
        found = UNSURE
        if way & w.WAY_UNMATCHED:
            refuse(bench, here, fact, image[entry + w.U_HEAD], 0)
            bench[b.BOUND + owner] |= bench[b.RULE_BITS + owner] & image[entry + w.U_TIES]
            bench[b.RULE_BITS + owner] |= image[entry + w.U_TIES]
            continue
        if facts[fact + w.F_DATE] > as_of:
            refuse(bench, here, fact, AFTER, 0)
            bench[here + w.Q_RULE] &= w.PART_MASK
            continue
        if way & w.WAY_IF_FIRST and key >> b.BEFORE_SHIFT & 1:
            found = earlier(image, entry, facts, starts[begin + owner] * width, fact)
            if found == NOBODY and is_odd(facts[fact + image[entry + w.U_DATE_SLOT]]):
                found = UNSURE
        if found == SOMEBODY and image[entry + w.U_SECOND] != 0:
            refuse(bench, here, fact, image[entry + w.U_SECOND], 0)
        elif found != NOBODY:
            bench[b.LONG + long] = pair
            long += 1
        elif way & (w.WAY_GUARDED | w.WAY_RATE) or bench[b.PRESENT + owner] & image[entry + w.U_BARRED_BY]:
            bench[b.GUARDED + guarded] = pair
            guarded += 1
        else:
            bench[b.LIVING + living] = pair
            living += bench[here + w.Q_FACT] & OUTCOME == w.PAYABLE
    return guarded, living, long


@compiled
def earlier(image: Words, entry: int, facts: Words, low: int, fact: int) -> int:
    """Whether an earlier fact of the same kind counts against the trigger being the first."""
    width = image[w.H_FACT_WORDS]
    word = facts[fact + w.F_SHAPE]
    kind, own = word >> w.KIND_SHIFT, word & SHAPE_MASK
    by_title = image[entry + w.U_BY_TITLE] != 0
    table = image[image[w.H_TABLES] + image[entry + w.U_HISTORY]]
    title = image[table + own]
    found = NOBODY
    for other in range(fact - width, low - 1, -width):
        there = facts[other + w.F_SHAPE]
        if there >> w.KIND_SHIFT != kind:
            break
        told = image[table + (there & SHAPE_MASK)]
        counts = ((told == title) & (title != MISSING)) if by_title else (told != 0)
        if counts and facts[other + w.F_ID] != facts[fact + w.F_ID]:
            if by_title or told > 0:
                return SOMEBODY
            found = UNSURE
    return found


@compiled
def pass_guards(
    image: Words, facts: Words, first: int, starts: Words, begin: int, subjects: Words, subject: int, subject_words: int, as_of: int,
    bench: Words, guarded: int, living: int, long: int,
) -> tuple[int, int]:  # fmt: skip
    """Ask the guards of those pairs that have some, compute rates, and see what bars them; how many are then alive, or go the long way."""
    width, tables = image[w.H_FACT_WORDS], image[w.H_TABLES]
    for number in range(guarded):
        pair = bench[b.GUARDED + number]
        key, entry, here = bench[b.KEYS + pair], bench[b.ENTRIES + pair], bench[b.PLACES + pair]
        owner, fact = key >> b.OWNER_SHIFT, (first + (key & b.PLACE)) * width
        shape, present = subjects[subject + owner * subject_words], bench[b.PRESENT + owner]
        failing, is_unsure = -1, False
        guard = image[entry + w.U_GUARDS]
        for _ in range(image[entry + w.U_GUARD_COUNT]):
            cell = facts[fact + image[guard + w.J_SLOT]]
            told = image[image[tables + image[guard + w.J_TABLE]] + shape]
            value = (cell & image[guard + w.J_BY_CELL]) | (told & image[guard + w.J_BY_TABLE])
            if present & image[guard + w.J_KINDS]:
                value = seek(image, image[guard + w.J_SEEK], facts, starts, begin + owner, fact, as_of)
                is_unsure |= value == UNSURE
            is_unsure |= value < image[guard + w.J_LEAST]
            fails = (value < image[guard + w.J_LOW]) | (value > image[guard + w.J_HIGH])
            failing = image[guard + w.J_NAME] if fails & (failing < 0) else failing
            guard += w.GUARD
        row, is_rate = image[entry + w.U_ROW], image[entry + w.U_WAY] & w.WAY_RATE != 0
        base = facts[fact + image[row + w.A_BASE_SLOT]]
        is_safe = (base > 0) & (base <= image[row + w.A_SAFE])
        ceiling = rate_of(image, row, base if is_safe else 0) if is_rate else image[entry + w.U_CEILING]
        is_unsure |= is_rate & ((not is_safe) | (ceiling <= 0))
        told, rule, passes = bench[here + w.Q_FACT], bench[here + w.Q_RULE], failing < 0
        is_alive = passes & (told & OUTCOME == w.PAYABLE)
        bench[here + w.Q_FACT] = told if passes else (fact | FAILS)
        bench[here + w.Q_RULE] = rule if passes else ((rule & RULE) | failing << w.DETAIL_SHIFT)
        bench[here + w.Q_CEILING] = ceiling if passes else MISSING
        bench[here + w.Q_BASE] = base if passes & is_rate else MISSING
        bench[here + w.Q_AMOUNT] = min(ceiling, image[entry + w.U_ALONE]) & -int(is_alive)
        if present & image[entry + w.U_BARRED_BY] and is_alive:
            is_unsure |= is_barred(
                image, entry, facts, starts, begin + owner, fact, as_of, present, bench, here
            )
            is_alive = bench[here + w.Q_FACT] & OUTCOME == w.PAYABLE
        bench[b.LONG + long] = pair
        long += is_unsure
        bench[b.LIVING + living] = pair
        living += is_alive & (not is_unsure)
    return living, long


@compiled
def is_barred(
    image: Words, entry: int, facts: Words, starts: Words, enterprise: int, fact: int, as_of: int, present: int, bench: Words,
    here: int,
) -> bool:  # fmt: skip
    """Ask the exclusions that facts of the enterprise may answer; whether their answer is unsure."""
    guard = image[entry + w.U_BARS]
    for _ in range(image[entry + w.U_BAR_COUNT]):
        if present & image[guard + w.J_KINDS]:
            found = seek(image, image[guard + w.J_SEEK], facts, starts, enterprise, fact, as_of)
            if found == SOMEBODY:
                bench[here + w.Q_FACT] = fact | BARRED
                bench[here + w.Q_RULE] |= image[guard + w.J_NAME] << w.DETAIL_SHIFT
                bench[here + w.Q_AMOUNT] = 0
            if found != NOBODY:
                return found == UNSURE
        guard += w.GUARD
    return False


@compiled
def seek(image: Words, at: int, facts: Words, starts: Words, enterprise: int, fact: int, as_of: int) -> int:
    """Whether the enterprise has a known fact of a kind that passes a table, one cell of which compares so with the trigger's."""
    if at == w.NOT_SOUGHT:
        return UNSURE
    width = image[w.H_FACT_WORDS]
    kind, table = image[at + w.V_KIND], image[image[w.H_TABLES] + image[at + w.V_TABLE]]
    slot, own = image[at + w.V_CELL], facts[fact + image[at + w.V_OWN_CELL]]
    found = NOBODY
    for number in range(starts[enterprise], starts[enterprise + 1]):
        other = number * width
        word = facts[other + w.F_SHAPE]
        if word >> w.KIND_SHIFT != kind or facts[other + w.F_DATE] > as_of:
            continue
        told, cell = image[table + (word & SHAPE_MASK)], facts[other + slot]
        is_known = (cell != MISSING) & (own != MISSING)
        lies = cell - own if is_known else 0
        holds = (lies >= image[at + w.V_LOW]) & (lies <= image[at + w.V_HIGH])
        if told == 0 or (is_known and not holds):
            continue
        if told > 0 and is_known:
            return SOMEBODY
        found = UNSURE
    return found


@compiled_within
def refuse(bench: Words, here: int, fact: int, head: int, name: int) -> None:
    """Nothing more is told than why: no year, no ceiling, no base."""
    bench[here + w.Q_FACT] = fact | head
    bench[here + w.Q_RULE] = (bench[here + w.Q_RULE] & RULE) | name << w.DETAIL_SHIFT
    bench[here + w.Q_CEILING] = MISSING
    bench[here + w.Q_BASE] = MISSING
    bench[here + w.Q_AMOUNT] = 0


@compiled_within
def rate_of(image: Words, row: int, base: int) -> int:
    """A row's rate of a base, rounded down to the fen and capped."""
    cap, exact = image[row + w.A_CAP], base * image[row + w.A_NUMERATOR]
    ceiling = quotient(exact, image[row + w.A_FACTOR], image[row + w.A_SHIFT])
    return cap if (cap >= 0) & (ceiling > cap) else ceiling
