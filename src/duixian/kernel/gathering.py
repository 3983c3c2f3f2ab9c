"""Gathering facts by enterprise (按企业归集): rows of sorted tables become runs of words, one run for each enterprise."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from duixian.kernel import words as w
from duixian.kernel.compiled import compiled, compiled_within
from duixian.kernel.words import Words

Bytes = npt.NDArray[np.uint8]
Keys = npt.NDArray[np.uint64]
"""Credit codes as three numbers each, which order as the codes do."""


@compiled
def merge_codes(keys: Keys, runs: Words, at: Words, enterprise_of: Words, first_of: Words) -> int:
    """Number the enterprises of several sorted lists of codes, which lie one after the other from ``runs[k]`` on.

    ``at`` says where each list begins, and goes along it. ``enterprise_of`` takes the number of each row, ``first_of`` a row with the code
    of each enterprise. Returns how many there are; -1 when a list is not sorted.
    """
    lists = runs.shape[0] - 1
    count = 0
    while True:
        low = -1
        for number in range(lists):
            if at[number] < runs[number + 1] and (low < 0 or _before(keys, at[number], at[low])):
                low = number
        if low < 0:
            return count
        code = at[low]
        first_of[count] = code
        for number in range(lists):
            while at[number] < runs[number + 1] and _same(keys, at[number], code):
                enterprise_of[at[number]] = count
                at[number] += 1
            if at[number] < runs[number + 1] and _before(keys, at[number], code):
                return -1
        count += 1


@compiled
def code_words(offsets: Words, data: Bytes, eights: Keys, keys: Keys) -> None:
    """The bytes of codes as three numbers each, padded with zeros; no code is longer. ``eights`` as for ``order_and_name``."""
    for row in range(keys.shape[0]):
        start, length = offsets[row], offsets[row + 1] - offsets[row]
        for word in range(3):
            keys[row, word] = _eight(data, eights, start + 8 * word, length - 8 * word)


@compiled_within
def _eight(data: Bytes, eights: Keys, start: int, length: int) -> np.uint64:
    """The next eight bytes of a text as a number that compares as they do, padded with zeros where the text ends before."""
    number = np.uint64(0)
    if length <= 0:
        return number
    if start < eights.shape[0]:
        number = _turned(eights[start])
        if length < 8:
            rest = np.uint64(64 - 8 * length)
            number = number >> rest << rest
        return number
    for place in range(min(length, 8)):
        number |= np.uint64(data[start + place]) << np.uint64(56 - 8 * place)
    return number


@compiled_within
def _turned(word: np.uint64) -> np.uint64:
    """The same bytes in the other order."""
    word = (word & np.uint64(0x00FF00FF00FF00FF)) << np.uint64(8) | word >> np.uint64(8) & np.uint64(
        0x00FF00FF00FF00FF
    )
    word = (word & np.uint64(0x0000FFFF0000FFFF)) << np.uint64(16) | word >> np.uint64(16) & np.uint64(
        0x0000FFFF0000FFFF
    )
    return word << np.uint64(32) | word >> np.uint64(32)


@compiled
def match_codes(keys: Keys, runs: Words, enterprise_of: Words) -> bool:
    """Number the enterprises where the last list names each once, rising, and all others go by it; False when that is not so.

    What comes next is not foreseen by any processor, so that every step does the same and none has to be taken back.
    """
    last = runs.shape[0] - 2
    first, end = runs[last], runs[last + 1]
    for row in range(first, end):
        if row > first and not _before(keys, row - 1, row):
            return False
        enterprise_of[row] = row - first
    for number in range(last):
        row, described, rows = runs[number], first, runs[number + 1]
        while row < rows and described < end:
            differs = keys[row, 0] ^ keys[described, 0]
            differs |= keys[row, 1] ^ keys[described, 1]
            differs |= keys[row, 2] ^ keys[described, 2]
            enterprise_of[row] = described - first
            same = np.int64(differs == 0)
            row += same
            described += 1 - same
        if row < rows:
            return False
    return True


@compiled_within
def _before(keys: Keys, one: int, two: int) -> bool:
    if keys[one, 0] != keys[two, 0]:
        return keys[one, 0] < keys[two, 0]
    if keys[one, 1] != keys[two, 1]:
        return keys[one, 1] < keys[two, 1]
    return keys[one, 2] < keys[two, 2]


@compiled_within
def _same(keys: Keys, one: int, two: int) -> bool:
    return keys[one, 0] == keys[two, 0] and keys[one, 1] == keys[two, 1] and keys[one, 2] == keys[two, 2]


@compiled
def place_rows(enterprise_of: Words, next_of: Words, places: Words) -> None:
    """Give each row of a table the next free place of its enterprise."""
    for row in range(places.shape[0]):
        enterprise = enterprise_of[row]
        places[row] = next_of[enterprise]
        next_of[enterprise] += 1


@compiled
def count_rows(enterprise_of: Words, counts: Words) -> None:
    """Count the rows of each enterprise; ``counts`` is one longer, to become where each starts."""
    for row in range(enterprise_of.shape[0]):
        counts[enterprise_of[row] + 1] += 1


@compiled
def scatter(words: Words, width: int, slot: int, places: Words, values: Words) -> None:
    """Write a column into its slot of the rows at ``places``."""
    for row in range(places.shape[0]):
        words[places[row] * width + slot] = values[row]


@compiled
def scatter_known(words: Words, width: int, slot: int, places: Words, numbers: Words, known: Words) -> None:
    """Write what is ``known`` of the numbers of a column into its slot of the rows at ``places``."""
    for row in range(places.shape[0]):
        words[places[row] * width + slot] = known[numbers[row]]


@compiled
def add_part(numbers: Words, places: npt.NDArray[np.integer], width: int) -> None:
    """Let numbers of combinations tell one column more, whose names are ``width`` with the missing one."""
    for row in range(numbers.shape[0]):
        numbers[row] = numbers[row] * width + places[row] + 1


@compiled
def add_known_part(
    numbers: Words, places: npt.NDArray[np.integer], known: Bytes, first: int, width: int
) -> None:
    """The same where some are missing; the bit of the first row in ``known`` is the one at ``first``."""
    for row in range(numbers.shape[0]):
        bit = first + row
        is_known = np.int64(known[bit >> 3] >> (bit & 7) & 1)
        numbers[row] = numbers[row] * width + (places[row] + 1) * is_known


@compiled
def fill_missing(places: npt.NDArray[np.integer], known: Bytes, first: int, into: Words) -> None:
    """Places of a list with -1 where none is told; the bit of the first row in ``known`` is the one at ``first``."""
    for row in range(places.shape[0]):
        bit = first + row
        into[row] = places[row] if known[bit >> 3] >> (bit & 7) & 1 else -1


@compiled
def occurring(numbers: Words, occurs: Bytes) -> None:
    """Mark the numbers that occur."""
    for row in range(numbers.shape[0]):
        occurs[numbers[row]] = 1


@compiled
def scatter_range(words: Words, width: int, slot: int, places: Words, first: int) -> None:
    """Write the numbers from ``first`` on into a slot of the rows at ``places``."""
    for row in range(places.shape[0]):
        words[places[row] * width + slot] = first + row


@compiled
def order_and_name(
    facts: Words, width: int, starts: Words, first: int, end: int, text_slots: Words, slot_starts: Words,
    subjects: Words, subject_width: int, subject_slots: Words, offsets: Words, data: Bytes, eights: Keys,
    literal_offsets: Words, literals: Bytes, ids: Words, cells: Words, heads: Keys,
) -> None:  # fmt: skip
    """Sort the facts of each enterprise by kind, date and id, and number their texts within the enterprise.

    Text cells come as places in the column of all texts; they leave as ranks among the enterprise's own texts, or as the number of a
    literal, so that words compare as texts do. ``ids`` keeps which text each fact's id was. ``eights`` are the eight bytes that begin at
    each byte of the texts, as far as there are eight. ``cells`` and ``heads`` are scratch.
    """
    for enterprise in range(first, end):
        low, high = starts[enterprise], starts[enterprise + 1]
        _sort_facts(facts, width, low, high, offsets, data)
        count = 0
        for fact in range(low, high):
            ids[fact] = facts[fact * width + w.F_ID]
            kind = facts[fact * width] >> w.KIND_SHIFT
            for number in range(slot_starts[kind], slot_starts[kind + 1]):
                cell = fact * width + text_slots[number]
                if facts[cell] != w.MISSING:
                    _put(cells, heads, count, cell, facts[cell], offsets, data, eights)
                    count += 1
        for number in range(subject_slots.shape[0]):
            cell = enterprise * subject_width + subject_slots[number]
            if subjects[cell] != w.MISSING:
                _put(cells, heads, count, -1 - cell, subjects[cell], offsets, data, eights)
                count += 1
        rank = -1
        for number in range(count):
            if number == 0 or _order(cells, heads, number, number - 1, offsets, data) != 0:
                rank += 1
            word = _named(cells[number, 1], rank, offsets, data, literal_offsets, literals)
            _write(facts, subjects, cells[number, 0], word)


@compiled_within
def _put(
    cells: Words, heads: Keys, count: int, cell: int, text: int, offsets: Words, data: Bytes, eights: Keys
) -> None:
    """Put a cell with its text among ``count`` others, which are in order; they are few."""
    start, length = offsets[text], offsets[text + 1] - offsets[text]
    one, two = _eight(data, eights, start, length), _eight(data, eights, start + 8, length - 8)
    here = count
    while here > 0:
        if one != heads[here - 1, 0]:
            is_before = one < heads[here - 1, 0]
        elif two != heads[here - 1, 1]:
            is_before = two < heads[here - 1, 1]
        else:
            is_before = _text_order(text, cells[here - 1, 1], offsets, data) < 0
        if not is_before:
            break
        for part in range(2):
            cells[here, part] = cells[here - 1, part]
            heads[here, part] = heads[here - 1, part]
        here -= 1
    cells[here, 0], cells[here, 1], heads[here, 0], heads[here, 1] = cell, text, one, two


@compiled_within
def _order(cells: Words, heads: Keys, one: int, two: int, offsets: Words, data: Bytes) -> int:
    """Which of two cells comes first by its text; few texts differ only after their first sixteen bytes."""
    for part in range(2):
        if heads[one, part] != heads[two, part]:
            return -1 if heads[one, part] < heads[two, part] else 1
    return _text_order(cells[one, 1], cells[two, 1], offsets, data)


@compiled_within
def _sort_facts(facts: Words, width: int, low: int, high: int, offsets: Words, data: Bytes) -> None:
    """Put the facts of one enterprise in order; they are few."""
    for fact in range(low + 1, high):
        here = fact
        while here > low and _fact_before(facts, width, here, here - 1, offsets, data):
            for slot in range(width):
                one, two = here * width + slot, (here - 1) * width + slot
                facts[one], facts[two] = facts[two], facts[one]
            here -= 1


@compiled_within
def _write(facts: Words, subjects: Words, cell: int, word: int) -> None:
    if cell >= 0:
        facts[cell] = word
    else:
        subjects[-1 - cell] = word


@compiled_within
def _fact_before(facts: Words, width: int, one: int, two: int, offsets: Words, data: Bytes) -> bool:
    """By kind, then date, then id."""
    first, second = facts[one * width] >> w.KIND_SHIFT, facts[two * width] >> w.KIND_SHIFT
    if first != second:
        return first < second
    day, other = facts[one * width + w.F_DATE], facts[two * width + w.F_DATE]
    if day != other:
        return day < other
    return _text_order(facts[one * width + w.F_ID], facts[two * width + w.F_ID], offsets, data) < 0


@compiled
def _text_order(one: int, two: int, offsets: Words, data: Bytes) -> int:
    """Which of two texts comes first, by their bytes: below 0, 0 when they are equal, or above."""
    if one == two:
        return 0
    first, second = offsets[one], offsets[two]
    length, other = offsets[one + 1] - first, offsets[two + 1] - second
    for place in range(min(length, other)):
        if data[first + place] != data[second + place]:
            return -1 if data[first + place] < data[second + place] else 1
    return length - other


@compiled_within
def _named(text: int, rank: int, offsets: Words, data: Bytes, literal_offsets: Words, literals: Bytes) -> int:
    """The number of a text: that of the literal that it is, else its rank."""
    start = offsets[text]
    length = offsets[text + 1] - start
    for literal in range(literal_offsets.shape[0] - 1):
        begin = literal_offsets[literal]
        if literal_offsets[literal + 1] - begin != length:
            continue
        is_same = True
        for place in range(length):
            if data[start + place] != literals[begin + place]:
                is_same = False
                break
        if is_same:
            return -2 - literal
    return rank
