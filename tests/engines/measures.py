"""Random measures: award rows, scope and conditions, days and years, limits, ladders and history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from duixian.rules.decided import Choice, Decided
from duixian.rules.expression import (
    TRUE,
    All,
    Comparator,
    Contains,
    Expr,
    Expression,
    FieldRef,
    Scope,
    Type,
    YearOf,
)
from duixian.rules.house_words import PER_ENTERPRISE, PER_ROW, PER_YEAR
from duixian.rules.measure import (
    Again,
    Amount,
    AwardRow,
    FirstAmong,
    FixedSum,
    History,
    Ladder,
    Limit,
    Measure,
    Promotion,
    RateOfBase,
    Selector,
)
from duixian.rules.vocabulary import FactKind, Field, FieldType, Round
from duixian.source.names import NAMED, TYPES
from tests.engines.lot import Lot
from tests.engines.trees import RANKED, Frame, Trees, expression

T = TypeVar("T")
Per = tuple[str, ...]
LadderTerms = Mapping[str, tuple[Decided[Per], Decided[Promotion]]]
NAMES = ("专精特新", "智能化改造", "首台套", "绿色制造", "标准领航", "揭榜挂帅")
RATES = (
    Fraction(12, 100),
    Fraction(29, 100),
    Fraction(57, 100),
    Fraction(1, 3),
    Fraction(1, 200),
    Fraction(7, 30),
    Fraction(37, 10_000),
    Fraction(999, 1000),
    Fraction(333_333, 1_000_000),
    Fraction(1),
    Fraction(3, 2),
)
MATCHING_ROUNDS = (None, None, Round.AWARDED, Round.AWARDED, Round.FIRST, Round.FIRST, Round.RENEWED)


class Drafter:
    """Drafts the measures of one city. ``sums`` are its amounts: few, so that many awards are equally high."""

    def __init__(self, lot: Lot, trees: Trees, sums: tuple[int, ...], ladders: LadderTerms) -> None:
        self.lot, self.trees, self.sums, self.ladder_terms = lot, trees, sums, ladders
        self.questions = trees.questions

    def decided(self, draw: Callable[[], T], percent: int = 25) -> Decided[T]:
        """A plain value, or now and then one for every option of a question."""
        if not self.questions or not self.lot.chance(percent):
            return draw()
        name = self.lot.of(tuple(self.questions))
        return Choice(name, {option: draw() for option in self.questions[name]})

    def measure(self, id_: str, document: str, clause: str, kind: FactKind) -> Measure:
        """A measure for facts of one kind."""
        lot, frame = self.lot, Frame((kind,))
        rows = self._rows(id_, kind)
        ids = [row.id for row in rows]
        day = self.decided(lambda: self._day(kind), 20)
        return Measure(
            id=id_,
            name=lot.of(NAMES),
            clause=clause,
            document=document,
            kind=kind.name,
            scope=self._scope(rows, kind),
            condition=self._condition(frame, 50),
            event_date=day,
            year=self._year(day, kind),
            rows=rows,
            limits=self._limits(kind, rows),
            ladders=self._ladders(kind, ids),
            history=self._history(kind) if lot.chance(60) else History(),
        )

    def _condition(self, frame: Frame, percent: int) -> Expression:
        if not self.lot.chance(percent):
            return TRUE
        depth = self.lot.weighted({0: 4, 1: 6, 2: 5, 3: 2})
        return expression(self.trees.condition(frame, depth), Type.FLAG)

    def _scope(self, rows: tuple[AwardRow, ...], kind: FactKind) -> Expression:
        """What the measure is about; the reader adds the titles of the award table, a city built by hand need not."""
        scope, titles = self._condition(Frame((kind,)), 25), _titles(rows, kind)
        if titles is None or self.lot.chance(25):
            return scope
        contains = Contains(FieldRef(Scope.TRIGGER, kind.title_field, Type.TITLE), titles)
        return expression(contains if scope is TRUE else All((contains, scope.root)), Type.FLAG)

    # Days and years

    def _day(self, kind: FactKind) -> Expression:
        if kind.date_field and self.lot.chance(75):
            return expression(FieldRef(Scope.TRIGGER, kind.date_field, Type.DATE), Type.DATE)
        return expression(self.trees.counted(Type.DATE, Frame((kind,)), 2), Type.DATE)

    def _year(self, day: Decided[Expression], kind: FactKind) -> Decided[Expression]:
        """Mostly the year of the event date, under every option of it."""
        if self.lot.chance(25):
            return self.decided(lambda: self._counted_year(kind))
        if isinstance(day, Choice):
            return Choice(day.interpretation, {name: _year_of(each) for name, each in day.options.items()})
        return _year_of(day)

    def _counted_year(self, kind: FactKind) -> Expression:
        return expression(self.trees.counted(Type.YEAR, Frame((kind,)), 1), Type.YEAR)

    # Rows

    def _rows(self, id_: str, kind: FactKind) -> tuple[AwardRow, ...]:
        lot, count = self.lot, self.lot.weighted({1: 3, 2: 4, 3: 3, 4: 1})
        if count == 1 and lot.chance(40):
            return (self._row(id_, kind, lot.chance(50)),)
        titled = [bool(kind.title_field) and lot.chance(85)] * count
        if titled[0] and lot.chance(8):
            # A table in which only some rows name a title.
            titled = [lot.chance(50) for _ in titled]
        return tuple(self._row(f"{id_}{'abcd'[place]}", kind, each) for place, each in enumerate(titled))

    def _row(self, id_: str, kind: FactKind, is_titled: bool) -> AwardRow:
        lot = self.lot
        named = [each for each in kind.fields.values() if TYPES[each.type] in NAMED]
        chosen = [each for each in named if self._picks(each, kind, is_titled)]
        selectors = [self._selector(each, kind) for each in chosen]
        wanted = lot.of(MATCHING_ROUNDS) if kind.field_of_type(FieldType.ROUND) or lot.chance(5) else None
        condition = self._condition(Frame((kind,)), 18)
        return AwardRow(id_, tuple(each for each in selectors if each), wanted, self._amount(kind), condition)

    def _picks(self, field: Field, kind: FactKind, is_titled: bool) -> bool:
        if field.name == kind.title_field:
            return is_titled
        return self.lot.chance(25 if TYPES[field.type] in RANKED else 9)

    def _selector(self, field: Field, kind: FactKind) -> Selector | None:
        lot, type_ = self.lot, TYPES[field.type]
        names = self.trees.names(FieldRef(Scope.TRIGGER, field.name, type_), Frame((kind,)))
        if not names:
            return None
        if type_ in RANKED and lot.chance(50):
            return Selector(field.name, lot.of(RANK_SELECTORS), (lot.of(names),))
        return Selector(field.name, Comparator.EQUAL, tuple(lot.some(names, 1, lot.of((1, 1, 2, 3)))))

    def _amount(self, kind: FactKind) -> Amount:
        lot = self.lot
        has_money = bool(kind.field_of_type(FieldType.MONEY))
        if not lot.chance(45 if has_money else 4):
            return FixedSum(lot.of(self.sums), lot.chance(20))
        base = self._base(kind)
        cap = lot.of((None, *self.sums, *self.sums))
        return RateOfBase(lot.of(RATES), expression(base, Type.MONEY), cap, lot.chance(15))

    def _base(self, kind: FactKind) -> Expr:
        return self.trees.counted(Type.MONEY, Frame((kind,)), self.lot.of((0, 0, 1, 2)))

    # Limits, ladders, history

    def _per(self, kind: FactKind) -> Per:
        """企业, with the year, the row, the object or any field of the kind."""
        lot, known = self.lot, tuple(kind.fields)
        things = tuple(name for name in ("对象", "相关编号", "标记", "年度", "方向") if name in known)
        more = lot.some((PER_YEAR, PER_ROW, lot.of(known), *things), 0, 2) if lot.chance(75) else []
        # The same word twice says nothing new; 企业 says nothing at all.
        return tuple(dict.fromkeys((PER_ENTERPRISE, *more) if not more or lot.chance(85) else more))

    def _limits(self, kind: FactKind, rows: tuple[AwardRow, ...]) -> tuple[Limit, ...]:
        """None to two, now and then a pair that crosses: each counts by another field, and one high award fills both."""
        lot, ids = self.lot, [row.id for row in rows]
        if lot.chance(12):
            few = [each.name for each in kind.fields.values() if each.type not in MANY_VALUED]
            keys = lot.sample(list(dict.fromkeys((*few, PER_YEAR, PER_ROW))), 2)
            sums = [row.amount.fen for row in rows if isinstance(row.amount, FixedSum)]
            most = max(sums, default=lot.of(self.sums)) * lot.of((1, 1, 2))
            return tuple(Limit((key,), max_fen=most) for key in keys)
        return lot.times(0, 2, lambda: self._limit(kind, ids)) if lot.chance(65) else ()

    def _limit(self, kind: FactKind, ids: Sequence[str]) -> Limit:
        lot, per = self.lot, self.decided(lambda: self._per(kind))
        rows = frozenset(lot.some(ids, 1)) if lot.chance(30) else frozenset[str]()
        if lot.chance(50):
            return Limit(per, max_count=lot.of((1, 1, 1, 2, 2, 3, 0)), rows=rows)
        most = max(lot.of(self.sums) * lot.of((1, 1, 2, 3)) // lot.of((1, 1, 2, 7)), 1)
        return Limit(per, max_fen=most, rows=rows, is_one_off=lot.chance(10))

    def _ladders(self, kind: FactKind, ids: Sequence[str]) -> tuple[Ladder, ...]:
        """Ladders of the city whose groups the kind can tell, now and then on terms of the measure's own."""
        lot, found = self.lot, []
        for name, (per, promotion) in self.ladder_terms.items():
            if not lot.chance(22) or not _knows(kind, per):
                continue
            if lot.chance(8):
                per = self.decided(lambda: self._per(kind))
            if lot.chance(8):
                promotion = lot.of(tuple(Promotion))
            found.append(Ladder(name, per, promotion, frozenset(lot.some(ids, 1))))
        return tuple(found)

    def _history(self, kind: FactKind) -> History:
        lot = self.lot
        return History(
            self.decided(lambda: lot.of(tuple(FirstAmong))),
            self.decided(lambda: self._per(kind) if lot.chance(50) else (PER_ENTERPRISE,)),
            self.decided(lambda: lot.of(tuple(Again))),
        )


MANY_VALUED = (FieldType.IDENTIFIER, FieldType.CREDIT_CODE, FieldType.MONEY, FieldType.DATE)
"""Types by which no two facts come together in a group."""
RANK_SELECTORS = (
    Comparator.AT_LEAST,
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
    Comparator.ABOVE,
    Comparator.BELOW,
    Comparator.UNEQUAL,
)


def _knows(kind: FactKind, per: Decided[Per]) -> bool:
    groups = per.options.values() if isinstance(per, Choice) else (per,)
    known = {PER_ENTERPRISE, PER_YEAR, PER_ROW, *kind.fields}
    return all(name in known for group in groups for name in group)


def _titles(rows: tuple[AwardRow, ...], kind: FactKind) -> tuple[str, ...] | None:
    """The titles of an award table; None when some row takes any title."""
    found: dict[str, None] = {}
    for row in rows:
        names = [name for each in row.selectors if each.field == kind.title_field for name in each.names]
        if not names:
            return None
        found.update(dict.fromkeys(names))
    return tuple(found)


def _year_of(day: Expression) -> Expression:
    return expression(YearOf(day.root), Type.YEAR)
