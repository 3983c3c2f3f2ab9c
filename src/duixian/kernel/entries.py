"""Entries (事项遇形): how a measure meets a shape, with everything settled that the shape settles alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from duixian.kernel import words as w
from duixian.kernel.foreseen import Guards, foresee, foresee_refusal, ties_of
from duixian.kernel.selecting import selected
from duixian.kernel.still import Shape
from duixian.kernel.variant import Part, RowRecord, Variant
from duixian.rules.decided import resolve
from duixian.rules.measure import Again, AwardRow
from duixian.rules.vocabulary import Round

BY_CODE = 2


class Planned(NamedTuple):
    """A row that may fit (可能适用的条目): its record, and the parts of its condition that the shape leaves open."""

    plan: list[int]
    parts: list[list[int]]

    @property
    def is_refused(self) -> bool:
        """Whether the stated round refuses it."""
        return self.plan[w.P_ROUND] == w.ROUND_OTHER

    @property
    def holds(self) -> bool:
        """Whether it fits whatever else is known."""
        return self.plan[w.P_ROUND] == w.ROUND_PASSES and not self.parts and not self.plan[w.P_SELECTED]


def write_entry(variant: Variant, found: Guards | None, shape: Shape, number: int, at: int) -> list[int]:
    """The record of how a measure meets a shape, to stand at ``at``: what is foreseen, then rows, their parts, and guards.

    Nothing is foreseen without ``found``, the guards of the measure: only the first set takes the short way.
    """
    scope = _scope(variant, number)
    rows = _that_matter(list(_rows(variant, shape, number)))
    own = list(_told_parts(variant, variant.parts, number))
    record = [0] * w.ENTRY
    record[w.E_SCOPE] = scope
    record[w.E_SCOPE_CODE] = variant.scope.at if variant.scope is not None else 0
    record[w.E_ROWS], record[w.E_ROW_COUNT] = at + w.ENTRY, len(rows)
    here = at + w.ENTRY + w.PLANNED * len(rows)
    record[w.E_PARTS], record[w.E_PART_COUNT] = here, len(own)
    here += w.PART * len(own)
    for row in rows:
        row.plan[w.P_PARTS], row.plan[w.P_PART_COUNT] = here, len(row.parts)
        here += w.PART * len(row.parts)
    _tell_plain(variant, record, rows, own)
    guards: list[list[int]] = []
    record[w.U_WAY] = w.WAY_LONG
    record[w.U_DATE_SLOT] = variant.book.image[variant.at + w.M_DATE_SLOT]
    record[w.U_RULE], record[w.U_MEASURE], record[w.U_TIES] = variant.number + 1, variant.at, ties_of(variant)
    if found is None:
        pass
    elif record[w.E_PLAIN] == w.PLAIN_REFUSAL:
        foresee_refusal(variant, record, record[w.E_ROW], record[w.E_REASON])
    elif scope == 1 and len(rows) == 1:
        guards = foresee(variant, found, record, rows[0].plan, [*rows[0].parts, *own])
    record[w.U_GUARDS], record[w.U_BARS] = here, here + w.GUARD * record[w.U_GUARD_COUNT]
    parts = (part for each in rows for part in each.parts)
    for words in (*(each.plan for each in rows), *own, *parts, *guards):
        record += words
    return record


def _scope(variant: Variant, number: int) -> int:
    if variant.scope is None:
        return 1
    return BY_CODE if variant.scope.table is None else variant.book.told(variant.scope.table, number)


def _rows(variant: Variant, shape: Shape, number: int) -> Iterator[Planned]:
    for row in variant.rows:
        plan = _plan(variant, row, shape)
        if plan is not None:
            yield Planned(plan, list(_told_parts(variant, row.parts, number)))


def _that_matter(rows: list[Planned]) -> list[Planned]:
    """The rows that can make a difference: none after one that fits for sure, and none that is refused beside such a one."""
    for place, row in enumerate(rows):
        if row.holds:
            return [each for each in rows[:place] if not each.is_refused] + [row]
    return rows


def _tell_plain(variant: Variant, record: list[int], rows: list[Planned], own: list[list[int]]) -> None:
    """Mark an entry where the shape settles all but history and days: most recognitions are of this kind."""
    record[w.E_ROW] = -1
    if record[w.E_SCOPE] != 1:
        return
    if all(each.is_refused for each in rows):
        # Of rows for another round the first one is told.
        record[w.E_PLAIN] = w.PLAIN_REFUSAL
        record[w.E_ROW] = rows[0].plan[w.P_ROW] if rows else -1
        record[w.E_REASON] = w.R_OTHER_ROUND if rows else w.R_NO_ROW
        return
    plan, parts = rows[0]
    amount = variant.book.image[plan[w.P_ROW] + w.A_AMOUNT]
    if len(rows) > 1 or plan[w.P_SELECTED] or parts or own or amount < 0 or not variant.is_dated_plainly:
        return
    record[w.E_ROW], record[w.E_CEILING] = plan[w.P_ROW], amount
    passes = plan[w.P_ROUND] == w.ROUND_PASSES
    record[w.E_PLAIN] = w.PLAIN_AWARD if passes else w.PLAIN_BY_HISTORY


def _told_parts(variant: Variant, parts: tuple[Part, ...], number: int) -> Iterator[list[int]]:
    """The parts that a shape does not settle with yes."""
    for part in parts:
        word = BY_CODE if part.code.table is None else variant.book.told(part.code.table, number)
        if word != 1:
            yield [part.code.at, word, part.name]


def _plan(variant: Variant, record: RowRecord, shape: Shape) -> list[int] | None:
    """How a row meets a shape; None when its selectors refuse it."""
    if record.titles and shape.title not in record.titles:
        return None
    word = selected(record.row, shape, variant.kind, variant.book.layout.vocabulary, variant.bit)
    if word == 0:
        return None
    plan = [0] * w.PLANNED
    plan[w.P_ROW] = record.at
    plan[w.P_SELECTED] = -word if word < 0 else 0
    plan[w.P_ROUND], plan[w.P_STATED] = _round(variant, record.row, shape)
    return plan


def _round(variant: Variant, row: AwardRow, shape: Shape) -> tuple[int, int]:
    """How the round is settled: by the shape, or by history."""
    stated = shape.values.get(variant.kind.round_field)
    said = w.STATED_NOT if stated is None else w.STATED_OTHER
    if row.round is None:
        return w.ROUND_PASSES, said
    is_renewed = stated == Round.RENEWED
    if row.round is Round.FIRST:
        return (w.ROUND_OTHER if is_renewed else w.ROUND_FIRST), said
    again = resolve(variant.measure.history.again, variant.decisions)
    if stated is None or (not is_renewed and again is not Again.AS_AWARDED):
        return w.ROUND_HISTORY, said
    effective = Round.RENEWED if is_renewed else Round.AWARDED
    return (w.ROUND_PASSES if effective is row.round else w.ROUND_OTHER), said
