"""Match, entitle, exclude (匹配、计算、排除): the steps that look at one fact under one measure."""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.calendar import year_of
from duixian.kernel.compiled import compiled
from duixian.kernel.machine import RANGES, evaluate
from duixian.kernel.rounds import round_holds
from duixian.kernel.words import Words

MISSING = w.MISSING
SHAPE_MASK = 0xFFFFFFFF
ALIVE = w.ALIVE
BY_CODE = 2
"""In place of an answer: the code has to be asked."""


@compiled
def begin(out: Words, at: int, measure: int, fact: int) -> None:
    """An empty result for a fact under a measure."""
    out[at + w.O_FACT] = fact
    out[at + w.O_MEASURE] = measure
    out[at + w.O_ROW] = -1
    out[at + w.O_OUTCOME] = ALIVE
    out[at + w.O_REASON] = 0
    out[at + w.O_DETAIL] = 0
    out[at + w.O_CEILING] = MISSING
    out[at + w.O_BASE] = MISSING
    out[at + w.O_AMOUNT] = 0
    out[at + w.O_YEAR] = MISSING
    out[at + w.O_DAY] = MISSING
    out[at + w.O_MISSING] = 0


@compiled
def settle(out: Words, at: int, outcome: int, reason: int, detail: int, missing: int) -> None:
    """End the way of an award. What is not known tells no amount, what is refused tells nothing."""
    out[at + w.O_OUTCOME] = outcome
    out[at + w.O_AMOUNT] = MISSING if outcome == w.UNKNOWN or outcome == w.UNDECIDED else 0
    out[at + w.O_REASON] = reason
    out[at + w.O_DETAIL] = detail
    out[at + w.O_MISSING] = missing


@compiled
def decide_alone(
    image: Words, measure: int, facts: Words, fact: int, subjects: Words, subject: int, as_of: int,
    desk: Words, out: Words, at: int,
) -> bool:  # fmt: skip
    """Write the result of a fact under a measure as far as it stands alone; false when the measure is not about it."""
    entry = image[image[measure + w.M_ENTRIES] + (facts[fact + w.F_SHAPE] & SHAPE_MASK)]
    if image[entry + w.E_PLAIN] != w.NOT_PLAIN:
        decide_plainly(image, measure, entry, facts, fact, subjects, subject, as_of, desk, out, at)
        return True
    scope = image[entry + w.E_SCOPE]
    if scope == BY_CODE:
        value, mask = evaluate(image, image[entry + w.E_SCOPE_CODE], facts, fact, subjects, subject, desk)
        scope = -mask if mask != 0 else value
    if scope == 0:
        return False
    begin(out, at, measure, fact)
    missing = -scope if scope < 0 else 0
    row, unknown = find_row(image, measure, entry, facts, fact, subjects, subject, desk, out, at)
    if out[at + w.O_OUTCOME] != ALIVE:
        return True
    missing |= unknown
    count = image[entry + w.E_PART_COUNT]
    if count != 0:
        word, name = parts_hold(image, image[entry + w.E_PARTS], count, facts, fact, subjects, subject, desk)
        if word == 0:
            settle(out, at, w.INELIGIBLE, w.R_FAILS, name, 0)
            return True
        if word < 0:
            missing |= -word
    if missing != 0:
        settle(out, at, w.UNKNOWN, w.R_UNKNOWN, 0, missing)
    entitle(image, row, facts, fact, subjects, subject, desk, out, at)
    if out[at + w.O_OUTCOME] != w.INELIGIBLE:
        exclude(image, measure, row, facts, fact, subjects, subject, as_of, desk, out, at)
    return True


