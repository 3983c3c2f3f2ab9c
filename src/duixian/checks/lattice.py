"""Gaps in levels, grades and renewals (层级缺口): what a scheme has and the policy does not pay.

Why: such a gap is either meant (基础级 is a self-assessment) or forgotten (绿色供应链 at 省级, beside 绿色园区 and 绿色工厂). Only an
officer can tell, so these are notes; determinations say 不符合条件 for such facts, and somebody will ask why.

Example: 先进级, 卓越级 and 领航级 are paid, 基础级 is not; 复评 is paid for 专精特新 and not for 技术创新示范企业.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duixian.checks.finding import finding
from duixian.checks.selection import all_parts, possibility
from duixian.errors import Problem
from duixian.rules.expression import Comparator, Compare, Expr, FieldRef, Literal, Scope, Type
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FieldType, Round, Title


@dataclass(frozen=True, slots=True)
class Paid:
    """Which levels and grades of a title a measure pays (已奖层级), and in which rounds."""

    title: Title
    levels: frozenset[str]
    grades: frozenset[str]
    rounds: frozenset[Round | None]


def check_lattice(city: City) -> list[Problem]:
    """Levels, grades and renewals that are not paid beside others that are."""
    problems: list[Problem] = []
    for policy in city.policies:
        for measure in policy.measures:
            paid = paid_titles(measure, city)
            problems += _levels(measure, paid, city)
            problems += _grades(measure, paid)
            problems += _renewals(measure, paid)
        problems += _without_renewal(policy)
    return problems


def paid_titles(measure: Measure, city: City) -> tuple[Paid, ...]:
    """The titles of a measure in the order of its rows, with the levels and grades that some row pays."""
    field = city.vocabulary.kinds[measure.kind].field_of_type(FieldType.TITLE)
    names = dict.fromkeys(
        name for row in measure.rows for each in row.selectors if each.field == field for name in each.names
    )
    return tuple(_paid(city.vocabulary.titles[name], measure, city) for name in names)


def _paid(title: Title, measure: Measure, city: City) -> Paid:
    levels, grades, rounds = set[str](), set[str](), set[Round | None]()
    for row in measure.rows:
        if _takes(row, measure, city, title):
            rounds.add(row.round)
            levels |= {each for each in title.levels if _takes(row, measure, city, title, level=each)}
            grades |= {
                each
                for rank in title.grades
                for each in rank
                if _takes(row, measure, city, title, grade=each)
            }
    return Paid(title, frozenset(levels), frozenset(grades), frozenset(rounds))


def _takes(
    row: AwardRow, measure: Measure, city: City, title: Title, level: str = "", grade: str = ""
) -> bool:
    """Whether a row can take a fact of this title, level and grade, under any decision."""
    kind = city.vocabulary.kinds[measure.kind]
    asked = {FieldType.TITLE: title.name, FieldType.LEVEL: level, FieldType.GRADE: grade}
    wanted: list[Expr] = list(all_parts(row, measure, kind))
    for type_, name in asked.items():
        field = kind.field_of_type(type_)
        if name and field:
            ref = FieldRef(Scope.TRIGGER, field, Type(type_.value))
            wanted.append(Compare(Comparator.EQUAL, ref, Literal(name, ref.type)))
    return possibility(city, measure).can_hold(wanted)


def _levels(measure: Measure, paid: tuple[Paid, ...], city: City) -> Iterator[Problem]:
    """Levels that others of the table are paid at, and levels above or between those that are paid."""
    family = frozenset(level for each in paid for level in each.levels)
    for each in paid:
        if not each.levels:
            continue
        lowest = min(map(city.vocabulary.level_rank, each.levels))
        for level in each.title.levels:
            is_missed = level in family or city.vocabulary.level_rank(level) > lowest
            if level not in each.levels and is_missed:
                yield finding(
                    "checks.level-unpaid",
                    measure.place,
                    level,
                    "、".join(level for level in each.title.levels if level in each.levels),
                    clause=measure.clause,
                    title=each.title.name,
                    measure=measure.id,
                )


def _grades(measure: Measure, paid: tuple[Paid, ...]) -> Iterator[Problem]:
    for each in paid:
        unpaid = [grade for rank in each.title.grades for grade in rank if grade not in each.grades]
        if unpaid and each.grades:
            yield finding(
                "checks.grade-unpaid",
                measure.place,
                "、".join(unpaid),
                "、".join(grade for rank in each.title.grades for grade in rank if grade in each.grades),
                clause=measure.clause,
                title=each.title.name,
                measure=measure.id,
            )


def _renewals(measure: Measure, paid: tuple[Paid, ...]) -> Iterator[Problem]:
    """Titles without 复评 in a table that pays 复评 for others."""
    renewed = [each for each in paid if Round.RENEWED in each.rounds]
    for each in paid:
        if renewed and each not in renewed:
            yield finding(
                "checks.renewal-gap",
                measure.place,
                each.title.name,
                "、".join(other.title.name for other in renewed),
                clause=measure.clause,
                measure=measure.id,
            )


def _without_renewal(policy: Policy) -> Iterator[Problem]:
    """One note per document: the measures whose renewals give nothing, where other measures pay them."""
    recognising = [each for each in policy.measures if any(row.round is Round.AWARDED for row in each.rows)]
    renewed = [each for each in recognising if any(row.round is Round.RENEWED for row in each.rows)]
    others = [each for each in recognising if each not in renewed]
    if renewed and others:
        yield finding(
            "checks.renewal-unpaid",
            renewed[0].place,
            "、".join(f"{each.id} {each.name}" for each in others),
            "、".join(f"{each.id} {each.name}" for each in renewed),
            clause=renewed[0].clause,
            document=policy.number,
        )
