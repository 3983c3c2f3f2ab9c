"""The machine that evaluates an expression (表达式求值): a small stack, three-valued, over integers.

Every value is a pair: the value, and a mask of the fields that are missing for it. A mask of zero means known. Dates are days since
1970-01-01, money is fen, names are numbers, a level is its rank.
"""

from __future__ import annotations

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.calendar import shift_day, year_end, year_of
from duixian.kernel.compiled import compiled
from duixian.kernel.words import Words

DEPTH = 32
"""The most values that wait on the stack at once; checked when code is assembled."""
NESTING = 8
"""The deepest 有 inside 有."""

OF_CANDIDATE = w.OF_CANDIDATE
MISSING = w.MISSING
SHAPE_MASK = 0xFFFFFFFF


@compiled
def told(value: int, mask: int) -> int:
    """A flag as one word: 0, 1, or the missing fields as a negative word."""
    return -mask if mask != 0 else value


@compiled
def compare(comparator: int, one: int, two: int) -> int:
    """Whether two known values compare so."""
    if comparator == w.EQUAL:
        return int(one == two)
    if comparator == w.UNEQUAL:
        return int(one != two)
    if comparator == w.AT_LEAST:
        return int(one >= two)
    if comparator == w.AT_MOST:
        return int(one <= two)
    if comparator == w.ABOVE:
        return int(one > two)
    return int(one < two)


