"""The machine's small parts: what a flag is in one word, and how known values compare."""

from __future__ import annotations

from itertools import product

import pytest

from duixian.kernel import words as w
from duixian.kernel.machine import DEPTH, LOOPS, MASKS, NESTING, RANGES, compare, room, told


def test_a_flag_is_no_yes_or_the_fields_that_are_missing() -> None:
    assert [told(0, 0), told(1, 0), told(0, 5), told(1, 5), told(1, 1 << 61)] == [
        w.NO,
        w.YES,
        -5,
        -5,
        -(1 << 61),
    ]


@pytest.mark.parametrize(("one", "two"), list(product((-(2**62), -1, 0, 1, 2**62), repeat=2)))
def test_known_values_compare_as_numbers_do(one: int, two: int) -> None:
    found = [compare(each, one, two) for each in range(6)]
    assert found == [one == two, one != two, one >= two, one <= two, one > two, one < two]


def test_a_desk_has_room_for_the_stack_its_masks_every_exists_and_the_facts_of_every_kind() -> None:
    assert (MASKS, LOOPS, RANGES) == (DEPTH, 2 * DEPTH, 2 * DEPTH + 3 * NESTING)
    assert len(room(5)) == RANGES + 10
    assert len(room(0)) == RANGES + 2
