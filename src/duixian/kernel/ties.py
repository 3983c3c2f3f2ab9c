"""Limits and ladders as records (限制与阶梯): which awards stand in one group, and what the group may get."""

from __future__ import annotations

from typing import NamedTuple

from duixian.kernel import words as w
from duixian.kernel.assembler import Assembler
from duixian.kernel.book import Book
from duixian.kernel.layout import KindLayout
from duixian.rules import house_words as house
from duixian.rules.decided import Decisions, resolve
from duixian.rules.measure import Measure, Promotion

PROMOTES = {
    Promotion.FULL: w.PROMOTES_IN_FULL,
    Promotion.DIFFERENCE: w.PROMOTES_BY_DIFFERENCE,
    Promotion.HIGHEST_ONLY: w.PROMOTES_HIGHEST,
}


class Ties(NamedTuple):
    """What ties the awards of a measure to others (约束), and where it is written."""

    book: Book
    assembler: Assembler
    kind: KindLayout
    measure: Measure
    decisions: Decisions

    def write_groups(self, per: tuple[str, ...], told: frozenset[str] = frozenset()) -> int:
        """Write the fields that make a group (每 …); ``told`` are those that compare as texts, whatever their type."""
        records: list[int] = []
        for name in per:
            if name == house.PER_YEAR:
                records += (w.KEY_YEAR, 0, self.assembler.bits.bit(self.kind.kind.name, name))
            elif name == house.PER_ROW:
                records += (w.KEY_ROW, 0, self.assembler.bits.bit(self.kind.kind.name, name))
            elif name != house.PER_ENTERPRISE:
                records += self._field(name, told)
        return self.book.write([len(records) // w.KEY, *records])

    def write_fields(self, per: tuple[str, ...]) -> int:
        """Write the fields in which recognitions are compared (首次每 …): before there is an award, 年度 and 行 can only be fields."""
        records: list[int] = []
        for name in per:
            if name != house.PER_ENTERPRISE:
                records += self._field(name, frozenset())
        return self.book.write([len(records) // w.KEY, *records])

    def _field(self, name: str, told: frozenset[str]) -> tuple[int, int, int]:
        kind = self.kind
        bit = self.assembler.bits.bit(kind.kind.name, name)
        if name not in kind.kind.fields:
            # Nobody can record it: it is missing for every fact.
            return w.KEY_CODED, self.book.always_missing(kind), bit
        if name in told:
            return w.KEY_CELL, kind.tell(name), bit
        if kind.is_coded(name):
            return w.KEY_CODED, self.assembler.coded_table(kind, name), bit
        return w.KEY_CELL, kind.slots[name], bit

    def write_limits(self) -> tuple[int, int]:
        """Write a measure's limits."""
        records: list[int] = []
        for limit in self.measure.limits:
            per = resolve(limit.per, self.decisions)
            rows = self._flags(limit.rows) if limit.rows else 0
            is_plain = not limit.rows and set(per) <= {house.PER_ENTERPRISE, house.PER_YEAR}
            records += (
                self.write_groups(per),
                -1 if limit.max_count is None else limit.max_count,
                -1 if limit.max_fen is None else limit.max_fen,
                rows,
                int(is_plain),
                self.book.detail("、".join(per)),
            )
        return self.book.write(records), len(self.measure.limits)

    def write_ladders(self) -> tuple[int, int]:
        """Write the ladders on which a measure has rungs; each can be asked by the fields of every ladder of its name."""
        book, records = self.book, []
        for ladder in self.measure.ladders:
            per = resolve(ladder.per, self.decisions)
            told = book.layout.told_groups[ladder.name]
            others: list[int] = []
            for each in book.ladder_groups(ladder.name):
                others += (book.name_of_group(each), self.write_groups(each, told))
            records += [
                book.detail(ladder.name),
                self.write_groups(per, told),
                book.name_of_group(per),
                PROMOTES[resolve(ladder.promotion, self.decisions)],
                self._flags(ladder.rows),
                book.write([len(others) // 2, *others]),
            ]
        return book.write(records), len(self.measure.ladders)

    def _flags(self, rows: frozenset[str]) -> int:
        """For each row of the measure, whether it is one of these."""
        return self.book.write([int(row.id in rows) for row in self.measure.rows])
