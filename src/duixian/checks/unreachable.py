"""Rows that can never fire (不可达条目): shadowed by rows above, at a level that the title does not have, or contradictory.

Why: a row that no fact can reach is money that the text grants and nobody gets, and a sign that some word is wrong.

Example: 级别 = 国家级 for a title that exists at 省级 only; 有效投入额 >= 3000万元 且 有效投入额 < 200万元; two rows for 省级 绿色工厂.
"""

from __future__ import annotations

from collections.abc import Iterator

from duixian.checks.finding import finding
from duixian.checks.possible import Possibility
from duixian.checks.selection import all_parts, holding_answer, own_parts, possibility
from duixian.checks.walk import parts_within
from duixian.errors import Problem
from duixian.rules.expression import TRUE, All, DecidedAs, Expr
from duixian.rules.measure import AwardRow, Measure
from duixian.rules.policy import City
from duixian.rules.vocabulary import FieldType


def check_unreachable(city: City) -> list[Problem]:
    """Rows that no fact can reach, at all or under the decisions that hold."""
    return [problem for measure in city.measures for problem in _check_measure(measure, city)]


def _check_measure(measure: Measure, city: City) -> Iterator[Problem]:
    kind = city.vocabulary.kinds[measure.kind]
    ever, now = possibility(city, measure), possibility(city, measure, holding_answer(city))
    if not ever.can_hold(_above(measure)):
        yield finding(
            "checks.condition-contradictory",
            measure.place,
            measure.id,
            measure.condition.text,
            clause=measure.clause,
        )
        return
    for number, row in enumerate(measure.rows):
        yield from _twice(row, measure)
        parts = all_parts(row, measure, kind)
        if not ever.can_hold(parts):
            yield _never(row, measure, city)
        elif shadow := _shadow(row, measure.rows[:number], parts, ever):
            yield finding(
                "checks.row-shadowed", row.place, row.id, "、".join(shadow), clause=measure.clause, row=row.id
            )
        elif not now.can_hold(parts):
            questions = "、".join(_questions(measure, row))
            yield finding("checks.row-waits", row.place, row.id, questions, clause=measure.clause, row=row.id)


def _twice(row: AwardRow, measure: Measure) -> Iterator[Problem]:
    """A name that stands twice in one cell: the second takes nothing, and another name is probably missing."""
    for selector in row.selectors:
        names = [name for name in dict.fromkeys(selector.names) if selector.names.count(name) > 1]
        if names:
            found = "、".join(names)
            yield finding(
                "checks.name-twice", row.place, found, selector.field, clause=measure.clause, row=row.id
            )


def _above(measure: Measure) -> tuple[Expr, ...]:
    return tuple(each.root for each in (measure.scope, measure.condition) if each is not TRUE)


def _never(row: AwardRow, measure: Measure, city: City) -> Problem:
    """Say it as plainly as possible: often it is a level or a grade that the title does not have."""
    names = {selector.field: "、".join(selector.names) for selector in row.selectors}
    kind = city.vocabulary.kinds[measure.kind]
    title = names.pop(kind.field_of_type(FieldType.TITLE), "")
    selectors = own_parts(row, kind)[: len(row.selectors)]
    if title and not possibility(city, measure).can_hold(selectors):
        known = [city.vocabulary.titles[name] for name in title.split("、") if name in city.vocabulary.titles]
        has = [*(level for each in known for level in each.levels)]
        has += [grade for each in known for rank in each.grades for grade in rank]
        return finding(
            "checks.level-not-of-title",
            row.place,
            "、".join(names.values()),
            "、".join(dict.fromkeys(has)),
            clause=measure.clause,
            row=row.id,
            title=title,
        )
    words = "、".join([title, *names.values(), row.condition.text]).strip("、")
    return finding("checks.row-unreachable", row.place, row.id, words, clause=measure.clause, row=row.id)


def _shadow(
    row: AwardRow, above: tuple[AwardRow, ...], parts: tuple[Expr, ...], ever: Possibility
) -> tuple[str, ...]:
    """The rows above that together take every fact of this one; the first row that fits wins."""
    rivals = [other for other in above if other.round is row.round]
    taken = [All(own_parts(other, ever.kind)) for other in rivals]
    if not rivals or ever.can_hold(parts, taken):
        return ()
    return tuple(other.id for other in rivals if ever.can_hold([*parts, All(own_parts(other, ever.kind))]))


def _questions(measure: Measure, row: AwardRow) -> list[str]:
    """The questions on whose answers the row depends."""
    roots = [measure.scope.root, measure.condition.root, row.condition.root]
    parts = (part for root in roots for part in parts_within(root))
    return list(dict.fromkeys(part.interpretation for part in parts if isinstance(part, DecidedAs)))
