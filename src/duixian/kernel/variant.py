"""A measure under one set of decisions, as records of the image (事项的编译形式)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from duixian.kernel import words as w
from duixian.kernel.assembler import Assembler, Code, Table
from duixian.kernel.book import Book, RowName
from duixian.kernel.layout import KindLayout
from duixian.kernel.matter import write_cumulation
from duixian.kernel.selecting import selected, titles_of
from duixian.kernel.still import Shape
from duixian.kernel.ties import Ties
from duixian.kernel.values import day_word
from duixian.kernel.widths import LARGEST, check_base_rate, reciprocal
from duixian.rules.decided import Decisions, resolve
from duixian.rules.expression import All, Exists, Expr, Expression, FieldRef, Scope, YearOf
from duixian.rules.expression_text import expression_text
from duixian.rules.folding import NO, YES, fold
from duixian.rules.measure import Again, AwardRow, FirstAmong, FixedSum, Measure, RateOfBase
from duixian.rules.policy import Policy
from duixian.rules.vocabulary import Round

WANTED = {
    None: w.WANTS_NONE,
    Round.AWARDED: w.WANTS_AWARDED,
    Round.FIRST: w.WANTS_FIRST,
    Round.RENEWED: w.WANTS_RENEWED,
}
AGAIN = {
    Again.AS_AWARDED: w.AS_AWARDED,
    Again.AS_RENEWED: w.AS_RENEWED,
    Again.NOTHING: w.NOTHING_AGAIN,
}
AMONG = {
    FirstAmong.ROW: w.AMONG_ROW,
    FirstAmong.TITLE: w.AMONG_TITLE,
    FirstAmong.MEASURE: w.AMONG_MEASURE,
}


class Part(NamedTuple):
    """One part of a condition (条件的一部分): its code, and the number of its words."""

    code: Code
    name: int


class RowRecord(NamedTuple):
    """An award row in the image (奖励条目)."""

    row: AwardRow
    at: int
    parts: tuple[Part, ...]
    titles: frozenset[str]
    name: RowName


class Variant:
    """One measure under the decisions that hold, ready to meet shapes (事项的一种执行形式)."""

    def __init__(
        self,
        book: Book,
        assembler: Assembler,
        measure: Measure,
        policy: Policy,
        decisions: Decisions,
        order: int,
        number: int,
    ) -> None:
        self.book, self.measure, self.policy, self.decisions = book, measure, policy, decisions
        self.order, self.number = order, number
        self.assembler = assembler
        self.kind: KindLayout = book.layout.kinds[measure.kind]
        self.scope = None if self._folded(measure.scope) == YES else self._code(measure.scope)
        self.parts = self._parts(measure.condition)
        self.rows = tuple(self._write_row(row, place) for place, row in enumerate(measure.rows))
        self.has_titles = all(row.titles for row in self.rows)
        """Whether every row names titles; facts of other titles then are none of the measure's business."""
        self.payer_key = (policy.number, measure.clause, tuple(self._remainders()))
        self.titles = frozenset().union(*(row.titles for row in self.rows)) if self.has_titles else None
        self.at = self._write()

    def _folded(self, expression: Expression) -> Expr:
        return fold(expression.root, self.decisions)

    def _code(self, expression: Expression) -> Code:
        return self.assembler.assemble(self._folded(expression))

    def _parts(self, condition: Expression) -> tuple[Part, ...]:
        root = self._folded(condition)
        if root == YES:
            return ()
        parts = root.parts if isinstance(root, All) else (root,)
        return tuple(
            Part(self.assembler.assemble(part), self.book.detail(expression_text(part))) for part in parts
        )

    def _remainders(self) -> Iterator[object]:
        for share in self.policy.shares:
            yield resolve(share.remainder, self.decisions)

    def _write_row(self, row: AwardRow, place: int) -> RowRecord:
        record = [0] * w.ROW
        record[w.A_ID] = self.book.names.name(row.id)
        record[w.A_PLACE] = place
        record[w.A_WANTED] = WANTED[row.round]
        record[w.A_AMOUNT], record[w.A_CAP] = -1, -1
        if isinstance(row.amount, FixedSum):
            record[w.A_AMOUNT] = row.amount.fen
        else:
            self._write_rate(record, row.amount)
        titles = titles_of(row, self.kind)
        kind = self.kind
        record[w.A_TABLE] = self.book.tables.number(
            ("row", self.assembler.serial, row.selectors),
            lambda: Table(kind.index, lambda shape: self._among((row,), shape)),
        )
        name = RowName(row.id, row.amount.is_exact, _rate(row))
        return RowRecord(row, self.book.write(record), self._parts(row.condition), titles, name)

    def _write_rate(self, record: list[int], amount: RateOfBase) -> None:
        check_base_rate(amount.rate)
        record[w.A_NUMERATOR], record[w.A_DENOMINATOR] = amount.rate.numerator, amount.rate.denominator
        record[w.A_SAFE] = (LARGEST - 1) // max(amount.rate.numerator, 1)
        record[w.A_FACTOR], record[w.A_SHIFT] = reciprocal(amount.rate.denominator)
        record[w.A_CAP] = -1 if amount.cap_fen is None else amount.cap_fen
        base = self._folded(amount.base)
        record[w.A_BASE] = self.assembler.assemble(base).at
        record[w.A_BASE_SLOT] = self._slot(base)

    def _slot(self, expr: Expr) -> int:
        """Where an expression that is simply a cell of the trigger lies; 0 for any other."""
        if isinstance(expr, FieldRef) and expr.scope is Scope.TRIGGER and not self.kind.is_coded(expr.field):
            return self.kind.slots[expr.field]
        return 0

    def _among(self, rows: tuple[AwardRow, ...], shape: Shape) -> int:
        """Whether some row takes facts of this shape, whatever their round: as a word."""
        unknown = 0
        for row in rows:
            titles = titles_of(row, self.kind)
            if titles and shape.title not in titles:
                continue
            word = selected(row, shape, self.kind, self.book.layout.vocabulary, self.bit)
            if word == 1:
                return 1
            unknown |= -word
        return -unknown

    def bit(self, name: str) -> int:
        """The bit of a field of the measure's own kind."""
        return self.assembler.bits.bit(self.measure.kind, name)

    def _write(self) -> int:
        measure, policy, decisions = self.measure, self.policy, self.decisions
        record = [0] * w.MEASURE
        record[w.M_ORDER] = self.order
        record[w.M_MEASURE] = self.number
        record[w.M_DOCUMENT] = self.book.names.name(policy.number)
        self._write_days(record)
        record[w.M_ROWS] = self.book.write([row.at for row in self.rows])
        record[w.M_FIRST_AMONG] = AMONG[resolve(measure.history.first_among, decisions)]
        ties = Ties(self.book, self.assembler, self.kind, measure, decisions)
        record[w.M_FIRST_PER] = ties.write_fields(resolve(measure.history.first_per, decisions))
        record[w.M_AGAIN] = AGAIN[resolve(measure.history.again, decisions)]
        record[w.M_AMONG_TABLE] = self.book.tables.number(
            ("measure", self.assembler.serial, tuple(row.selectors for row in measure.rows)),
            lambda: Table(self.kind.index, lambda shape: self._among(measure.rows, shape)),
        )
        record[w.M_EXCLUSIONS], record[w.M_EXCLUSION_COUNT] = self._write_exclusions()
        record[w.M_LIMITS], record[w.M_LIMIT_COUNT] = ties.write_limits()
        record[w.M_LADDERS], record[w.M_LADDER_COUNT] = ties.write_ladders()
        write_cumulation(record, policy.cumulation, decisions)
        return self.book.write(record)

    def _write_days(self, record: list[int]) -> None:
        measure, validity, decisions = self.measure, self.policy.validity, self.decisions
        day = self._folded(resolve(measure.event_date, decisions))
        year = self._folded(resolve(measure.year, decisions))
        record[w.M_DATE] = self.assembler.assemble(day).at
        record[w.M_DATE_SLOT] = self._slot(day)
        record[w.M_YEAR] = self.assembler.assemble(year).at
        record[w.M_YEAR_OF_DATE] = int(year == YearOf(day))
        self.is_dated_plainly = bool(record[w.M_DATE_SLOT] and record[w.M_YEAR_OF_DATE])
        record[w.M_FIRST_DAY] = day_word(resolve(validity.first_day, decisions))
        record[w.M_LAST_DAY] = day_word(resolve(validity.last_day, decisions))

    def _write_exclusions(self) -> tuple[int, int]:
        records: list[int] = []
        for each in self.policy.exclusions:
            exempt = resolve(each.exempt, self.decisions)
            root = self._folded(each.condition)
            if self.measure.id in exempt or root == NO:
                continue
            flags = self.book.write([int(row.id in exempt) for row in self.measure.rows])
            kind = self.book.layout.kinds[root.kind].index if isinstance(root, Exists) else -1
            records += (self.assembler.assemble(root).at, kind, self.book.detail(each.name), flags)
        return self.book.write(records), len(records) // w.EXCLUSION


def _rate(row: AwardRow) -> object:
    return row.amount.rate if isinstance(row.amount, RateOfBase) else None
