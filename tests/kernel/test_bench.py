"""The bench: columns that do not overlap, and room for whatever an enterprise brings."""

from __future__ import annotations

from itertools import pairwise

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.machine import room

COLUMNS = (b.KEYS, b.ENTRIES, b.PLACES, b.BACK, b.GUARDED, b.LONG, b.LIVING, b.MARKS)
BY_ENTERPRISE = (b.BASES, b.ENDS, b.PRESENT, b.FACT_BITS, b.RULE_BITS, b.OBJECT_BITS, b.TWICE, b.BOUND)


def test_no_column_reaches_into_the_next() -> None:
    for one, two in pairwise(COLUMNS):
        assert one + b.MOST_PAIRS + b.AHEAD <= two
    assert COLUMNS[-1] + b.MOST_PAIRS + b.AHEAD <= BY_ENTERPRISE[0]
    for one, two in pairwise(BY_ENTERPRISE):
        assert one + b.MOST_ENTERPRISES <= two
    assert BY_ENTERPRISE[-1] + b.MOST_ENTERPRISES <= b.RESULTS
    assert (
        b.RESULTS + b.MOST_PAIRS * w.RESULT
        <= b.ALIVE
        < b.BOUNDS
        < b.MEMBERS
        < b.SCRATCH
        < b.AWARD
        < b.EVALUATION
    )


def test_a_key_has_room_for_every_place_of_a_block() -> None:
    assert b.MOST_ENTERPRISES <= 1 << (63 - b.OWNER_SHIFT)
    assert 1 << (b.OWNER_SHIFT - b.ORDER_SHIFT) > w.LAST_ORDER
    assert b.PLACE >= b.MOST_PAIRS


def test_a_bench_has_room_for_the_pairs_that_it_is_made_for() -> None:
    for pairs in (1, b.MOST_PAIRS, 100_000):
        words = b.new_bench(9, pairs)
        assert len(words) >= b.EVALUATION + len(room(9)) + pairs * (1 + w.AWARD)
