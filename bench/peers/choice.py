"""The choice in NumPy (择优): what is given of the awards that stand, for engines that decide one fact at a time and no more.

``workload.md`` tells the choice in closed form; here it is asked of all enterprises at once, by sorting what is limited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bench.peers.lines import INELIGIBLE, NONE, NOT_HIGHEST, OVER_LIMIT, PAYABLE, UNKNOWN, Lines
from bench.peers.workload import (
    ONE_A_YEAR,
    PROJECTS_A,
    SUM_A_YEAR,
    SUM_EVER,
    UNLIMITED,
    A,
    B,
    rules,
)
from bench.world.columns import SLOTS, Int32, Int64

Flags: TypeAlias = npt.NDArray[np.bool_]
_SECOND_YEAR, _THIRD_YEAR = (int(np.datetime64(day).astype(np.int64)) for day in ("2026-01-01", "2027-01-01"))


@dataclass(slots=True)
class Under:
    """What one document says of every fact (一份文件下的结果), before the choice; measure ``NONE`` where it says nothing."""

    measure: Int64
    row: Int64
    outcome: Int64
    ceiling_fen: Int64

    @property
    def is_alive(self) -> Flags:
        """Which awards go into the choice."""
        found: Flags = (self.measure != NONE) & (self.outcome == PAYABLE)
        return found


def chosen(number: Int32, day: Int32, under: list[Under]) -> Lines:
    """The lines of all facts; ``under`` holds B and A, ``day`` and ``number`` each fact's, sorted by number."""
    year = (day >= _SECOND_YEAR).astype(np.int64) + (day >= _THIRD_YEAR)
    order = np.lexsort((number, day, number // SLOTS))
    time = np.empty(len(number), dtype=np.int64)
    time[order] = np.arange(len(number))
    is_project = under[A].measure == rules().measure_ids.index(PROJECTS_A)
    amount_a = np.where(under[A].is_alive, under[A].ceiling_fen, 0)
    _highest(under, is_project)
    _one_of_a_count(number, year, time, under, is_project)
    _within_sums(number, year, time, under[A], amount_a)
    return _lines(number, under, amount_a)


def _highest(under: list[Under], is_project: Flags) -> None:
    """Of one recognition under both documents the higher award is given, the earlier document's when they are equal."""
    both = under[B].is_alive & under[A].is_alive & ~is_project
    is_higher = under[A].ceiling_fen > under[B].ceiling_fen
    under[B].outcome[both & is_higher] = NOT_HIGHEST
    under[A].outcome[both & ~is_higher] = NOT_HIGHEST


def _one_of_a_count(number: Int32, year: Int64, time: Int64, under: list[Under], is_project: Flags) -> None:
    """One of a measure for ever or a year: the greatest gain, of equal ones the first; of projects that have an award under B too
    those come after the others, and the last of them first."""
    later, earlier = under[A], under[B]
    kind = rules().measure_limit[later.measure]
    counted = np.flatnonzero(later.is_alive & ~np.isin(kind, (UNLIMITED, SUM_EVER, SUM_A_YEAR)))
    has_b = earlier.is_alive[counted]
    gain = later.ceiling_fen[counted] - np.where(has_b, earlier.ceiling_fen[counted], 0)
    group = _group(number, year, later.measure, kind == ONE_A_YEAR)[counted]
    order = np.lexsort((np.where(has_b, -time[counted], time[counted]), has_b, -gain, group))
    is_taken = np.zeros(len(counted), dtype=bool)
    is_taken[order] = _begins(group[order])
    is_taken &= gain > 0
    earlier.outcome[counted[is_taken & has_b]] = NOT_HIGHEST
    later.outcome[counted[~is_taken]] = np.where(has_b[~is_taken], NOT_HIGHEST, OVER_LIMIT)


def _within_sums(number: Int32, year: Int64, time: Int64, later: Under, amount: Int64) -> None:
    """In the order of time each takes what the sum leaves."""
    kind = rules().measure_limit[later.measure]
    summed = np.flatnonzero(later.is_alive & ((kind == SUM_EVER) | (kind == SUM_A_YEAR)))
    group = _group(number, year, later.measure, kind == SUM_A_YEAR)[summed]
    order = np.lexsort((time[summed], group))
    summed, begins = summed[order], _begins(group[order])
    before = np.cumsum(amount[summed]) - amount[summed]
    before -= before[begins][np.cumsum(begins) - 1]
    left = rules().measure_limit_fen[later.measure[summed]] - before
    amount[summed] = np.clip(left, 0, amount[summed])
    later.outcome[summed[left <= 0]] = OVER_LIMIT


def _group(number: Int32, year: Int64, measure: Int64, is_by_year: Flags) -> Int64:
    group: Int64 = ((number // SLOTS).astype(np.int64) * 32 + measure) * 4 + np.where(is_by_year, year, 0)
    return group


def _begins(group: Int64) -> Flags:
    """Where a sorted column takes a new value."""
    begins = np.ones(len(group), dtype=bool)
    begins[1:] = group[1:] != group[:-1]
    return begins


def _lines(number: Int32, under: list[Under], amount_a: Int64) -> Lines:
    """One line for each fact under each measure, and one for each fact that no measure is about."""
    nobodys = np.flatnonzero((under[B].measure == NONE) & (under[A].measure == NONE))
    in_b, in_a = (np.flatnonzero(each.measure != NONE) for each in under)
    fact = np.concatenate((number[in_b], number[in_a], number[nobodys]))
    amounts = (under[B].ceiling_fen[in_b], amount_a[in_a], np.zeros(len(nobodys), dtype=np.int64))
    none, refused = np.full(len(nobodys), NONE), np.full(len(nobodys), INELIGIBLE)
    outcome = np.concatenate((under[B].outcome[in_b], under[A].outcome[in_a], refused))
    amount = np.where(outcome == PAYABLE, np.concatenate(amounts), np.where(outcome == UNKNOWN, NONE, 0))
    city = np.where(outcome == PAYABLE, amount * 3 // 10, NONE)
    return Lines(
        fact // np.int32(SLOTS),
        np.concatenate((under[B].measure[in_b], under[A].measure[in_a], none)).astype(np.int8),
        np.concatenate((under[B].row[in_b], under[A].row[in_a], none)).astype(np.int8),
        fact,
        outcome.astype(np.int8),
        np.concatenate((under[B].ceiling_fen[in_b], under[A].ceiling_fen[in_a], none)),
        amount,
        city,
        np.where(outcome == PAYABLE, amount - city, NONE),
    )
