"""The rules of the world's city as arrays (规则数组), for engines that are written by hand.

Amounts, thresholds, rates, titles, rounds and limits are read from the policies; the few conditions that only words can say stand in
``workload.md`` and, by measure id, here. ``tests/bench/test_peers.py`` holds what is made of them against the reference engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from bench.plan import NotAvailable
from bench.world.columns import Int8, Int64
from bench.world.happenings import CATEGORIES, LEVELS, RECOGNITIONS, Recognition
from duixian.rules.expression import Comparator, Compare, Literal
from duixian.rules.measure import AwardRow, FixedSum, Measure, RateOfBase
from duixian.rules.policy import City
from duixian.rules.vocabulary import Round, Vocabulary
from duixian.source.city import read_city

CITY = Path(__file__).resolve().parent.parent / "world" / "city"
AS_OF = date(2027, 12, 31)
"""The day of determination: all facts of the world are known on it."""
B, A = 0, 1
"""The two documents, in their order."""
PROJECTS_B, PROJECTS_A, FACTORY, SOFTWARE, FREE_OF_BAR = "B43", "A09", "A11-2", "A15-3", "B44"
"""Measures with rules of their own: of projects, behind a smart factory, for software makers, and the one of B that no support bars."""
NO_ROW, GIVES, FIRST_ONLY, OTHER_ROUND = range(4)
"""What a recognition's title and round come to under a measure: no row, a row, a row for the first one only, a row of another round."""
UNLIMITED, ONE_A_YEAR, ONE_EVER, SUM_EVER, SUM_A_YEAR = range(5)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules as arrays. ``title_*`` are indexed [document, round, title], ``project_*`` [document, category], ``row_*`` [row],
    ``measure_*`` [measure]; -1 is none, sums are fen. ``measure_limit`` is one of ``UNLIMITED`` … ``SUM_A_YEAR``.
    """

    title_measure: Int8
    title_row: Int8
    title_way: Int8
    first_row: Int8
    """[title] the 首次 row whose title, level and grade it fits."""
    is_factory: Int8
    """[title] whether it is a 智能工厂 of 先进级 or above."""
    project_measure: Int8
    project_row: Int8
    row_fen: Int64
    row_bp: Int64
    row_cap_fen: Int64
    row_threshold_fen: Int64
    measure_limit: Int8
    measure_limit_fen: Int64
    measure_ids: tuple[str, ...]
    row_ids: tuple[str, ...]
    first_day: tuple[int, ...]
    """[document], days since 1970-01-01; both ends included."""
    last_day: tuple[int, ...]


@cache
def city() -> City:
    """The city of the world.

    Raises:
        NotAvailable: when its policies have errors.
    """
    reading = read_city(CITY)
    if reading.city is None or reading.has_errors:
        raise NotAvailable("the policies of bench/world/city have errors; duixian check tells them")
    return reading.city


@cache
def rules() -> Rules:
    """The rules of the city as arrays."""
    measures = [
        (document, each) for document, policy in enumerate(city().policies) for each in policy.measures
    ]
    rows = [row for _, measure in measures for row in measure.rows]
    validity = [policy.validity for policy in city().policies]
    return Rules(
        *_titles(measures, [row.id for row in rows]),
        *_projects(measures, [row.id for row in rows]),
        *_amounts(rows),
        *_limits([measure for _, measure in measures]),
        measure_ids=tuple(measure.id for _, measure in measures),
        row_ids=tuple(row.id for row in rows),
        first_day=tuple(_days(each.first_day) for each in validity),
        last_day=tuple(_days(each.last_day) for each in validity),
    )


def _days(day: object) -> int:
    """Days since 1970-01-01; the world's city leaves no day to a 口径."""
    assert isinstance(day, date)
    return (day - date(1970, 1, 1)).days


Placed = list[tuple[int, Measure]]
"""All measures in document order, each with its document."""


