"""Results column by column (结果取列): from the rows that the loop leaves, enterprise by enterprise, to columns of words and of names."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.words import Words

Numbers = npt.NDArray[np.int32]
"""Names of rows as places in a short list."""
_FEWEST = 1 << 10


@compiled
def take_columns(out: Words, spans: Words, into: Words) -> None:
    """The owner of every result, and each of its words as a column, in the order of the enterprises."""
    at = 0
    words = into.shape[0] - 1
    for enterprise in range(spans.shape[0]):
        for row in range(spans[enterprise, 0], spans[enterprise, 1]):
            into[0, at] = enterprise
            for word in range(words):
                into[word + 1, at] = out[row, word]
            at += 1


@compiled
def facts_of(heads: Words, mask: int, width: int, into: Words) -> None:
    """The fact of every result, by its place among all: ``mask`` leaves its address of a head, a fact is ``width`` words long."""
    for row in range(heads.shape[0]):
        into[row] = (heads[row] & mask) // width


@compiled
def texts_of(heads: Words, mask: int, width: int, texts: Words, into: Words) -> None:
    """The text of every result's fact, where ``texts`` holds one for each fact."""
    for row in range(heads.shape[0]):
        into[row] = texts[(heads[row] & mask) // width]


@compiled
def share_columns(
    heads: Words, amounts: Words, cities: Words, outcome: int, city_into: Words, county_into: Words
) -> None:
    """What the city and the county bear of every result with that outcome; of all others nothing is known."""
    for row in range(heads.shape[0]):
        city = cities[row] if heads[row] >> w.OUTCOME_SHIFT & 0xFF == outcome else w.MISSING
        city_into[row] = city
        county_into[row] = w.MISSING if city == w.MISSING else amounts[row] - city


def number_pairs(one: Words, one_mask: int, two: Words, two_shift: int) -> tuple[Numbers, Words, Words]:
    """Pairs of words, numbered as they are first met: the number of every row, and of each number the two words.

    Of the first word the bits of ``one_mask`` count, of the second those from ``two_shift`` on.
    """
    into, size = np.empty(len(one), np.int32), _FEWEST
    while True:
        table, firsts, seconds = (
            np.full(size, -1, np.int32),
            np.empty(size, np.int64),
            np.empty(size, np.int64),
        )
        count = int(_number(one, one_mask, two, two_shift, table, firsts, seconds, into))
        if count >= 0:
            return into, firsts[:count], seconds[:count]
        size *= 8


@compiled
def _number(
    one: Words, one_mask: int, two: Words, two_shift: int, table: Numbers, firsts: Words, seconds: Words, into: Numbers
) -> int:  # fmt: skip
    """Number the pairs; -1 when the table gets too full for them."""
    size, count = table.shape[0], 0
    for row in range(one.shape[0]):
        first, second = one[row] & one_mask, two[row] >> two_shift
        at = _place(first, second, size)
        while table[at] >= 0 and (firsts[table[at]] != first or seconds[table[at]] != second):
            at = at + 1 & size - 1
        if table[at] < 0:
            if 2 * count >= size:
                return -1
            table[at] = count
            firsts[count], seconds[count] = first, second
            count += 1
        into[row] = table[at]
    return count


@compiled_within
def _place(first: int, second: int, size: int) -> int:
    """Where in a table of ``size`` places, a power of two, a pair is looked for first."""
    mixed = np.int64(first) ^ np.int64(second) << 40 ^ np.int64(second) >> 24
    mixed ^= mixed >> 32
    mixed ^= mixed >> 17
    mixed ^= mixed >> 9
    return int(mixed & size - 1)


@compiled
def number_places(places: Words, number_of: Numbers, met: Words, into: Numbers) -> int:
    """Number places of a list as rows first meet them, in ``into``; ``met`` takes the place of each number. How many there are."""
    count = 0
    for row in range(places.shape[0]):
        place = places[row]
        if number_of[place] < 0:
            number_of[place] = count
            met[count] = place
            count += 1
        into[row] = number_of[place]
    return count
