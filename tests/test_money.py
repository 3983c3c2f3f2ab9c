"""Money: read as officers write it, kept in whole fen, told as officers say it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.money import MAX_FEN, NotAnAmount, format_wan, format_yuan, read_yuan, share_floor

FEN = st.integers(min_value=-MAX_FEN, max_value=MAX_FEN)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("1", 100),
        ("2000000", 2_000_000_00),
        ("2,000,000.00", 2_000_000_00),
        ("12,345元", 12_345_00),
        ("0.01", 1),
        ("0.1元", 10),
        ("3千元", 3_000_00),
        ("200万元", 2_000_000_00),
        ("7.2万元", 72_000_00),
        ("0.000001万元", 1),
        ("1.5百万元", 1_500_000_00),
        ("0.5亿元", 50_000_000_00),
        ("-30万元", -300_000_00),
        ("+30", 30_00),
        (" 200 万 元 ", 2_000_000_00),
        ("２００万元", 2_000_000_00),
    ],
)
def test_an_amount_is_read_as_officers_write_it(text: str, fen: int) -> None:
    assert read_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "万元", "约200万元", "200万", "200美元", "1e6", "1.", ".5", "--1", "1,00", "1,0000", "12,34,567", "1 000,000,",
        "1.2.3", "nan", "inf", "0.001", "0.0000001万元", "200万元以上",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        read_yuan(text)


def test_a_fraction_of_a_fen_is_refused_not_rounded() -> None:
    assert read_yuan("0.00001千元") == 1
    with pytest.raises(NotAnAmount):
        read_yuan("0.000015千元")


def test_the_largest_amount_is_included() -> None:
    assert read_yuan("1000000000000000") == read_yuan("10000000亿元") == MAX_FEN
    assert read_yuan("-1000000000000000") == -MAX_FEN
    for text in ("1000000000000000.01", "-1000000000000000.01", "10000001亿元"):
        with pytest.raises(NotAnAmount):
            read_yuan(text)


def test_a_text_of_forty_signs_is_read_and_a_longer_one_is_not() -> None:
    assert read_yuan("1".rjust(40, "0")) == 100
    with pytest.raises(NotAnAmount):
        read_yuan("1".rjust(41, "0"))


@pytest.mark.parametrize("text", ["元" * 50, "5" * 50, "5" + "元" * 50])
def test_a_refusal_shows_only_the_beginning_of_a_long_text(text: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_yuan(text)
    assert str(refused.value) == text[:40]


@pytest.mark.parametrize("text", ["5" + "元" * 10, "9" * 40, "0.001元"])
def test_a_refusal_repeats_what_was_written(text: str) -> None:
    with pytest.raises(NotAnAmount) as refused:
        read_yuan(text)
    assert str(refused.value) == text


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (99, "0.99"),
        (100, "1.00"),
        (2_000_000_00, "2000000.00"),
        (-1, "-0.01"),
        (-12_34, "-12.34"),
    ],
)
def test_tables_carry_yuan_with_two_decimals(fen: int, text: str) -> None:
    assert format_yuan(fen) == text


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0万元"),
        (1, "0.01元"),
        (50, "0.50元"),
        (100, "1元"),
        (12_34, "12.34元"),
        (9_999_99, "9999.99元"),
        (10_000_00, "1万元"),
        (10_000_01, "1.000001万元"),
        (72_000_00, "7.2万元"),
        (600_000_00, "60万元"),
        (4_999_992_00, "499.9992万元"),
        (-600_000_00, "-60万元"),
        (-72_000_00, "-7.2万元"),
        (-5_00, "-5元"),
        (-5, "-0.05元"),
    ],
)
def test_officers_say_it_in_wan(fen: int, text: str) -> None:
    assert format_wan(fen) == text


@given(FEN)
def test_what_is_written_is_read_back_to_the_fen(fen: int) -> None:
    assert read_yuan(format_yuan(fen)) == fen
    assert read_yuan(format_wan(fen)) == fen


@given(st.integers(min_value=0, max_value=MAX_FEN), st.fractions(min_value=0, max_value=1))
def test_a_rate_is_rounded_down_by_less_than_a_fen(base: int, rate: Fraction) -> None:
    found = share_floor(base, rate)
    assert found <= base * rate < found + 1


def test_a_rate_of_a_fen_gives_nothing() -> None:
    assert (share_floor(1, Fraction(99, 100)), share_floor(1, Fraction(1))) == (0, 1)