@compiled
def evaluate(
    image: Words,
    at: int,
    facts: Words,
    trigger: int,
    subject: Words,
    ranges: Words,
    values: Words,
    masks: Words,
    loops: Words,
) -> tuple[int, int]:
    """The value and mask of the code at ``at``, for a trigger fact of one enterprise.

    ``ranges`` holds first and last fact of each kind known on the day; ``values``, ``masks`` and ``loops`` are scratch.
    """
    top = -1
    depth = -1
    looked_at = trigger
    tables = image[w.H_TABLES]
    while True:
        operation = image[at]
        a = image[at + 1]
        b = image[at + 2]
        c = image[at + 3]
        at += w.OPERATION
        if operation == w.OP_END:
            return values[top], masks[top]
        if operation == w.OP_TEST:
            shape = facts[looked_at if a == OF_CANDIDATE else trigger, w.F_SHAPE] & SHAPE_MASK
            word = image[image[tables + b] + shape]
            top += 1
            values[top] = max(word, 0)
            masks[top] = -word if word < 0 else 0
        elif operation == w.OP_CELL:
            cell = facts[looked_at if a == OF_CANDIDATE else trigger, b]
            top += 1
            values[top] = cell
            masks[top] = c if cell == MISSING else 0
        elif operation == w.OP_CONST:
            top += 1
            values[top] = a
            masks[top] = 0
        elif operation == w.OP_COMPARE:
            top -= 1
            mask = masks[top] | masks[top + 1]
            masks[top] = mask
            if mask == 0:
                values[top] = compare(a, values[top], values[top + 1])
        elif operation == w.OP_AND:
            top -= 1
            one_no = masks[top] == 0 and values[top] == 0
            two_no = masks[top + 1] == 0 and values[top + 1] == 0
            mask = masks[top] | masks[top + 1]
            if one_no or two_no:
                values[top], masks[top] = 0, 0
            else:
                values[top], masks[top] = 1, mask
        elif operation == w.OP_OR:
            top -= 1
            one_yes = masks[top] == 0 and values[top] == 1
            two_yes = masks[top + 1] == 0 and values[top + 1] == 1
            mask = masks[top] | masks[top + 1]
            if one_yes or two_yes:
                values[top], masks[top] = 1, 0
            else:
                values[top], masks[top] = 0, mask
        elif operation == w.OP_NOT:
            values[top] = 1 - values[top]
        elif operation == w.OP_UNLESS_NO:
            if masks[top] == 0 and values[top] == 0:
                at = a
        elif operation == w.OP_UNLESS_YES:
            if masks[top] == 0 and values[top] == 1:
                at = a
        elif operation == w.OP_EXISTS:
            if ranges[2 * a] < ranges[2 * a + 1]:
                depth += 1
                loops[3 * depth] = looked_at
                loops[3 * depth + 1] = 0
                loops[3 * depth + 2] = ranges[2 * a + 1]
                looked_at = ranges[2 * a]
            else:
                top += 1
                values[top], masks[top] = 0, 0
                at = b
        elif operation == w.OP_NEXT:
            if masks[top] == 0 and values[top] == 1:
                looked_at = loops[3 * depth]
                depth -= 1
            else:
                loops[3 * depth + 1] |= masks[top]
                looked_at += 1
                if looked_at < loops[3 * depth + 2]:
                    top -= 1
                    at = a
                else:
                    values[top], masks[top] = 0, loops[3 * depth + 1]
                    looked_at = loops[3 * depth]
                    depth -= 1
        elif operation == w.OP_SUBJECT_TEST:
            word = image[image[tables + b] + subject[0]]
            top += 1
            values[top] = max(word, 0)
            masks[top] = -word if word < 0 else 0
        elif operation == w.OP_SUBJECT_CELL:
            top += 1
            values[top] = subject[b]
            masks[top] = c if subject[b] == MISSING else 0
        elif operation == w.OP_CODED:
            shape = facts[looked_at if a == OF_CANDIDATE else trigger, w.F_SHAPE] & SHAPE_MASK
            word = image[image[tables + b] + shape]
            top += 1
            values[top] = word
            masks[top] = c if word == MISSING else 0
        elif operation == w.OP_SUBJECT_CODED:
            word = image[image[tables + b] + subject[0]]
            top += 1
            values[top] = word
            masks[top] = c if word == MISSING else 0
        elif operation == w.OP_IF:
            top -= 2
            if masks[top] != 0:
                if (values[top + 1] == values[top + 2] and masks[top + 1] == masks[top + 2]) or (
                    masks[top + 1] != 0 and masks[top + 1] == masks[top + 2]
                ):
                    values[top], masks[top] = values[top + 1], masks[top + 1]
            elif values[top] == 1:
                values[top], masks[top] = values[top + 1], masks[top + 1]
            else:
                values[top], masks[top] = values[top + 2], masks[top + 2]
        elif operation == w.OP_SUM:
            top -= 1
            mask = masks[top] | masks[top + 1]
            masks[top] = mask
            if mask == 0:
                values[top] += a * values[top + 1]
        elif operation == w.OP_SHIFT:
            if masks[top] == 0:
                values[top] = shift_day(values[top], a, b)
        elif operation == w.OP_YEAR:
            if masks[top] == 0:
                values[top] = year_of(values[top])
        elif operation == w.OP_YEAR_END:
            if masks[top] == 0:
                values[top] = year_end(values[top])
        elif operation == w.OP_GRADES:
            # a: comparator, b: whose title ranks, c: table of grades' ranks by shape; the other grade waits on the stack
            top -= 1
            mask = masks[top] | masks[top + 1]
            masks[top] = mask
            if mask == 0:
                one, two = values[top], values[top + 1]
                values[top] = 0
                shape = facts[looked_at if b == OF_CANDIDATE else trigger, w.F_SHAPE] & SHAPE_MASK
                ladder = image[image[tables + c] + shape]
                if ladder >= 0:
                    rank_one, rank_two = _rank(image, ladder, one), _rank(image, ladder, two)
                    if rank_one >= 0 and rank_two >= 0:
                        values[top] = compare(a, rank_one, rank_two)


@compiled
def _rank(image: Words, ladder: int, grade: int) -> int:
    """The rank of a grade within a title: ``ladder`` is where the title's grades stand, their number first."""
    for place in range(image[ladder]):
        if image[ladder + 1 + 2 * place] == grade:
            return image[ladder + 2 + 2 * place]
    return -1


def scratch() -> tuple[Words, Words, Words]:
    """Room for one evaluation at a time: values, masks and loops."""
    return np.zeros(DEPTH, np.int64), np.zeros(DEPTH, np.int64), np.zeros(3 * NESTING, np.int64)
