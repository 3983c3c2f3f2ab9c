"""The bench (工作台): where the enterprises of a block lie while the short way decides them, column by column.

A *pair* is a fact with a measure that is about it. Pairs come in the order of facts; ``PLACES`` says where the result of each goes.
"""

from __future__ import annotations

import numpy as np

from duixian.kernel import best, bounds
from duixian.kernel import words as w
from duixian.kernel.bounds import MOST_ALIVE, MOST_BOUNDS, MOST_MEMBERS
from duixian.kernel.machine import room
from duixian.kernel.words import Words

MOST_PAIRS = 1024
MOST_ENTERPRISES = 512
"""Of one block: so few that everything about them stays near the processor."""
AHEAD = 8
"""Keys that are looked at together; after the last one there are as many that are larger than all."""
_COLUMN = MOST_PAIRS + AHEAD

KEYS, ENTRIES, PLACES, BACK, GUARDED, LONG, LIVING, MARKS = (place * _COLUMN for place in range(8))
"""By pair: its key, its entry, the address of its result. Then lists of pairs: of which is asked what came before, what guards them, all
there is; and which are alive. By the place of a fact in the block: the enterprise whose first fact it is."""
BASES, ENDS, PRESENT, FACT_BITS, RULE_BITS, OBJECT_BITS, TWICE, BOUND = (
    8 * _COLUMN + place * MOST_ENTERPRISES for place in range(8)
)
"""By enterprise: its first pair, and where its pairs end; the kinds of which it has known facts; bits of the facts, rules and objects of
its living awards; whether two of them are of one fact, and whether anything else binds them."""
RESULTS = 8 * _COLUMN + 8 * MOST_ENTERPRISES
"""Where results lie until the block is done."""
ALIVE = RESULTS + MOST_PAIRS * w.RESULT
BOUNDS = ALIVE + MOST_ALIVE
MEMBERS = BOUNDS + MOST_BOUNDS * bounds.BOUND
SCRATCH = MEMBERS + MOST_MEMBERS
"""Room for the exact choice."""
AWARD = SCRATCH + MOST_BOUNDS * best.SCRATCH
"""Room for one award on its way."""
EVALUATION = AWARD + w.AWARD
"""The desk of the machine, as long as there are kinds; after it the keys, then the awards of one enterprise."""

OWNER_SHIFT, ORDER_SHIFT, BEFORE_SHIFT = 52, 36, 35
PLACE = (1 << BEFORE_SHIFT) - 1
"""A key holds the enterprise's place in the block, the measure's place in document order, whether the enterprise has an earlier fact of the
same kind, and the fact's place in the block: keys order as results do."""
LARGEST_KEY = 2**63 - 1


def new_bench(kinds: int, pairs: int) -> Words:
    """Room for one block at a time, and for an enterprise with so many pairs."""
    return np.zeros(EVALUATION + len(room(kinds)) + max(pairs, MOST_PAIRS) * (1 + w.AWARD), np.int64)
