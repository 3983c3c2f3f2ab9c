"""What can be foreseen (预判): when one row is left and its conditions are simple, an award is a few comparisons away.

The words written here let the loop decide most facts without the machine; where more may have to be asked, the entry or the loop says so
and the long way is taken (``local_steps``). Both ways tell the same.
"""

from __future__ import annotations

from duixian.kernel import words as w
from duixian.kernel.guards import ALWAYS, Guard, guard_of, guard_of_exclusion, refusing
from duixian.kernel.variant import Variant

LADDER_TIE, UNMATCHED_TIE, TIES = 61, 62, 61
"""Bits of awards that may bind each other; limited measures share the first ones, for which chance meetings cost time only."""


class Guards:
    """The guards of one measure (事项的简单条件), found before its first entry is written."""

    def __init__(self, variant: Variant) -> None:
        parts = [*variant.parts, *(part for row in variant.rows for part in row.parts)]
        image = variant.book.image
        first = image[variant.at + w.M_EXCLUSIONS]
        self._exclusions = [
            first + number * w.EXCLUSION for number in range(image[variant.at + w.M_EXCLUSION_COUNT])
        ]
        self._image = image
        self._of_part = {each.code.at: guard_of(variant, each.code.at, each.name) for each in parts}
        self._of_exclusion = {each: guard_of_exclusion(variant, each) for each in self._exclusions}

    def of_parts(self, parts: list[list[int]]) -> list[Guard] | None:
        """The guards of parts of a condition as the shape leaves them; None when one of them is no guard."""
        found = [
            refusing(part[w.C_NAME]) if part[w.C_WORD] == 0 else self._of_part[part[w.C_CODE]]
            for part in parts
        ]
        told = [each for each in found if each is not None]
        return told if len(told) == len(found) else None

    def of_row(self, place: int) -> list[Guard] | None:
        """The guards of the exclusions of which a row is not exempt."""
        image = self._image
        mine = [each for each in self._exclusions if not image[image[each + w.X_EXEMPT] + place]]
        told = [guard for guard in map(self._of_exclusion.__getitem__, mine) if guard is not None]
        return told if len(told) == len(mine) else None


def foresee_refusal(variant: Variant, record: list[int], row: int, reason: int) -> None:
    """The words of an award that is refused whatever happens."""
    _begin(variant, record, row, w.INELIGIBLE, reason)
    record[w.U_DATE_SLOT], record[w.U_FIRST_DAY], record[w.U_LAST_DAY] = w.F_DATE, w.MISSING, ALWAYS


def foresee(
    variant: Variant, found: Guards, record: list[int], plan: list[int], parts: list[list[int]]
) -> list[Guard]:
    """The words of an award by the only row that is left; its guards, then those of exclusions. The way stays long where that fails."""
    image, row = variant.book.image, plan[w.P_ROW]
    is_rate, round_ = image[row + w.A_AMOUNT] < 0, plan[w.P_ROUND]
    guards, bars = found.of_parts(parts), found.of_row(image[row + w.A_PLACE])
    if plan[w.P_SELECTED] or not variant.is_dated_plainly or guards is None or bars is None:
        return []
    if is_rate and not image[row + w.A_BASE_SLOT]:
        return []
    if round_ == w.ROUND_HISTORY and image[row + w.A_WANTED] != w.WANTS_AWARDED:
        foresee_refusal(variant, record, row, w.R_WITHOUT_HISTORY)
        _look_back(variant, record, row, round_)
        return []
    _begin(variant, record, row, w.PAYABLE, w.R_PAYABLE)
    if round_ != w.ROUND_PASSES:
        _look_back(variant, record, row, round_)
    record[w.U_WAY] |= (w.WAY_GUARDED if guards else 0) | (w.WAY_RATE if is_rate else 0)
    record[w.U_YEAR] = w.PART_MASK
    record[w.U_DATE_SLOT] = image[variant.at + w.M_DATE_SLOT]
    record[w.U_FIRST_DAY], record[w.U_LAST_DAY] = (
        image[variant.at + w.M_FIRST_DAY],
        image[variant.at + w.M_LAST_DAY],
    )
    record[w.U_GUARD_COUNT], record[w.U_BAR_COUNT] = len(guards), len(bars)
    for bar in bars:
        record[w.U_BARRED_BY] |= bar[w.J_KINDS]
    record[w.U_ALONE] = _most_alone(variant, image[row + w.A_PLACE])
    if not is_rate:
        record[w.U_CEILING] = image[row + w.A_AMOUNT]
        record[w.U_ALONE] = min(record[w.U_ALONE], record[w.U_CEILING])
    return [*guards, *bars]


