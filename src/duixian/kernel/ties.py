"""Limits and ladders as records (限制与阶梯): which awards stand in one group, and what the group may get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duixian.kernel import words as w
from duixian.rules import house_words as house
from duixian.rules.decided import resolve
from duixian.rules.measure import Promotion

if TYPE_CHECKING:
    from duixian.kernel.variant import Variant

PROMOTES = {
    Promotion.FULL: w.PROMOTES_IN_FULL,
    Promotion.DIFFERENCE: w.PROMOTES_BY_DIFFERENCE,
    Promotion.HIGHEST_ONLY: w.PROMOTES_HIGHEST,
}


def write_groups(variant: Variant, per: tuple[str, ...], told: frozenset[str] = frozenset()) -> int:
    """Write the fields that make a group (每 …); ``told`` are those that compare as texts, whatever their type."""
    records: list[int] = []
    for name in per:
        if name == house.PER_YEAR:
            records += (w.KEY_YEAR, 0, variant.assembler.bits.bit(variant.kind.kind.name, name))
        elif name == house.PER_ROW:
            records += (w.KEY_ROW, 0, variant.assembler.bits.bit(variant.kind.kind.name, name))
        elif name != house.PER_ENTERPRISE:
            records += _field(variant, name, told)
    return variant.book.write([len(records) // w.KEY, *records])


def write_fields(variant: Variant, per: tuple[str, ...]) -> int:
    """Write the fields in which recognitions are compared (首次每 …): before there is an award, 年度 and 行 can only be fields."""
    records: list[int] = []
    for name in per:
        if name != house.PER_ENTERPRISE:
            records += _field(variant, name, frozenset())
    return variant.book.write([len(records) // w.KEY, *records])


def _field(variant: Variant, name: str, told: frozenset[str]) -> tuple[int, int, int]:
    kind = variant.kind
    bit = variant.assembler.bits.bit(kind.kind.name, name)
    if name not in kind.kind.fields:
        # Nobody can record it: it is missing for every fact.
        return w.KEY_CODED, variant.book.always_missing(kind), bit
    if name in told:
        return w.KEY_CELL, kind.tell(name), bit
    if kind.is_coded(name):
        return w.KEY_CODED, variant.assembler.coded_table(kind, name), bit
    return w.KEY_CELL, kind.slots[name], bit


def write_limits(variant: Variant) -> tuple[int, int]:
    """Write a measure's limits."""
    records: list[int] = []
    for limit in variant.measure.limits:
        per = resolve(limit.per, variant.decisions)
        rows = _flags(variant, limit.rows) if limit.rows else 0
        is_plain = not limit.rows and set(per) <= {house.PER_ENTERPRISE, house.PER_YEAR}
        records += (
            write_groups(variant, per),
            -1 if limit.max_count is None else limit.max_count,
            -1 if limit.max_fen is None else limit.max_fen,
            rows,
            int(is_plain),
            variant.book.detail("、".join(per)),
        )
    return variant.book.write(records), len(variant.measure.limits)


def write_ladders(variant: Variant) -> tuple[int, int]:
    """Write the ladders on which a measure has rungs; each can be asked by the fields of every ladder of its name."""
    book, records = variant.book, []
    for ladder in variant.measure.ladders:
        per = resolve(ladder.per, variant.decisions)
        told = book.layout.told_groups[ladder.name]
        others: list[int] = []
        for each in book.ladder_groups(ladder.name):
            others += (book.name_of_group(each), write_groups(variant, each, told))
        records += [
            book.detail(ladder.name),
            write_groups(variant, per, told),
            book.name_of_group(per),
            PROMOTES[resolve(ladder.promotion, variant.decisions)],
            _flags(variant, ladder.rows),
            book.write([len(others) // 2, *others]),
        ]
    return book.write(records), len(variant.measure.ladders)


def _flags(variant: Variant, rows: frozenset[str]) -> int:
    """For each row of the measure, whether it is one of these."""
    return variant.book.write([int(row.id in rows) for row in variant.measure.rows])
