"""Not known is a value of its own: it names what would settle it, and nobody can take it for yes or no."""

from __future__ import annotations

import pytest

from duixian.evaluate.unknown import Unknown


def test_an_unknown_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(Unknown(["认定.级别"]))


def test_unknowns_are_the_same_when_they_miss_the_same() -> None:
    one, two = Unknown(["认定.级别", "认定.日期"]), Unknown(["认定.日期", "认定.级别"])
    assert one == two
    assert len({one, two, Unknown(["认定.级别"])}) == 2
    assert one != Unknown(["认定.级别"])
    assert one != one.missing


def test_joined_unknowns_miss_what_either_misses() -> None:
    assert Unknown(["甲"]).joined(Unknown(["乙"])) == Unknown(["甲", "乙"])
    for known in (True, False, None, 5):
        assert Unknown(["甲"]).joined(known) == Unknown(["甲"])


def test_an_unknown_shows_what_it_misses_in_order() -> None:
    assert repr(Unknown({"乙": 1, "甲": 2})) == f"Unknown({sorted(['甲', '乙'])})"
