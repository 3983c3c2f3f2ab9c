"""City and county parts add up exactly, also for amounts near the edge of a word."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from duixian.kernel import words as w
from duixian.kernel.payers import ratio_words
from duixian.kernel.shares import city_part
from duixian.kernel.widths import LARGEST, check_ratio
from duixian.money import MAX_FEN

AMOUNTS = st.integers(0, 1000) | st.integers(0, LARGEST) | st.integers(MAX_FEN - 1000, MAX_FEN)
PARTS = st.integers(0, 20) | st.integers(0, 1_000_000_000)


@given(AMOUNTS, PARTS, PARTS)
def test_parts_are_exact_and_the_rest_goes_where_it_is_said_to_go(
    amount: int, city: int, county: int
) -> None:
    if city + county == 0:
        county = 1
    check_ratio(city, county)
    to_county = part(amount, city, county, to_city=False)
    to_city = part(amount, city, county, to_city=True)
    assert to_county == amount * city // (city + county)
    assert to_city == amount - amount * county // (city + county)
    assert 0 <= to_county <= to_city <= to_county + 1


def test_the_largest_amounts_are_split_without_loss() -> None:
    for amount in (LARGEST, LARGEST - 1, MAX_FEN, MAX_FEN + 1):
        for city, county in ((3, 7), (1, 2), (333, 667), (2**30 - 1, 2**30), (0, 1), (1, 0)):
            assert part(amount, city, county, to_city=False) == amount * city // (city + county)
            assert part(amount, city, county, to_city=True) == amount - amount * county // (city + county)


def part(amount: int, city: int, county: int, *, to_city: bool) -> int:
    image = np.array([w.PAYS_RATIO, *ratio_words(city, county, to_city=to_city), 0, 0, 0], np.int64)
    return int(city_part(image, 0, amount))
