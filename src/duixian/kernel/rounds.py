"""History decides 获评, 首次 and 复评: what the facts of one enterprise show of earlier recognitions."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled
from duixian.kernel.machine import RANGES
from duixian.kernel.words import Words

MISSING = w.MISSING
SHAPE_MASK = 0xFFFFFFFF
NOBODY = 0
UNSURE = -1
SOMEBODY = 1


@compiled
def round_holds(
    image: Words, measure: int, plan: int, facts: Words, trigger: int, desk: Words
) -> tuple[int, int]:
    """Whether the round of a recognition is the one that a row pays for (0, 1 or what is missing), and why not.

    The reason is also told where the answer is yes or unknown; it counts only where the row is refused.
    """
    row = image[plan + w.P_ROW]
    if image[plan + w.P_ROUND] == w.ROUND_FIRST:
        among = image[measure + w.M_FIRST_AMONG]
        found, mask = earlier(image, measure, row, among, facts, trigger, desk)
        if found == UNSURE:
            return -mask, w.R_UNKNOWN
        return int(found == NOBODY), w.R_NOT_FIRST
    found, mask = earlier(image, measure, row, w.AMONG_ROW, facts, trigger, desk)
    if found == UNSURE:
        return -mask, w.R_UNKNOWN
    again = image[measure + w.M_AGAIN]
    wanted = image[row + w.A_WANTED]
    if found == NOBODY:
        return int(wanted == w.WANTS_AWARDED), w.R_WITHOUT_HISTORY
    if image[plan + w.P_STATED] == w.STATED_NOT or again == w.AS_RENEWED:
        return int(wanted == w.WANTS_RENEWED), w.R_BY_HISTORY
    if again == w.NOTHING_AGAIN:
        return 0, w.R_AWARDED_BEFORE
    return int(wanted == w.WANTS_AWARDED), w.R_BY_HISTORY


@compiled
def earlier(
    image: Words, measure: int, row: int, among: int, facts: Words, trigger: int, desk: Words
) -> tuple[int, int]:
    """Whether there is an earlier recognition of the kind asked for: nobody, somebody, or unsure and what is missing."""
    word = facts[trigger + w.F_SHAPE]
    kind = word >> w.KIND_SHIFT
    own = word & SHAPE_MASK
    tables = image[w.H_TABLES]
    if among == w.AMONG_TITLE:
        table = image[tables + image[image[w.H_KINDS] + kind * w.KIND + w.K_TITLES]]
    elif among == w.AMONG_ROW:
        table = image[tables + image[row + w.A_TABLE]]
    else:
        table = image[tables + image[measure + w.M_AMONG_TABLE]]
    unknown = 0
    for other in range(desk[RANGES + 2 * kind], trigger, image[w.H_FACT_WORDS]):
        shape = facts[other + w.F_SHAPE] & SHAPE_MASK
        if among == w.AMONG_TITLE:
            found = int(image[table + shape] == image[table + own] and image[table + own] != MISSING)
        else:
            found = image[table + shape]
        if found == 0 or facts[other + w.F_ID] == facts[trigger + w.F_ID]:
            continue
        same = same_keys(image, image[measure + w.M_FIRST_PER], facts, trigger, other)
        if same == 0:
            continue
        if found > 0 and same > 0:
            return SOMEBODY, 0
        unknown |= (-found if found < 0 else 0) | (-same if same < 0 else 0)
    if unknown != 0:
        return UNSURE, unknown
    return NOBODY, 0


@compiled
def same_keys(image: Words, per: int, facts: Words, one: int, two: int) -> int:
    """Whether two facts of a kind are alike in some fields; unknown at the first field that one of them lacks."""
    for place in range(image[per]):
        key = per + 1 + place * w.KEY
        first, second = cell_of(image, key, facts, one), cell_of(image, key, facts, two)
        if first == MISSING or second == MISSING:
            return -image[key + w.G_BIT]
        if first != second:
            return 0
    return 1


@compiled
def cell_of(image: Words, key: int, facts: Words, fact: int) -> int:
    """What a fact holds in a field that makes groups."""
    where = image[key + w.G_WHERE]
    if image[key + w.G_TYPE] == w.KEY_CELL:
        return facts[fact + where]
    shape = facts[fact + w.F_SHAPE] & SHAPE_MASK
    return image[image[image[w.H_TABLES] + where] + shape]