def no_measure(at: int) -> list[int]:
    """The words of a fact that no measure is about; ``at`` is any measure, whose payers nobody will ask."""
    record = [0] * w.FORESEEN
    record[w.U_HEAD] = w.INELIGIBLE << w.OUTCOME_SHIFT | w.R_NO_MEASURE << w.REASON_SHIFT
    record[w.U_DATE_SLOT], record[w.U_FIRST_DAY], record[w.U_LAST_DAY] = w.F_DATE, w.MISSING, ALWAYS
    record[w.U_WAY], record[w.U_CEILING], record[w.U_MEASURE], record[w.U_TIES] = (
        w.WAY_UNMATCHED,
        w.MISSING,
        at,
        1 << UNMATCHED_TIE,
    )
    return record


def _begin(variant: Variant, record: list[int], row: int, outcome: int, reason: int) -> None:
    image = variant.book.image
    record[w.U_HEAD] = outcome << w.OUTCOME_SHIFT | reason << w.REASON_SHIFT
    place = image[row + w.A_PLACE] + 1 if row >= 0 else 0
    record[w.U_RULE] = (variant.number + 1) | place << w.ROW_SHIFT
    record[w.U_WAY] = 0
    record[w.U_CEILING], record[w.U_ROW] = w.MISSING, row


def ties_of(variant: Variant) -> int:
    """Bits that two awards share when a limit or a ladder may hold between them."""
    image = variant.book.image
    has_limits, has_ladders = (
        image[variant.at + w.M_LIMIT_COUNT] > 0,
        image[variant.at + w.M_LADDER_COUNT] > 0,
    )
    return int(has_limits) << variant.order % TIES | int(has_ladders) << LADDER_TIE


def _look_back(variant: Variant, record: list[int], row: int, round_: int) -> None:
    """Which earlier facts make an award another than the first; where they only refuse it, with which words."""
    image = variant.book.image
    is_first = round_ == w.ROUND_FIRST
    among = image[variant.at + w.M_FIRST_AMONG] if is_first else w.AMONG_ROW
    record[w.U_WAY] |= w.WAY_IF_FIRST
    record[w.U_BY_TITLE] = int(among == w.AMONG_TITLE)
    if among == w.AMONG_TITLE:
        record[w.U_HISTORY] = variant.book.titles_table(variant.kind)
    else:
        record[w.U_HISTORY] = (
            image[row + w.A_TABLE] if among == w.AMONG_ROW else image[variant.at + w.M_AMONG_TABLE]
        )
    if is_first and image[image[variant.at + w.M_FIRST_PER]] == 0:
        record[w.U_SECOND] = w.INELIGIBLE << w.OUTCOME_SHIFT | w.R_NOT_FIRST << w.REASON_SHIFT


def _most_alone(variant: Variant, place: int) -> int:
    """What the measure's own sums allow an award that is alone."""
    image, most = variant.book.image, ALWAYS
    for number in range(image[variant.at + w.M_LIMIT_COUNT]):
        limit = image[variant.at + w.M_LIMITS] + number * w.LIMIT
        rows = image[limit + w.L_ROWS]
        if image[limit + w.L_MOST_FEN] >= 0 and (rows == 0 or image[rows + place]):
            most = min(most, image[limit + w.L_MOST_FEN])
    return most
