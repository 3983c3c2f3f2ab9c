"""Deciding outright (直接判定): what was foreseen of each pair, and its day, make its result; pairs of which more is asked are listed."""

from __future__ import annotations

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.calendar import FIRST_CENTURY, year_of_century
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.pointers import count_below, fetch
from duixian.kernel.words import Words

MISSING = w.MISSING
OUTCOME = 0xFF << w.OUTCOME_SHIFT
EARLY = w.NOT_IN_FORCE << w.OUTCOME_SHIFT | w.R_TOO_EARLY << w.REASON_SHIFT
LATE = w.NOT_IN_FORCE << w.OUTCOME_SHIFT | w.R_TOO_LATE << w.REASON_SHIFT
AFTER = w.NOT_IN_FORCE << w.OUTCOME_SHIFT | w.R_AFTER_AS_OF << w.REASON_SHIFT
BEFORE_SHIFT = b.BEFORE_SHIFT - 2
"""What a key says of earlier facts, shifted to where a way says ``WAY_IF_FIRST``."""


@compiled
def decide_outright(
    image: Words, facts: Words, first: int, as_of: int, bench: Words, pairs: int
) -> tuple[int, int, int]:
    """Write a result for every pair as if nothing spoke against it but its day; how many are listed for what came before, for guards, and
    as alive.

    Selects instead of branches: nothing here can be foreseen by a processor.
    """
    width = image[w.H_FACT_WORDS]
    back, guarded, living = 0, 0, 0
    for pair in range(pairs):
        key, entry = bench[b.KEYS + pair], bench[b.ENTRIES + pair]
        owner = key >> b.OWNER_SHIFT
        fetch(facts, (first + (key & b.PLACE) + b.MOST_PAIRS // 2) * width)
        fact = (first + (key & b.PLACE)) * width
        here = b.RESULTS + place_of(bench, key, owner) * w.RESULT
        way, foreseen = image[entry + w.U_WAY], image[entry + w.U_HEAD]
        day = facts[fact + image[entry + w.U_DATE_SLOT]]
        head = AFTER if day > as_of else foreseen
        head = LATE if day > image[entry + w.U_LAST_DAY] else head
        head = EARLY if day < image[entry + w.U_FIRST_DAY] else head
        is_later = (facts[fact + w.F_DATE] > as_of) | is_odd(day)
        asked = way & (w.WAY_LONG | w.WAY_UNMATCHED | (key >> BEFORE_SHIFT & w.WAY_IF_FIRST))
        is_back = is_later | (asked != 0)
        bars = bench[b.PRESENT + owner] & image[entry + w.U_BARRED_BY]
        is_guarded = ((way & (w.WAY_GUARDED | w.WAY_RATE)) != 0) | ((bars != 0) & (head == foreseen))
        is_guarded &= not is_back
        is_alive = (head & OUTCOME == w.PAYABLE) & (not (is_back | is_guarded))
        bench[b.BACK + back] = pair
        back += is_back
        bench[b.GUARDED + guarded] = pair
        guarded += is_guarded
        bench[b.LIVING + living] = pair
        living += is_alive
        bench[b.PLACES + pair] = here
        bench[here + w.Q_FACT] = fact | head
        bench[here + w.Q_RULE] = (
            image[entry + w.U_RULE]
            | (year_of_century(min(max(day, 0), FIRST_CENTURY)) & image[entry + w.U_YEAR]) << w.YEAR_SHIFT
        )
        bench[here + w.Q_CEILING] = image[entry + w.U_CEILING]
        bench[here + w.Q_BASE] = MISSING
        bench[here + w.Q_AMOUNT] = image[entry + w.U_ALONE + (head != foreseen)]
        bench[here + w.Q_CITY] = MISSING
        bench[here + w.Q_NOTE] = 0
    return back, guarded, living


@compiled_within
def is_odd(day: int) -> bool:
    """Whether a day is missing, or its year cannot be told the short way."""
    return (day < 0) | (day >= FIRST_CENTURY)


@compiled_within
def place_of(bench: Words, key: int, owner: int) -> int:
    """The place of a pair in document order: after as many pairs of its enterprise as have smaller keys."""
    base, end = bench[b.BASES + owner], bench[b.ENDS + owner]
    place = base + count_below(bench, b.KEYS + base, key)
    if end > base + b.AHEAD:
        place = _place_among_many(bench, base, end, key)
    return place


@compiled
def _place_among_many(bench: Words, base: int, end: int, key: int) -> int:
    place = base
    for other in range(base, end):
        place += bench[b.KEYS + other] < key
    return place
