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

MASKS, LOOPS = DEPTH, 2 * DEPTH
RANGES = LOOPS + 3 * NESTING
"""Places on the desk: first the values on the stack, then their masks, the open 有, and from where to where each kind's facts go."""

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
    subjects: Words,
    subject: int,
    desk: Words,
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
            return desk[top], desk[MASKS + top]
        if operation == w.OP_TEST:
            shape = facts[(looked_at if a == OF_CANDIDATE else trigger) + w.F_SHAPE] & SHAPE_MASK
            word = image[image[tables + b] + shape]
            top += 1
            desk[top] = max(word, 0)
            desk[MASKS + top] = -word if word < 0 else 0
        elif operation == w.OP_CELL:
            cell = facts[(looked_at if a == OF_CANDIDATE else trigger) + b]
            top += 1
            desk[top] = cell
            desk[MASKS + top] = c if cell == MISSING else 0
        elif operation == w.OP_CONST:
            top += 1
            desk[top] = a
            desk[MASKS + top] = 0
        elif operation == w.OP_COMPARE:
            top -= 1
            mask = desk[MASKS + top] | desk[MASKS + top + 1]
            desk[MASKS + top] = mask
            if mask == 0:
                desk[top] = compare(a, desk[top], desk[top + 1])
        elif operation == w.OP_AND:
            top -= 1
            one_no = desk[MASKS + top] == 0 and desk[top] == 0
            two_no = desk[MASKS + top + 1] == 0 and desk[top + 1] == 0
            mask = desk[MASKS + top] | desk[MASKS + top + 1]
            if one_no or two_no:
                desk[top], desk[MASKS + top] = 0, 0
            else:
                desk[top], desk[MASKS + top] = 1, mask
        elif operation == w.OP_OR:
            top -= 1
            one_yes = desk[MASKS + top] == 0 and desk[top] == 1
            two_yes = desk[MASKS + top + 1] == 0 and desk[top + 1] == 1
            mask = desk[MASKS + top] | desk[MASKS + top + 1]
            if one_yes or two_yes:
                desk[top], desk[MASKS + top] = 1, 0
            else:
                desk[top], desk[MASKS + top] = 0, mask
        elif operation == w.OP_NOT:
            desk[top] ^= 1
        elif operation == w.OP_UNLESS_NO:
            if desk[MASKS + top] == 0 and desk[top] == 0:
                at = a
        elif operation == w.OP_UNLESS_YES:
            if desk[MASKS + top] == 0 and desk[top] == 1:
                at = a
        elif operation == w.OP_EXISTS:
            if desk[RANGES + 2 * a] < desk[RANGES + 2 * a + 1]:
                depth += 1
                desk[LOOPS + 3 * depth] = looked_at
                desk[LOOPS + 3 * depth + 1] = 0
                desk[LOOPS + 3 * depth + 2] = desk[RANGES + 2 * a + 1]
                looked_at = desk[RANGES + 2 * a]
            else:
                top += 1
                desk[top], desk[MASKS + top] = 0, 0
                at = b
        elif operation == w.OP_NEXT:
            if desk[MASKS + top] == 0 and desk[top] == 1:
                looked_at = desk[LOOPS + 3 * depth]
                depth -= 1
            else:
                desk[LOOPS + 3 * depth + 1] |= desk[MASKS + top]
                looked_at += image[w.H_FACT_WORDS]
                if looked_at < desk[LOOPS + 3 * depth + 2]:
                    top -= 1
                    at = a
                else:
                    desk[top], desk[MASKS + top] = 0, desk[LOOPS + 3 * depth + 1]
                    looked_at = desk[LOOPS + 3 * depth]
                    depth -= 1
        elif operation == w.OP_SUBJECT_TEST:
            word = image[image[tables + b] + subjects[subject]]
            top += 1
            desk[top] = max(word, 0)
            desk[MASKS + top] = -word if word < 0 else 0
        elif operation == w.OP_SUBJECT_CELL:
            top += 1
            desk[top] = subjects[subject + b]
            desk[MASKS + top] = c if subjects[subject + b] == MISSING else 0
        elif operation == w.OP_CODED:
            shape = facts[(looked_at if a == OF_CANDIDATE else trigger) + w.F_SHAPE] & SHAPE_MASK
            word = image[image[tables + b] + shape]
            top += 1
            desk[top] = word
            desk[MASKS + top] = c if word == MISSING else 0
        elif operation == w.OP_SUBJECT_CODED:
            word = image[image[tables + b] + subjects[subject]]
            top += 1
            desk[top] = word
            desk[MASKS + top] = c if word == MISSING else 0
        elif operation == w.OP_IF:
            top -= 2
            if desk[MASKS + top] != 0:
                if (desk[top + 1] == desk[top + 2] and desk[MASKS + top + 1] == desk[MASKS + top + 2]) or (
                    desk[MASKS + top + 1] != 0 and desk[MASKS + top + 1] == desk[MASKS + top + 2]
                ):
                    desk[top], desk[MASKS + top] = desk[top + 1], desk[MASKS + top + 1]
            elif desk[top] == 1:
                desk[top], desk[MASKS + top] = desk[top + 1], desk[MASKS + top + 1]
            else:
                desk[top], desk[MASKS + top] = desk[top + 2], desk[MASKS + top + 2]
        elif operation == w.OP_SUM:
            top -= 1
            mask = desk[MASKS + top] | desk[MASKS + top + 1]
            desk[MASKS + top] = mask
            if mask == 0:
                desk[top] += a * desk[top + 1]
        elif operation == w.OP_SHIFT:
            if desk[MASKS + top] == 0:
                desk[top] = shift_day(desk[top], a, b)
        elif operation == w.OP_YEAR:
            if desk[MASKS + top] == 0:
                desk[top] = year_of(desk[top])
        elif operation == w.OP_YEAR_END:
            if desk[MASKS + top] == 0:
                desk[top] = year_end(desk[top])
        elif operation == w.OP_GRADES:
            # a: comparator, b: whose title ranks, c: table of grades' ranks by shape; the other grade waits on the stack
            top -= 1
            mask = desk[MASKS + top] | desk[MASKS + top + 1]
            desk[MASKS + top] = mask
            if mask == 0:
                one, two = desk[top], desk[top + 1]
                desk[top] = 0
                shape = facts[(looked_at if b == OF_CANDIDATE else trigger) + w.F_SHAPE] & SHAPE_MASK
                ladder = image[image[tables + c] + shape]
                if ladder >= 0:
                    rank_one, rank_two = _rank(image, ladder, one), _rank(image, ladder, two)
                    if rank_one >= 0 and rank_two >= 0:
                        desk[top] = compare(a, rank_one, rank_two)


@compiled
def _rank(image: Words, ladder: int, grade: int) -> int:
    """The rank of a grade within a title: ``ladder`` is where the title's grades stand, their number first."""
    for place in range(image[ladder]):
        if image[ladder + 1 + 2 * place] == grade:
            return image[ladder + 2 + 2 * place]
    return -1


def room(kinds: int) -> Words:
    """A desk for one evaluation at a time, and for where the facts of each kind lie."""
    return np.zeros(RANGES + 2 * max(kinds, 1), np.int64)
