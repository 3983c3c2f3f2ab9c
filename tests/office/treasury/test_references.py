"""References: what was mistyped is seen."""

from __future__ import annotations

import pytest

from duixian.office.treasury.references import is_reference, reference

GOOD = reference(2026, 1234, "county", 3)


def test_a_reference_knows_itself() -> None:
    assert is_reference(GOOD)


@pytest.mark.parametrize("place", [3, 8, 11, 15, len(GOOD) - 1])
def test_one_wrong_digit_is_seen(place: int) -> None:
    wrong = str((int(GOOD[place]) + 1) % 10) if GOOD[place].isdigit() else "9"
    assert not is_reference(GOOD[:place] + wrong + GOOD[place + 1 :])


def test_two_exchanged_digits_are_seen() -> None:
    assert not is_reference(GOOD.replace("1234", "1324"))