@compiled
def decide_plainly(
    image: Words, measure: int, entry: int, facts: Words, fact: int, subjects: Words, subject: int, as_of: int,
    desk: Words, out: Words, at: int,
) -> None:  # fmt: skip
    """The short way where the shape has settled the row: only history, days and bars are left."""
    begin(out, at, measure, fact)
    row = image[entry + w.E_ROW]
    out[at + w.O_ROW] = row
    plain = image[entry + w.E_PLAIN]
    if plain == w.PLAIN_REFUSAL:
        settle(out, at, w.INELIGIBLE, image[entry + w.E_REASON], 0, 0)
        return
    if plain == w.PLAIN_BY_HISTORY:
        word, reason = round_holds(image, measure, image[entry + w.E_ROWS], facts, fact, desk)
        if word == 0:
            settle(out, at, w.INELIGIBLE, reason, 0, 0)
            return
        if word < 0:
            settle(out, at, w.UNKNOWN, w.R_UNKNOWN, 0, -word)
    out[at + w.O_CEILING] = image[entry + w.E_CEILING]
    exclude(image, measure, row, facts, fact, subjects, subject, as_of, desk, out, at)


@compiled
def find_row(
    image: Words, measure: int, entry: int, facts: Words, fact: int, subjects: Words, subject: int,
    desk: Words, out: Words, at: int,
) -> tuple[int, int]:  # fmt: skip
    """Take the first row that holds; else the first that may hold; else say no, and why the nearest row does not fit."""
    rows = image[entry + w.E_ROWS]
    possible, possible_mask = -1, 0
    nearest, nearest_depth, nearest_reason, nearest_detail = -1, 0, w.R_NO_ROW, 0
    for place in range(image[entry + w.E_ROW_COUNT]):
        plan = rows + place * w.PLANNED
        unknown = image[plan + w.P_SELECTED]
        depth, reason, detail = 0, 0, 0
        mode = image[plan + w.P_ROUND]
        if mode == w.ROUND_OTHER:
            depth, reason = 1, w.R_OTHER_ROUND
        elif mode != w.ROUND_PASSES:
            word, reason = round_holds(image, measure, plan, facts, fact, desk)
            if word == 0:
                depth = 1
            elif word < 0:
                unknown |= -word
        count = image[plan + w.P_PART_COUNT]
        if depth == 0 and count != 0:
            word, name = parts_hold(
                image, image[plan + w.P_PARTS], count, facts, fact, subjects, subject, desk
            )
            if word == 0:
                depth, reason, detail = 2, w.R_FAILS, name
            elif word < 0:
                unknown |= -word
        if depth != 0:
            if depth > nearest_depth:
                nearest, nearest_depth = image[plan + w.P_ROW], depth
                nearest_reason, nearest_detail = reason, detail
        elif unknown != 0:
            if possible < 0:
                possible, possible_mask = image[plan + w.P_ROW], unknown
        else:
            row = image[plan + w.P_ROW]
            out[at + w.O_ROW] = row
            return row, 0
    if possible >= 0:
        out[at + w.O_ROW] = possible
        return possible, possible_mask
    out[at + w.O_ROW] = nearest
    settle(out, at, w.INELIGIBLE, nearest_reason, nearest_detail, 0)
    return nearest, 0


@compiled
def parts_hold(
    image: Words, parts: int, count: int, facts: Words, fact: int, subjects: Words, subject: int, desk: Words,
) -> tuple[int, int]:  # fmt: skip
    """Whether all parts of a condition hold, and the name of the first that does not."""
    unknown = 0
    for place in range(count):
        part = parts + place * w.PART
        word = image[part + w.C_WORD]
        if word == BY_CODE:
            value, mask = evaluate(image, image[part + w.C_CODE], facts, fact, subjects, subject, desk)
            word = -mask if mask != 0 else value
        if word == 0:
            return 0, image[part + w.C_NAME]
        if word < 0:
            unknown |= -word
    return (-unknown if unknown != 0 else 1), 0


