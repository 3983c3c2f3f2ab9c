"""Pools of values: for every field of every kind of a city what may stand in it, the likely values several times.

Likely are the values that rules name, and those beside them. :class:`Missing` in a pool leaves the field out.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from duixian.money import MAX_FEN
from duixian.rules.fact import Value
from duixian.rules.house_words import (
    PAYMENT,
    PAYMENT_AMOUNT,
    PAYMENT_CLAUSE,
    PAYMENT_DOCUMENT,
    PAYMENT_FACT,
    PAYMENT_MATTER,
)
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, Field, FieldType, Round, Vocabulary
from tests.engines.lot import Lot
from tests.engines.trees import THINGS
from tests.engines.vocabularies import CODE, ID
from tests.engines.wanted import ONE_DAY, Wanted, paid_sums, wanted_by


class Missing:
    """Stands in a pool for a field that is left out."""


class Reference:
    """Stands in a pool for the number of another fact of the dossier."""


MISSING, REFERENCE, STRANGER = Missing(), Reference(), "他处"
Drawn: TypeAlias = Value | Missing | Reference
Sketch: TypeAlias = tuple[str, list[tuple[str, list[Drawn]]]]
"""A kind of fact, and for each of its fields the pool to draw from."""

EDGES = (date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 8, 31))
FIRST, LAST = date(2023, 6, 1), date(2028, 12, 31)
IN_FORCE = date(2026, 3, 1)
"""A day on which every document is in force."""
POOL = 24


class Pools:
    """The pools of a city: what may stand in the fields of its facts, by kind, and for a row or a payment in particular."""

    def __init__(self, lot: Lot, city: City) -> None:
        self.lot, self.region = lot, city.region
        self.vocabulary: Vocabulary = city.vocabulary
        self.kinds = city.vocabulary.kinds
        self.wanted: Wanted = wanted_by(city)
        self.days = _days(lot, self.wanted)
        self.money = _money(lot, self.wanted)
        self.policies = city.policies

    def sketch(self, kind: FactKind, row: AwardRow | None = None, *, is_smooth: bool = False) -> Sketch:
        """A fact of a kind; mostly one that a row takes, when one is given. A smooth one has no gaps, and its days are in force."""
        chosen = {each.field: each.names for each in row.selectors} if row is not None else {}
        titles = chosen.get(kind.title_field, ())
        pools: list[tuple[str, list[Drawn]]] = []
        for field in kind.fields.values():
            if field.name in (ID, CODE):
                continue
            named: tuple[Value, ...] = chosen.get(field.name, ())
            if field.type is FieldType.ROUND and row is not None and row.round is not None:
                named = (row.round.value,)
            if is_smooth and named and field.type is not FieldType.OPTIONS:
                pools.append((field.name, list(named)))
            elif is_smooth and field.type is FieldType.DATE:
                pools.append((field.name, [IN_FORCE + each * ONE_DAY for each in range(-60, 60, 8)]))
            else:
                pool = self._pool(kind, field, named, titles)
                pools.append((field.name, [each for each in pool if not is_smooth or each is not MISSING]))
        return kind.name, [(name, pool or [MISSING]) for name, pool in pools]

    def payment(self, measure: Measure) -> Sketch:
        """A payment under a measure: in the document's own words, in another dress, under another clause or matter, or none."""
        lot, kind = self.lot, self.kinds[PAYMENT]
        others = tuple(each.number for each in self.policies)
        dressed = measure.document.replace("〔", "[").replace("〕", "] ")
        bare = measure.clause.strip("（）")
        own: dict[str, list[Drawn]] = {
            PAYMENT_DOCUMENT: [*[measure.document] * 6, dressed, dressed, *others, "旧〔2020〕1号", MISSING],
            PAYMENT_CLAUSE: [
                *[measure.clause] * 5,
                f"第（{bare}）条",
                f"({bare})",
                "（九）",
                MISSING,
                MISSING,
            ],
            PAYMENT_MATTER: [*[measure.name] * 4, "他事", MISSING, MISSING, MISSING],
            PAYMENT_FACT: [*[REFERENCE] * 7, STRANGER, MISSING],
            PAYMENT_AMOUNT: [*paid_sums(measure), *paid_sums(measure), 0, 1, -100, MISSING],
        }
        pools: list[tuple[str, list[Drawn]]] = [
            (each.name, own.get(each.name) or self._pool(kind, each, (), ()))
            for each in kind.fields.values()
            if each.name not in (ID, CODE)
        ]
        lot.shuffle(pools)
        return PAYMENT, pools

    def _pool(
        self, kind: FactKind, field: Field, named: tuple[Value, ...], titles: tuple[str, ...]
    ) -> list[Drawn]:
        """Two parts in three what rules name, the rest whatever the type allows, and a gap now and then."""
        lot = self.lot
        if field.type is FieldType.IDENTIFIER:
            return [*[REFERENCE] * 9, MISSING]
        wanted = self._near(field, self.wanted.of(kind.name, field.name))
        pool: list[Drawn] = []
        for _ in range(POOL):
            likely, percent = (named, 94) if named and lot.chance(85) else (wanted, 60)
            value = lot.of(likely) if likely and lot.chance(percent) else self._any(field, titles)
            if field.type is FieldType.OPTIONS and value:
                value = (str(value), *self._more(field))
            pool.append(MISSING if value == "" else value)
        gaps = lot.of((0, 1, 1, 2, 4))
        pool.extend([MISSING] * gaps)
        return pool

    def _near(self, field: Field, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """The values themselves and what lies beside them, by the smallest step of their type."""
        if field.type in (FieldType.MONEY, FieldType.COUNT, FieldType.YEAR):
            found = [
                near for each in values if isinstance(each, int) for near in (each, each, each - 1, each + 1)
            ]
            return tuple(each for each in found if 0 <= each <= MAX_FEN)
        if field.type is FieldType.DATE:
            return tuple(
                near
                for each in values
                if isinstance(each, date)
                for near in (each, each - ONE_DAY, each + ONE_DAY)
            )
        return values

    def _more(self, field: Field) -> tuple[str, ...]:
        return tuple(self.lot.sample(field.options, self.lot.of((0, 0, 1, 2)))) if field.options else ()

    def _any(self, field: Field, titles: tuple[str, ...]) -> Value:
        """Some value of a type; a grade is mostly one of the titles'. Where there is none, ""."""
        lot = self.lot
        match field.type:
            case FieldType.MONEY:
                return lot.of(self.money)
            case FieldType.DATE:
                return lot.of(self.days)
            case FieldType.YEAR:
                return lot.randint(2023, 2028)
            case FieldType.COUNT:
                return lot.randint(0, 4)
            case FieldType.FLAG:
                return lot.chance(70)
            case FieldType.TEXT:
                return lot.of(THINGS)
        names = self._names(field, titles)
        return lot.of(names) if names else ""

    def _names(self, field: Field, titles: tuple[str, ...]) -> tuple[str, ...]:
        vocabulary: Vocabulary = self.vocabulary
        match field.type:
            case FieldType.TITLE:
                return tuple(vocabulary.titles)
            case FieldType.LEVEL:
                return vocabulary.levels
            case FieldType.ROUND:
                return tuple(each.value for each in Round)
            case FieldType.AREA:
                return tuple(self.region.areas)
            case FieldType.GRADE:
                own = _grades(vocabulary, titles)
                return own if own and self.lot.chance(85) else _grades(vocabulary, tuple(vocabulary.titles))
        return field.options


def _grades(vocabulary: Vocabulary, titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(grade for name in titles for rank in vocabulary.titles[name].grades for grade in rank)


def _days(lot: Lot, wanted: Wanted) -> tuple[date, ...]:
    """Days on which things turn, with those beside them, a few that many facts share, and any."""
    turning = [day for each in wanted.days for day in (each, each - ONE_DAY, each + ONE_DAY)]
    length = (LAST - FIRST).days
    some = [FIRST + timedelta(days=lot.randint(0, length)) for _ in range(12)]
    shared = [IN_FORCE, IN_FORCE, date(2026, 6, 1), date(2026, 1, 31), lot.of(some)]
    return (*turning, *some, *shared * (2 + len(turning) // 3), *EDGES)


def _money(lot: Lot, wanted: Wanted) -> tuple[int, ...]:
    """Sums on which things turn, with those beside them, multiples, any; seldom none, a debt, or the largest that tables take."""
    near = [fen for each in wanted.sums for fen in (each, each + 1, 2 * each, 9 * each) if fen <= MAX_FEN]
    near += [each - 1 for each in wanted.sums if each > 1]
    rare = [lot.of((0, 0, -500_00, 1, MAX_FEN))] if lot.chance(50) else []
    whole = (lot.randint(1, 60_000_000) * 100 for _ in range(4))
    return (*near, *(lot.randint(1, 6_000_000_000) for _ in range(5)), *whole, 100, *rare)
