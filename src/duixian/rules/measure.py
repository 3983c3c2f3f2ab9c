"""Measures (扶持事项): what triggers an award, how much at most, under which limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from duixian.errors import NOWHERE, Place
from duixian.rules.decided import Decided
from duixian.rules.expression import TRUE, Comparator, Expression
from duixian.rules.vocabulary import Round


class Delivery(StrEnum):
    """How an award reaches the enterprise (兑现方式)."""

    AUTOMATIC = "免申即享"
    APPLICATION = "申报"
    SELECTION = "遴选"


@dataclass(frozen=True, slots=True)
class FixedSum:
    """One sum in fen (定额或上限): the most that may be given (最高不超过), or exactly what is given when ``is_exact``.

    A ceiling is not an amount: the city may pay less, approval decides. Source: 连政办规〔2025〕6号 第（二）条.
    """

    fen: int
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class RateOfBase:
    """A rate of a base (比例奖补), rounded down to the fen, at most ``cap_fen`` when there is one.

    ``base`` is an expression of money over the trigger fact. Source: 连政办规〔2025〕6号 第（九）条.
    """

    rate: Fraction
    base: Expression
    cap_fen: int | None = None
    is_exact: bool = False


Amount: TypeAlias = FixedSum | RateOfBase


@dataclass(frozen=True, slots=True)
class Selector:
    """A cell that picks facts (称号 = …; 等级 先进级及以上): one field against one or several names."""

    field: str
    comparator: Comparator
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One row of an award table (奖励条目, "atom"): which facts it takes and the amount that it carries.

    ``round`` is the recognition round it asks for, None when the kind has none.
    """

    id: str
    selectors: tuple[Selector, ...]
    round: Round | None
    amount: Amount
    condition: Expression = TRUE
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many awards, or so much money, per group (限制).

    ``per`` lists what makes a group: 企业, 年度, 行, or fields of the trigger fact. ``rows`` empty means all rows.
    ``is_one_off`` marks the word 一次性. Exactly one of ``max_count`` and ``max_fen`` is given.
    """

    per: Decided[tuple[str, ...]]
    max_count: int | None = None
    max_fen: int | None = None
    rows: frozenset[str] = frozenset()
    is_one_off: bool = False
    place: Place = NOWHERE


class Promotion(StrEnum):
    """What a higher rung gives after a lower one (晋级)."""

    FULL = "全额"
    DIFFERENCE = "补差"
    HIGHEST_ONLY = "就高"


@dataclass(frozen=True, slots=True)
class Ladder:
    """Awards that are rungs of one way up (阶梯), e.g. 省级专精特新 → 小巨人 → 单项冠军.

    Measures that name the same ladder share it. ``per`` makes the group as in :class:`Limit`; ``rows`` are its rungs.
    补差: all rungs together give at most the highest rung's ceiling. 就高: one rung only, ever.
    """

    name: str
    per: Decided[tuple[str, ...]]
    promotion: Decided[Promotion]
    rows: frozenset[str]


class FirstAmong(StrEnum):
    """Among which earlier recognitions 首次 is the first (首次比较)."""

    ROW = "行"
    """Earlier recognitions that the same row would take, whatever their round."""
    TITLE = "称号"
    """Any earlier recognition of the same title, at any level or grade."""
    MEASURE = "事项"
    """Any earlier recognition that some row of the measure would take."""


class Again(StrEnum):
    """What a recognition from zero counts as when the enterprise already held it (再次获评)."""

    AS_AWARDED = "按获评"
    AS_RENEWED = "按复评"
    NOTHING = "不再奖励"


@dataclass(frozen=True, slots=True)
class History:
    """How earlier recognitions of the dossier decide 获评, 首次 and 复评 (历史)."""

    first_among: Decided[FirstAmong] = FirstAmong.ROW
    first_per: Decided[tuple[str, ...]] = ("企业",)
    again: Decided[Again] = Again.AS_AWARDED


@dataclass(frozen=True, slots=True)
class Measure:
    """What one clause gives for one kind of fact (扶持事项).

    ``scope`` says which facts the measure is about at all (a fact outside of it leaves no determination);
    ``condition`` says which of them are eligible. ``event_date`` is the day tested against the validity, ``year`` the
    accounting year of limits.
    """

    id: str
    name: str
    clause: str
    document: str
    kind: str
    scope: Expression
    condition: Expression
    event_date: Decided[Expression]
    year: Decided[Expression]
    rows: tuple[AwardRow, ...]
    limits: tuple[Limit, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    history: History = History()
    delivery: Decided[Delivery] = Delivery.APPLICATION
    payee: str = "企业"
    units: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    note: str = ""
    place: Place = NOWHERE

    @property
    def rows_by_id(self) -> Mapping[str, AwardRow]:
        """The rows by their id."""
        return {row.id: row for row in self.rows}
