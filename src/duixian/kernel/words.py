"""The numbers that compiled rules and the loop agree on: operations, record fields, outcomes and reason codes.

Everything that the loop reads is a word: a 64-bit integer in one array, the *image*. A record is a run of words; the constants below
are places within it. ``MISSING`` in a cell is a field that nobody recorded; it is never zero.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duixian.rules.determination import Outcome

Words: TypeAlias = npt.NDArray[np.int64]
"""Words in a row, or rows of words."""

MISSING = -(2**63)
"""The word of a field that is missing, and of an amount that is unknown."""

# What a test tells, in one word: 0 no, 1 yes, and a negative word is unknown, its bits the missing fields.
NO, YES = 0, 1

OUTCOMES = tuple(Outcome)
PAYABLE, NOT_HIGHEST, OVER_LIMIT, INELIGIBLE, NOT_IN_FORCE, UNDECIDED, UNKNOWN = range(7)
ALIVE = -1
"""The outcome of an award that nothing has settled yet."""

REASONS = (
    "match.no-measure", "match.unknown", "match.condition-fails", "match.no-row", "match.other-round",
    "match.awarded-before", "match.round-by-history", "match.round-without-history", "match.not-first",
    "entitle.base-unknown", "entitle.nothing",
    "exclude.after-as-of", "exclude.date-unknown", "exclude.too-early", "exclude.too-late", "exclude.barred", "exclude.unknown",
    "choose.paid", "choose.key-unknown", "choose.payable", "choose.count", "choose.sum", "choose.beaten",
    "choose.ladder-highest", "choose.ladder-difference", "choose.matter-paid",
    "choose.too-entangled", "choose.strict", "match.out-of-scope",
)  # fmt: skip
"""The codes of the lines that settle an award, as in ``wording/trace.toml``; a result carries the place in this list."""
(
    R_NO_MEASURE, R_UNKNOWN, R_FAILS, R_NO_ROW, R_OTHER_ROUND,
    R_AWARDED_BEFORE, R_BY_HISTORY, R_WITHOUT_HISTORY, R_NOT_FIRST,
    R_BASE_UNKNOWN, R_NOTHING,
    R_AFTER_AS_OF, R_DATE_UNKNOWN, R_TOO_EARLY, R_TOO_LATE, R_BARRED, R_BAR_UNKNOWN,
    R_PAID, R_KEY_UNKNOWN, R_PAYABLE, R_COUNT, R_SUM, R_BEATEN,
    R_LADDER_HIGHEST, R_LADDER_DIFFERENCE, R_MATTER_PAID,
    R_TOO_ENTANGLED, R_STRICT, R_OUT_OF_SCOPE,
) = range(len(REASONS))  # fmt: skip

# --- the head of the image: where its tables begin
(
    H_KINDS, H_KIND_COUNT, H_TABLES, H_SETS, H_MEASURE_COUNT, H_PAYMENT_KIND, H_PAYMENT_AMOUNT, H_PAYMENT_FACT, H_PAYMENT_DATE,
    H_SETS_COUNT, H_FACT_WORDS, H_MOST_ABOUT, H_MOST_MEETS, H_IS_FORESEEN,
) = range(14)  # fmt: skip
HEAD = 16
"""``H_IS_FORESEEN``: whether entries of the first set may be decided by what was foreseen (``foreseen.py``)."""

# --- a kind: where its shapes' records begin, whether it triggers, the column of titles, the slot of its objects
K_SHAPES, K_TRIGGERS, K_TITLES, K_OBJECT = range(4)
KIND = 4
# --- a shape: under the first set the measures that are about such facts, each with its entry; those under which a fact of a later day is
# told, their scope unasked; and those that could be about it under whichever set
S_MEETS, S_MEETS_COUNT, S_LATER, S_LATER_COUNT, S_ABOUT, S_ABOUT_COUNT = range(6)
SHAPE = 8
MEETS = 2
LAST_ORDER = 0xFFFF
"""After all measures: what no measure is about."""

# --- a fact: its kind and shape, its date, the number of its id, then the cells of its kind
F_SHAPE, F_DATE, F_ID, F_CELLS = range(4)
KIND_SHIFT = 32

# --- a measure under one set of decisions
(
    M_ORDER, M_DOCUMENT, M_ENTRIES, M_DATE, M_DATE_SLOT, M_YEAR, M_YEAR_OF_DATE, M_FIRST_DAY, M_LAST_DAY,
    M_EXCLUSIONS, M_EXCLUSION_COUNT, M_LIMITS, M_LIMIT_COUNT, M_LADDERS, M_LADDER_COUNT,
    M_FIRST_AMONG, M_FIRST_PER, M_AGAIN, M_AMONG_TABLE, M_MATTER, M_REACH, M_AFTER, M_HAS_CUMULATION, M_BARS,
    M_PAYERS, M_PAYS, M_OWN_PAYMENT, M_MEASURE, M_ROWS,
) = range(29)  # fmt: skip
MEASURE = 29

# --- what is foreseen of an award when a measure meets a shape: two lines of memory for every fact, a third where more is asked
(
    U_HEAD, U_RULE, U_WAY, U_CEILING, U_ALONE, U_NOTHING, U_FIRST_DAY, U_LAST_DAY, U_DATE_SLOT,
    U_YEAR, U_BARRED_BY, U_TIES, U_OBJECT_SLOT, U_MEASURE, U_ROW, U_GUARDS, U_GUARD_COUNT,
    U_BARS, U_BAR_COUNT, U_HISTORY, U_BY_TITLE, U_SECOND,
) = range(22)  # fmt: skip
FORESEEN = 24
WAY_LONG, WAY_UNMATCHED, WAY_IF_FIRST, WAY_GUARDED, WAY_RATE = 1, 2, 4, 8, 16
"""``U_HEAD`` and ``U_RULE`` are words of a result; ``U_ALONE`` is what an award gets that nothing else binds, ``U_SECOND`` the head of one
that is not the first, 0 where history has to say more."""
# --- a guard: a part of a condition, or an exclusion, that is told without the machine: a cell, a table of the enterprise, or facts sought
J_BY_CELL, J_BY_TABLE, J_SLOT, J_TABLE, J_LEAST, J_LOW, J_HIGH, J_NAME, J_KINDS, J_SEEK = range(10)
GUARD = 10
# --- what is sought among facts of a kind: a table's yes, and a cell that lies so far from one of the trigger's
V_KIND, V_TABLE, V_CELL, V_OWN_CELL, V_LOW, V_HIGH = range(6)
SEEK = 6
NOT_SOUGHT = -1
# --- an entry: a measure meets a shape. Rows that may fit, and the measure's own condition, as far as the shape settles them
E_SCOPE, E_PLAIN, E_ROW, E_CEILING, E_REASON, E_SCOPE_CODE, E_ROWS, E_ROW_COUNT, E_PARTS, E_PART_COUNT = (
    range(FORESEEN, FORESEEN + 10)
)
ENTRY = FORESEEN + 10
"""``E_PLAIN`` says that the shape settles everything but history and days: the row, its sum, or the reason why there is none."""
NOT_PLAIN, PLAIN_AWARD, PLAIN_BY_HISTORY, PLAIN_REFUSAL = range(4)
# --- a row within an entry
P_ROW, P_SELECTED, P_ROUND, P_PARTS, P_PART_COUNT, P_STATED = range(6)
PLANNED = 6
# --- a part of a condition: its code, or what the shape already told
C_CODE, C_WORD, C_NAME = range(3)
PART = 3
# --- an award row
(
    A_NAME, A_AMOUNT, A_NUMERATOR, A_DENOMINATOR, A_SAFE, A_FACTOR, A_SHIFT, A_CAP, A_BASE, A_BASE_SLOT,
    A_WANTED, A_TABLE, A_PLACE, A_ID,
) = range(14)  # fmt: skip
ROW = 14
"""``A_SAFE`` is the largest base whose product with the numerator stays within a word; factor and shift divide it by the denominator."""
# --- how the round of an award is settled
ROUND_PASSES, ROUND_OTHER, ROUND_FIRST, ROUND_HISTORY = range(4)
STATED_NOT, STATED_OTHER, STATED_RENEWED = range(3)
WANTS_NONE, WANTS_AWARDED, WANTS_FIRST, WANTS_RENEWED = range(4)
AS_AWARDED, AS_RENEWED, NOTHING_AGAIN = range(3)
AMONG_ROW, AMONG_TITLE, AMONG_MEASURE = range(3)

# --- an exclusion: its code, its name, and for each row of the measure whether it is exempt
X_CODE, X_KIND, X_NAME, X_EXEMPT = range(4)
EXCLUSION = 4
"""``X_KIND`` is the kind without whose facts nothing is barred, -1 when there is no such kind."""
# --- a limit, and a ladder of a measure
L_PER, L_MOST_COUNT, L_MOST_FEN, L_ROWS, L_BY_YEAR_ALONE, L_NAME = range(6)
LIMIT = 6
D_NAME, D_PER, D_PER_NAME, D_PROMOTION, D_ROWS, D_OTHER_PERS = range(6)
LADDER = 6
PROMOTES_IN_FULL, PROMOTES_BY_DIFFERENCE, PROMOTES_HIGHEST = range(3)
# --- the keys of a group: their number, then for each what it is, where, and the bit of its field
KEY_YEAR, KEY_ROW, KEY_CELL, KEY_CODED = range(4)
G_TYPE, G_WHERE, G_BIT = range(3)
KEY = 3
# --- cumulation
SAME_FACT, SAME_OBJECT = range(2)
OTHER_DOCUMENTS, ALL_CLAUSES = range(2)
THE_DIFFERENCE, NOTHING_AFTER = range(2)
# --- who pays: a ratio is the parts of the one whose part is rounded down, and the whole; the rest is the other's
Y_TYPE, Y_PARTS, Y_WHOLE, Y_TO_CITY, Y_SAFE, Y_FACTOR, Y_SHIFT, Y_BASIS, Y_LINES, Y_LINE_COUNT = range(10)
PAYER = 10
"""``Y_SAFE`` is the largest amount whose product with the parts stays within a word; factor and shift divide it by the whole."""
PAYS_OPEN, PAYS_RATIO, PAYS_BY_TABLE = range(3)
T_FROM, T_TO = 8, 9
FISCAL_LINE = 10
"""A line of the fiscal table: a ratio as above, from one day to another."""

# --- an award on its way: what is known so far of one fact under one measure
(
    O_FACT, O_MEASURE, O_ROW, O_OUTCOME, O_REASON, O_DETAIL, O_CEILING, O_BASE, O_AMOUNT, O_YEAR, O_DAY, O_MISSING,
) = range(12)  # fmt: skip
AWARD = 12

# --- a result: an award that has come to its end, as few words as tell it
Q_FACT, Q_RULE, Q_CEILING, Q_BASE, Q_AMOUNT, Q_CITY, Q_NOTE = range(7)
RESULT = 7
"""``Q_FACT``: address of the fact, outcome, reason. ``Q_RULE``: number of the compiled measure and place of the row, both from 1 (0 is
none), detail, year. ``Q_NOTE``: the missing fields of what is 待核, the basis of sharing of what is payable."""
OUTCOME_SHIFT, REASON_SHIFT = 48, 56
FACT_MASK = (1 << OUTCOME_SHIFT) - 1
ROW_SHIFT, DETAIL_SHIFT, YEAR_SHIFT = 16, 32, 48
PART_MASK = (1 << 16) - 1

# --- operations: a word of operation and three of arguments
(
    OP_END, OP_CONST, OP_CELL, OP_SUBJECT_CELL, OP_CODED, OP_SUBJECT_CODED, OP_TEST, OP_SUBJECT_TEST, OP_COMPARE, OP_GRADES,
    OP_AND, OP_OR, OP_NOT, OP_IF, OP_SHIFT, OP_SUM, OP_YEAR, OP_YEAR_END, OP_UNLESS_NO, OP_UNLESS_YES,
    OP_EXISTS, OP_NEXT,
) = range(22)  # fmt: skip
OPERATION = 4
OF_TRIGGER, OF_CANDIDATE = range(2)
EQUAL, UNEQUAL, AT_LEAST, AT_MOST, ABOVE, BELOW = range(6)
