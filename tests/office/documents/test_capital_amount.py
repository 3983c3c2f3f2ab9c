"""Amounts in capital numerals, as 支付结算办法 writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duixian.office.documents.capital_amount import capital_amount

DIGITS = {each: number for number, each in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (12, "壹角贰分"),
        (100, "壹元整"),
        (101, "壹元零壹分"),
        (110, "壹元壹角整"),
        (1_000, "壹拾元整"),
        (10_010, "壹佰元壹角整"),
        (100_500, "壹仟零伍元整"),
        (101_000, "壹仟零壹拾元整"),
        (1_000_100, "壹万零壹元整"),
        (10_010_000, "壹拾万零壹佰元整"),
        (10_000_000_00, "壹仟万元整"),
        (10_001_000_00, "壹仟万壹仟元整"),
        (100_000_000_00, "壹亿元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (100_010_000_00, "壹亿零壹万元整"),
        (110_000_000_00, "壹亿壹仟万元整"),
        (1_000_000_000_000_00, "壹万亿元整"),
        (1_000_100_000_000_00, "壹万零壹亿元整"),
        (123_456_000_000_000_00, "壹佰贰拾叁万肆仟伍佰陆拾亿元整"),
        (10**17, "壹仟万亿元整"),
        (-60_000_050, "负陆拾万元伍角整"),
    ],
)
def test_an_amount_reads_so(fen: int, words: str) -> None:
    assert capital_amount(fen) == words


@given(st.integers(0, 10**17))
def test_what_is_written_reads_back_to_the_fen(fen: int) -> None:
    assert _read(capital_amount(fen)) == fen


@given(st.integers(0, 10**17))
def test_no_gap_is_written_twice_and_none_at_an_end(fen: int) -> None:
    words = capital_amount(fen)
    assert "零零" not in words
    assert fen == 0 or not words.startswith("零")
    assert all(wrong not in words for wrong in ("零万", "零亿", "零元")) or fen == 0


def _read(words: str) -> int:
    yuan, found, rest = words.removesuffix("整").rpartition("元")
    rest = rest if found else words.removesuffix("整")
    jiao, found, cents = rest.rpartition("角")
    tenths = DIGITS[jiao] if found else 0
    return _whole(yuan) * 100 + tenths * 10 + (DIGITS[cents.removesuffix("分")[-1]] if cents else 0)


def _whole(words: str) -> int:
    for name, unit in (("亿", 10**8), ("万", 10**4)):
        head, found, rest = words.rpartition(name)
        if found:
            return _whole(head) * unit + _whole(rest)
    total, digit = 0, 0
    for each in words:
        if each in DIGITS:
            digit = DIGITS[each]
        else:
            total, digit = total + digit * PLACES[each], 0
    return total + digit
