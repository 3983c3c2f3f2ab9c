"""Results column by column (结果取列): from the rows that the loop leaves, enterprise by enterprise, to columns of words and of names."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.pointers import high_product
from duixian.kernel.words import Words

Numbers = npt.NDArray[np.int32]
"""Names of rows as places in a short list."""
Bytes = npt.NDArray[np.uint8]
FEWEST = 1 << 10
"""The places that a table of pairs has at first."""


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


@compiled
def tell_rows(
    out: Words, spans: Words, payable: int, facts_per_word: int, texts: Words, table: Numbers, firsts: Words, seconds: Words,
    owners: Numbers, ids: Numbers, sorts: Numbers, sums: Words, known: Bytes,
) -> int:  # fmt: skip
    """What most columns say of every result, in one pass over the rows of the loop. Returns how many sorts there are; -1 when
    ``table`` gets too full.

    ``owners`` take the enterprises, ``ids`` the texts of the facts, ``sorts`` numbers of pairs as ``number_pairs`` gives them for
    rule and head; ``sums`` the ceiling, the amount, and what the city and the county bear, ``known`` their bits.
    ``facts_per_word`` is 2⁶⁴ by the words of a fact.
    """
    at, count, size, bits = 0, 0, table.shape[0], 0
    for enterprise in range(spans.shape[0]):
        for row in range(spans[enterprise, 0], spans[enterprise, 1]):
            head, rule = out[row, 0], out[row, 1] & (1 << w.YEAR_SHIFT) - 1
            ceiling, amount = out[row, 2], out[row, 4]
            sort = head >> w.OUTCOME_SHIFT
            place = _place(rule, sort, size)
            while table[place] >= 0 and (firsts[table[place]] != rule or seconds[table[place]] != sort):
                place = place + 1 & size - 1
            if table[place] < 0:
                if 2 * count >= size:
                    return -1
                table[place] = count
                firsts[count], seconds[count] = rule, sort
                count += 1
            owners[at], sorts[at] = enterprise, table[place]
            # A product for a quotient: division takes as long as all the rest.
            ids[at] = texts[high_product(head & w.FACT_MASK, facts_per_word)]
            city = out[row, 5] if sort & 0xFF == payable else w.MISSING
            county = w.MISSING if city == w.MISSING else amount - city
            sums[0, at], sums[1, at], sums[2, at], sums[3, at] = ceiling, amount, city, county
            told = np.int64(ceiling != w.MISSING) | np.int64(amount != w.MISSING) << 8
            told |= np.int64(city != w.MISSING) << 16 | np.int64(county != w.MISSING) << 24
            bits = int(bits | told << (at & 7))
            if at & 7 == 7:
                _bring_out(bits, at >> 3, known)
                bits = 0
            at += 1
    if at & 7:
        _bring_out(bits, at >> 3, known)
    return count


@compiled_within
def _bring_out(bits: int, at: int, known: Bytes) -> None:
    """What is known of the sums of eight rows."""
    for column in range(4):
        known[column, at] = bits >> 8 * column & 0xFF


def number_pairs(one: Words, one_mask: int, two: Words, two_shift: int) -> tuple[Numbers, Words, Words]:
    """Pairs of words, numbered as they are first met: the number of every row, and of each number the two words.

    Of the first word the bits of ``one_mask`` count, of the second those from ``two_shift`` on.
    """
    into, size = np.empty(len(one), np.int32), FEWEST
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
