"""Chinese numerals: only what is beyond doubt is read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.source.numerals import DIGITS, NUMERAL_CHARACTERS, NotANumeral, read_numeral, read_year, spell


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("二", 2),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("一十五", 15),
        ("二十", 20),
        ("七十五", 75),
        ("一百零五", 105),
        ("一百二十", 120),
        ("一千两百", 1200),
        ("三千", 3000),
        ("三千零五", 3005),
        ("五十万", 500_000),
        ("三万零五", 30_005),
        ("三千五百万", 35_000_000),
        ("千万", 10_000_000),
        ("两亿", 200_000_000),
        ("千亿", 100_000_000_000),
        ("一万亿", 10**12),
        ("万亿", 10**12),
        ("半", Fraction(1, 2)),
        ("三点五", Fraction(7, 2)),
        ("零点〇五", Fraction(1, 20)),
        ("百分之十二", Fraction(12, 100)),
        ("百分之十二点五", Fraction(1, 8)),
        ("三分之二", Fraction(2, 3)),
        ("百分之百", 1),
        ("千分之三", Fraction(3, 1000)),
    ],
)
def test_numerals_of_official_texts_are_read(text: str, number: int | Fraction) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "个", "5", "十四五", "三四", "三万五", "一百五", "一百十", "十两", "两十", "零五", "零分之一"],
)
def test_what_can_be_read_in_two_ways_is_no_numeral(text: str) -> None:
    with pytest.raises(NotANumeral):
        read_numeral(text)


def test_a_very_long_numeral_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotANumeral):
        read_numeral("一" * 100_000)


@pytest.mark.parametrize(("text", "year"), [("二○二五", 2025), ("二〇一一", 2011), ("二零二三", 2023)])
def test_years_are_spelt_digit_by_digit(text: str, year: int) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize("text", ["二○二", "二千零二", "两○二五", "2025"])
def test_other_spellings_are_no_year(text: str) -> None:
    with pytest.raises(NotANumeral):
        read_year(text)


@given(st.integers(0, 10**15))
def test_a_number_spelt_in_full_reads_back(number: int) -> None:
    assert read_numeral(spell(number)) == number


@given(st.integers(10, 19))
def test_the_teens_drop_their_one(number: int) -> None:
    assert read_numeral(spell(number).removeprefix("一")) == number


@given(st.text(NUMERAL_CHARACTERS + DIGITS + "点分之半", max_size=40))
def test_any_other_text_is_refused_and_never_crashes(text: str) -> None:
    try:
        number = read_numeral(text)
    except NotANumeral:
        return
    assert number >= 0
    assert isinstance(number, int) or number.denominator > 1
