"""事项 blocks → measures (扶持事项): what triggers an award, how much at most, under which limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar, cast

from duixian.rules.decided import Choice, Decided
from duixian.rules.expression import TRUE, All, Contains, Expression, FieldRef, Scope, Type, YearOf
from duixian.rules.house_words import PER_ENTERPRISE, PER_ROW, PER_YEAR
from duixian.rules.measure import (
    Again,
    AwardRow,
    Delivery,
    FirstAmong,
    History,
    Ladder,
    Limit,
    Measure,
    Promotion,
    RateOfBase,
)
from duixian.source.amounts import whole_number
from duixian.source.award_table import read_award_table, titles_of
from duixian.source.decided import read_decided, read_decided_word
from duixian.source.desk import NO_ROW, Row
from duixian.source.expression import read_expression
from duixian.source.names import TYPES
from duixian.source.questions import read_questions, read_units
from duixian.source.reference import Frame
from duixian.source.report import listed, nearest
from duixian.source.shape import Item, Record, Shape
from duixian.source.yaml_tree import Excerpt

if TYPE_CHECKING:
    from duixian.rules.vocabulary import FactKind
    from duixian.source.desk import Desk
    from duixian.source.quantity import Reading

T = TypeVar("T")
PER_WORDS = (PER_ENTERPRISE, PER_YEAR, PER_ROW)


def read_measure(block: Record, clause_units: tuple[str, ...], desk: Desk) -> Measure | None:
    """The measure that a 事项 block describes; None (and problems) when something it cannot do without is wrong."""
    trigger = block.item("触发")
    assert trigger is not None
    kind = desk.kind(trigger.text, trigger.place)
    if kind is None:
        return None
    return _MeasureReader(block, kind, desk).read(clause_units)


@dataclass(slots=True)
class _MeasureReader:
    """Reads the parts of one measure; ``is_whole`` turns false when one of them is wrong."""

    block: Record
    kind: FactKind
    desk: Desk
    is_whole: bool = True
    rows: tuple[AwardRow, ...] = ()
    row_ids: tuple[str, ...] | None = None
    """The ids of all rows, broken ones too; None while the table itself cannot be used."""

    def read(self, clause_units: tuple[str, ...]) -> Measure | None:
        """The measure, or None."""
        block, desk = self.block, self.desk
        id_ = block.item("编号")
        assert id_ is not None
        self.rows = self._rows(id_)
        if self.row_ids != (id_.text,):
            desk.claim_id(id_.text, id_.place)
        event_date = self._date()
        measure = Measure(
            id=id_.text,
            name=block.text("事项"),
            clause=desk.clause,
            document=desk.document,
            kind=self.kind.name,
            scope=self._scope(),
            condition=self._condition("条件"),
            event_date=event_date,
            year=self._year(event_date),
            rows=self.rows,
            limits=tuple(self._limit(record) for record in block.records("限制")),
            ladders=tuple(self._ladder(record) for record in block.records("阶梯")),
            history=self._history(),
            delivery=self._decided(
                read_decided_word(block.get("方式"), desk, Delivery, Delivery.APPLICATION),
                Delivery.APPLICATION,
            ),
            payee=block.text("受益人", PER_ENTERPRISE),
            units=read_units(block, "责任单位", desk) or clause_units,
            interpretations=read_questions(block, desk),
            note=block.text("注"),
            place=id_.place,
        )
        return measure if self.is_whole else None

    def _whole(self, value: T | None, otherwise: T) -> T:
        """The value; when there is none, the measure is not whole and the stand-in never gets out."""
        if value is None:
            self.is_whole = False
            return otherwise
        return value

    def _decided(self, value: Decided[T] | None, otherwise: T) -> Decided[T]:
        """The same for a value that a question may decide."""
        if value is None:
            self.is_whole = False
            return otherwise
        return value

    # Conditions

    def _condition(self, key: str) -> Expression:
        item = self.block.item(key)
        if item is None:
            return TRUE
        return self._whole(
            read_expression(Excerpt.whole(item.node), Type.FLAG, self._frame(), self.desk), TRUE
        )

    def _frame(self) -> Frame:
        return Frame((self.kind,), titles=frozenset(self._titles() or ()))

    def _titles(self) -> tuple[str, ...] | None:
        field = self._title_field()
        return titles_of(self.rows, field) if field and self.rows else None

    def _title_field(self) -> str | None:
        return next(
            (field.name for field in self.kind.fields.values() if TYPES[field.type] is Type.TITLE), None
        )

    def _scope(self) -> Expression:
        """范围, and the titles of the award table: a measure is about facts with one of its titles only."""
        scope = self._condition("范围")
        titles, field = self._titles(), self._title_field()
        if not titles or field is None:
            return scope
        contains = Contains(FieldRef(Scope.TRIGGER, field, Type.TITLE), titles)
        root = contains if scope is TRUE else All((contains, scope.root))
        return Expression(root, Type.FLAG, scope.text, scope.place)

    # Dates

    def _date(self) -> Decided[Expression]:
        shape = self.block.get("日期")
        if shape is not None:
            return self._decided(read_decided(shape, self.desk, self._expression(Type.DATE)), TRUE)
        if not self.kind.date_field:
            place = cast(Item, self.block.item("触发")).place
            self.desk.problem("missing-key", place, expected="日期")
            return self._whole(None, TRUE)
        field = self.kind.date_field
        return Expression(FieldRef(Scope.TRIGGER, field, Type.DATE), Type.DATE, field)

    def _year(self, event_date: Decided[Expression]) -> Decided[Expression]:
        shape = self.block.get("年度")
        if shape is not None:
            return self._decided(read_decided(shape, self.desk, self._expression(Type.YEAR)), TRUE)
        if isinstance(event_date, Choice):
            return Choice(
                event_date.interpretation, {name: _year_of(day) for name, day in event_date.options.items()}
            )
        return _year_of(event_date)

    def _expression(self, type_: Type) -> Callable[[Shape, bool], Expression | None]:
        def read(shape: Shape, is_open: bool) -> Expression | None:
            assert isinstance(shape, Item)
            return read_expression(
                Excerpt.whole(shape.node), type_, self._frame(), self.desk, is_open=is_open
            )

        return read

    # Amounts

    def _rows(self, id_: Item) -> tuple[AwardRow, ...]:
        table, subsidy = self.block.item("奖励"), self.block.record("奖补")
        if (table is None) == (subsidy is None):
            if self.block.is_whole:
                self.desk.problem("award-missing", id_.place, "", "奖励 或 奖补")
            self.is_whole = False
            return ()
        if table is not None:
            award_table = read_award_table(table.node, self.kind, self.desk)
            self.row_ids = award_table.ids if award_table else None
            return self._whole((award_table.rows if award_table else ()) or None, ())
        assert subsidy is not None
        row = self._subsidy(subsidy, id_)
        self.row_ids = (subsidy.text("编号", id_.text),)
        return (row,) if row else ()

    def _subsidy(self, record: Record, id_: Item) -> AwardRow | None:
        row_id = record.item("编号") or id_
        self.desk.claim_id(row_id.text, row_id.place)
        mark = Row(row_id.text)
        rate = self._bound(record.item("比例"), mark)
        cap = self._bound(record.item("最高"), mark)
        base_item = record.item("基数")
        assert rate is not None
        assert base_item is not None
        base = read_expression(
            Excerpt.whole(base_item.node), Type.MONEY, Frame((self.kind,)), self.desk, mark
        )
        if base is None:
            return self._whole(None, None)
        assert isinstance(rate.value, Fraction | int)
        cap_fen = whole_number(cap) if cap else None
        amount = RateOfBase(Fraction(rate.value), base, cap_fen, record.flag("定额"))
        return AwardRow(row_id.text, (), None, amount, place=row_id.place)

    def _bound(self, item: Item | None, row: Row = NO_ROW) -> Reading | None:
        """The quantity of a key, bound to the text."""
        if item is None:
            return None
        self.desk.bind_written(item.text, item.place, row)
        return cast("Reading", item.value)

    # Limits, ladders, history

    def _limit(self, record: Record) -> Limit:
        money, count = self._bound(record.item("金额")), self._bound(record.item("项数"))
        if (money is None) == (count is None) and record.is_whole:
            self.desk.problem("limit-missing", record.place, "", "金额 或 项数")
        self.is_whole &= (money is None) != (count is None)
        one_off = record.item("一次性")
        if one_off is not None and one_off.value:
            self.desk.bind_written("一次性", one_off.place)
        return Limit(
            per=self._per(record.get("每"), (PER_ENTERPRISE,)),
            max_count=whole_number(count) if count else None,
            max_fen=whole_number(money) if money else None,
            rows=self._row_ids(record),
            is_one_off=record.flag("一次性"),
            place=record.place,
        )

    def _ladder(self, record: Record) -> Ladder:
        return Ladder(
            name=record.text("名称", self.block.text("事项")),
            per=self._per(record.get("每"), (PER_ENTERPRISE,)),
            promotion=self._decided(
                read_decided_word(record.get("晋级"), self.desk, Promotion, Promotion.FULL), Promotion.FULL
            ),
            rows=self._row_ids(record) or frozenset(row.id for row in self.rows),
        )

    def _history(self) -> History:
        record = self.block.record("历史")
        if record is None:
            return History()
        usual = History()
        assert isinstance(usual.first_among, FirstAmong)
        assert isinstance(usual.again, Again)
        first = read_decided_word(record.get("首次比较"), self.desk, FirstAmong, usual.first_among)
        again = read_decided_word(record.get("再次获评"), self.desk, Again, usual.again)
        return History(
            self._decided(first, usual.first_among),
            self._per(record.get("首次每"), (PER_ENTERPRISE,)),
            self._decided(again, usual.again),
        )

    def _per(self, shape: Shape | None, usual: tuple[str, ...]) -> Decided[tuple[str, ...]]:
        if shape is None:
            return usual
        return self._decided(read_decided(shape, self.desk, self._group), usual)

    def _group(self, shape: Shape, _is_open: bool) -> tuple[str, ...] | None:
        """What makes a group: known words and fields of the kind."""
        assert isinstance(shape, tuple)
        items = [each for each in shape if isinstance(each, Item)]
        known = (*PER_WORDS, *self.kind.fields)
        strange = [item for item in items if item.text not in known]
        for item in strange:
            near = nearest(item.text, known)
            self.desk.problem("unknown-group", item.place, item.text, near or listed(known, 20), near=near)
        return None if strange else tuple(item.text for item in items)

    def _row_ids(self, record: Record) -> frozenset[str]:
        known = self.row_ids
        for item in record.items("行"):
            if known is not None and item.text not in known:
                near = nearest(item.text, known)
                self.desk.problem("unknown-row", item.place, item.text, near or listed(known), near=near)
                self.is_whole = False
        return frozenset(record.texts("行")) & {row.id for row in self.rows}


def _year_of(day: Expression) -> Expression:
    return Expression(YearOf(day.root), Type.YEAR, f"年份({day.text})", day.place)