def _titles(measures: Placed, row_ids: list[str]) -> tuple[Int8, Int8, Int8, Int8, Int8]:
    shape = (2, 2, len(RECOGNITIONS))
    measure_of, row_of, way_of = (np.full(shape, start, np.int8) for start in (-1, -1, NO_ROW))
    first_row = np.full(len(RECOGNITIONS), -1, np.int8)
    for place, each in enumerate(RECOGNITIONS):
        for order, (document, measure) in enumerate(measures):
            if not any(each.title in names for row in measure.rows for names in [_titles_of(row)]):
                continue
            fitting = [row for row in measure.rows if _fits(row, each, city().vocabulary)]
            for code, wanted in enumerate(((Round.AWARDED, Round.FIRST), (Round.RENEWED,))):
                row, way = _row_for(fitting, wanted)
                measure_of[document, code, place] = order
                row_of[document, code, place] = row_ids.index(row.id) if row else -1
                way_of[document, code, place] = way
            if fitting and fitting[0].round is Round.FIRST:
                first_row[place] = row_ids.index(fitting[0].id)
    factory = [each.title == "智能工厂" and each.grade != "基础级" for each in RECOGNITIONS]
    return measure_of, row_of, way_of, first_row, np.array(factory, dtype=np.int8)


def _titles_of(row: AwardRow) -> tuple[str, ...]:
    return next((each.names for each in row.selectors if each.field == "称号"), ())


def _row_for(fitting: list[AwardRow], wanted: tuple[Round, ...]) -> tuple[AwardRow | None, int]:
    for row in fitting:
        if row.round in wanted:
            return row, FIRST_ONLY if row.round is Round.FIRST else GIVES
    return (fitting[0], OTHER_ROUND) if fitting else (None, NO_ROW)


def _fits(row: AwardRow, fact: Recognition, vocabulary: Vocabulary) -> bool:
    """Whether a row's 称号, 级别 and 等级 take a recognition; the city asks for names, or for a least level or grade."""
    grades = [grade for rank in vocabulary.titles[fact.title].grades for grade in rank]
    orders = {"级别": (fact.level, list(LEVELS)), "等级": (fact.grade, grades), "称号": (fact.title, [])}
    for each in row.selectors:
        name, order = orders[each.field]
        if each.comparator is Comparator.EQUAL:
            fits = name in each.names
        else:
            assert each.comparator is Comparator.AT_LEAST
            fits = name in order and order.index(name) >= order.index(each.names[0])
        if not fits:
            return False
    return True


def _projects(measures: Placed, row_ids: list[str]) -> tuple[Int8, Int8]:
    measure_of, row_of = (np.full((2, len(CATEGORIES)), -1, np.int8) for _ in range(2))
    for order, (document, measure) in enumerate(measures):
        if measure.kind != "投资项目":
            continue
        rows = {
            name: row_ids.index(row.id)
            for row in measure.rows
            for each in row.selectors
            for name in each.names
        }
        for place, category in enumerate(CATEGORIES):
            if category in rows or measure.id == PROJECTS_B:
                measure_of[document, place] = order
                row_of[document, place] = rows.get(category, -1)
    return measure_of, row_of


def _amounts(rows: list[AwardRow]) -> tuple[Int64, Int64, Int64, Int64]:
    fen, cap, threshold = (np.full(len(rows), -1, np.int64) for _ in range(3))
    bp = np.full(len(rows), -1, np.int64)
    for place, row in enumerate(rows):
        if isinstance(row.amount, FixedSum):
            fen[place] = row.amount.fen
        else:
            assert isinstance(row.amount, RateOfBase)
            assert row.amount.cap_fen is not None
            rate = row.amount.rate * 10_000
            assert rate.denominator == 1
            bp[place], cap[place] = rate.numerator, row.amount.cap_fen
            threshold[place] = _least(row)
    return fen, bp, cap, threshold


def _least(row: AwardRow) -> int:
    """The sum in the condition 有效投入额 >= … of a row."""
    root = row.condition.root
    assert isinstance(root, Compare)
    assert isinstance(root.right, Literal)
    assert isinstance(root.right.value, int)
    assert root.comparator is Comparator.AT_LEAST
    return root.right.value


def _limits(measures: list[Measure]) -> tuple[Int8, Int64]:
    kind = np.full(len(measures), UNLIMITED, np.int8)
    most = np.full(len(measures), -1, np.int64)
    for place, measure in enumerate(measures):
        for limit in measure.limits:
            a_year = "年度" in str(limit.per)
            if limit.max_fen is None:
                assert limit.max_count == 1
                kind[place] = ONE_A_YEAR if a_year else ONE_EVER
            else:
                kind[place], most[place] = SUM_A_YEAR if a_year else SUM_EVER, limit.max_fen
    return kind, most