@compiled
def entitle(
    image: Words, row: int, facts: Words, fact: int, subjects: Words, subject: int, desk: Words, out: Words,
    at: int,
) -> None:  # fmt: skip
    """The ceiling: a sum, or a rate of a base rounded down to the fen and capped."""
    amount = image[row + w.A_AMOUNT]
    if amount >= 0:
        out[at + w.O_CEILING] = amount
        return
    slot = image[row + w.A_BASE_SLOT]
    if slot > 0 and facts[fact + slot] != MISSING:
        base, mask = facts[fact + slot], 0
    else:
        base, mask = evaluate(image, image[row + w.A_BASE], facts, fact, subjects, subject, desk)
    if mask != 0:
        if out[at + w.O_OUTCOME] == ALIVE:
            settle(out, at, w.UNKNOWN, w.R_BASE_UNKNOWN, 0, mask)
        return
    ceiling = 0
    if base > 0:
        numerator, denominator = image[row + w.A_NUMERATOR], image[row + w.A_DENOMINATOR]
        # In two parts, so that no product leaves 64 bits.
        whole = base // denominator
        ceiling = whole * numerator + (base - whole * denominator) * numerator // denominator
    cap = image[row + w.A_CAP]
    if cap >= 0 and ceiling > cap:
        ceiling = cap
    out[at + w.O_BASE] = base
    out[at + w.O_CEILING] = ceiling
    if ceiling == 0 and out[at + w.O_OUTCOME] == ALIVE:
        settle(out, at, w.INELIGIBLE, w.R_NOTHING, 0, 0)


@compiled
def exclude(
    image: Words, measure: int, row: int, facts: Words, fact: int, subjects: Words, subject: int, as_of: int,
    desk: Words, out: Words, at: int,
) -> None:  # fmt: skip
    """Validity, both days included, then whatever bars the award; a definite no outweighs what is unknown."""
    slot = image[measure + w.M_DATE_SLOT]
    day, mask = 0, 1
    if slot > 0:
        day = facts[fact + slot]
        mask = int(day == MISSING)
    if mask != 0:
        day, mask = evaluate(image, image[measure + w.M_DATE], facts, fact, subjects, subject, desk)
    if image[measure + w.M_YEAR_OF_DATE] == 0:
        year, unknown = evaluate(image, image[measure + w.M_YEAR], facts, fact, subjects, subject, desk)
        if unknown == 0:
            out[at + w.O_YEAR] = year
    elif mask == 0:
        out[at + w.O_YEAR] = year_of(day)
    if mask != 0:
        if out[at + w.O_OUTCOME] == ALIVE:
            settle(out, at, w.UNKNOWN, w.R_DATE_UNKNOWN, 0, mask)
    else:
        out[at + w.O_DAY] = day
        if day < image[measure + w.M_FIRST_DAY]:
            settle(out, at, w.NOT_IN_FORCE, w.R_TOO_EARLY, 0, 0)
            return
        if day > image[measure + w.M_LAST_DAY]:
            settle(out, at, w.NOT_IN_FORCE, w.R_TOO_LATE, 0, 0)
            return
        if day > as_of:
            settle(out, at, w.NOT_IN_FORCE, w.R_AFTER_AS_OF, 0, 0)
            return
    for place in range(image[measure + w.M_EXCLUSION_COUNT]):
        exclusion = image[measure + w.M_EXCLUSIONS] + place * w.EXCLUSION
        kind = image[exclusion + w.X_KIND]
        if kind >= 0 and desk[RANGES + 2 * kind + 1] == 0:
            continue
        if image[image[exclusion + w.X_EXEMPT] + image[row + w.A_PLACE]] != 0:
            continue
        value, mask = evaluate(image, image[exclusion + w.X_CODE], facts, fact, subjects, subject, desk)
        if mask != 0:
            if out[at + w.O_OUTCOME] == ALIVE:
                settle(out, at, w.UNKNOWN, w.R_BAR_UNKNOWN, image[exclusion + w.X_NAME], mask)
        elif value == 1:
            settle(out, at, w.INELIGIBLE, w.R_BARRED, image[exclusion + w.X_NAME], 0)
            return
