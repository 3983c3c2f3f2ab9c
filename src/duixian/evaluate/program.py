"""A measure prepared for running: its expressions as functions, its decided values resolved, its fixed lines written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any as Anything
from typing import NamedTuple

from duixian.evaluate.condition import COMPARE, Preparer, Reading
from duixian.evaluate.unknown import Unknown
from duixian.rules.decided import Decisions, resolve
from duixian.rules.determination import Step, TraceLine
from duixian.rules.expression import (
    TRUE,
    All,
    Comparator,
    Compare,
    Contains,
    Expr,
    Expression,
    FieldRef,
    Type,
    YearOf,
    type_of,
)
from duixian.rules.expression_text import expression_text
from duixian.rules.folding import NO, YES
from duixian.rules.measure import AwardRow, FixedSum, Measure, RateOfBase, Selector
from duixian.rules.policy import AfterPayment, City, CumulationReach, Policy, SameMatter
from duixian.rules.vocabulary import FieldType, Vocabulary

Test = Callable[[Anything, str], bool]
"""A selector's test of one value; the second argument is the fact's title, within which grades are ranked."""


CumulationRule = tuple[SameMatter, CumulationReach, AfterPayment]
"""A document's 就高不重复 under the decisions."""


class FieldTest(NamedTuple):
    """A selector on one field: plain names are looked up in ``names``; everything else is asked of ``holds``."""

    field: str
    missing: Unknown
    names: frozenset[str] | None
    holds: Test


class PartProgram:
    """One part of a condition: its function, its words, and the left side whose value the trace shows."""

    __slots__ = ("expr", "holds", "text", "type", "value")

    def __init__(self, expr: Expr, preparer: Preparer) -> None:
        self.expr = expr
        self.holds: Reading = preparer.prepare(expr)
        self.text = expression_text(expr)
        seen = _seen(expr)
        self.value: Reading | None = preparer.prepare(seen) if seen is not None else None
        self.type = type_of(seen) if seen is not None else Type.FLAG


def _seen(expr: Expr) -> Expr | None:
    """What a part looks at, shown beside it in the trace."""
    match expr:
        case Compare(left=left) | Contains(left=left):
            return left
        case FieldRef():
            return expr
    return None


class RowProgram:
    """One award row: tests per field, condition parts, and either a fixed sum or the function of its base."""

    __slots__ = (
        "amount",
        "base",
        "cap",
        "is_exact",
        "line",
        "match_line",
        "parts",
        "rate",
        "row",
        "selector_text",
        "tests",
        "titles",
    )

    def __init__(self, row: AwardRow, measure: Measure, preparer: Preparer, title_field: str) -> None:
        self.row = row
        self.titles = frozenset(
            name for each in row.selectors if each.field == title_field for name in each.names
        )
        self.tests = tuple(
            _test(each, measure, preparer) for each in row.selectors if each.field != title_field
        )
        self.parts = parts_of(row.condition, preparer)
        self.selector_text = "、".join(_selector_text(each) for each in row.selectors)
        self.amount = row.amount.fen if isinstance(row.amount, FixedSum) else None
        self.is_exact = row.amount.is_exact
        self.rate: Fraction | None = None
        self.cap: int | None = None
        self.base: Reading | None = None
        code = "match.row" if self.selector_text else "match.only-row"
        self.match_line = TraceLine(Step.MATCH, code, measure.clause, (row.id, self.selector_text))
        if isinstance(row.amount, RateOfBase):
            self.rate, self.cap = row.amount.rate, row.amount.cap_fen
            self.base = preparer.read(row.amount.base.root)
            self.line = self.match_line
        else:
            code = "entitle.exact" if row.amount.is_exact else "entitle.ceiling"
            self.line = TraceLine(Step.ENTITLE, code, measure.clause, (row.amount.fen,))


class LimitProgram:
    """A limit with its group resolved."""

    __slots__ = ("key", "limit", "per")

    def __init__(self, place: int, measure: Measure, decisions: Decisions) -> None:
        self.limit = measure.limits[place]
        self.per = resolve(self.limit.per, decisions)
        self.key = (measure.id, place)


class MeasureProgram:
    """A measure under one set of decisions, ready to meet facts (事项的执行形式)."""

    def __init__(
        self, measure: Measure, policy: Policy, city: City, decisions: Decisions, order: int
    ) -> None:
        preparer = Preparer(city.vocabulary, decisions, measure.kind)
        kind = city.vocabulary.kinds[measure.kind]
        self.measure, self.policy, self.order, self.fact_kind = measure, policy, order, kind
        self.title_field = kind.title_field
        self.round_field = kind.field_of_type(FieldType.ROUND)
        self.scope = None if measure.scope is TRUE else preparer.read(measure.scope.root)
        self.parts = parts_of(measure.condition, preparer)
        self.event_date = preparer.read(resolve(measure.event_date, decisions).root)
        self.year = preparer.read(resolve(measure.year, decisions).root)
        self.year_is_of_date = _is_year_of(measure, preparer, decisions)
        self.rows = tuple(RowProgram(row, measure, preparer, self.title_field) for row in measure.rows)
        self.rows_by_title = _by_title(self.rows, self.title_field)
        self.names_some_titles = any(row.titles for row in self.rows)
        self.first_among = resolve(measure.history.first_among, decisions)
        self.first_per = resolve(measure.history.first_per, decisions)
        self.again = resolve(measure.history.again, decisions)
        self.limits = tuple(LimitProgram(place, measure, decisions) for place in range(len(measure.limits)))
        self.ladders = tuple(
            (each, resolve(each.per, decisions), resolve(each.promotion, decisions))
            for each in measure.ladders
        )
        self._prepare_document_rules(preparer, decisions)
        measure_tie = (("限制", measure.id),) if measure.limits else ()
        self.ties = (*measure_tie, *(("阶梯", each.name) for each in measure.ladders))
        self.limit_state = tuple(limit.per for limit in self.limits)
        self.ladder_state = tuple((per, promotion) for _, per, promotion in self.ladders)

    def _prepare_document_rules(self, preparer: Preparer, decisions: Decisions) -> None:
        policy, measure = self.policy, self.measure
        self.first_day: date = resolve(policy.validity.first_day, decisions)
        self.last_day: date = resolve(policy.validity.last_day, decisions)
        self.validity_clause = policy.validity.clause
        self.exclusions: list[tuple[Reading, str, str, frozenset[str]]] = []
        for each in policy.exclusions:
            exempt = resolve(each.exempt, decisions)
            if measure.id not in exempt and preparer.settled(each.condition.root) != NO:
                self.exclusions.append((preparer.read(each.condition.root), each.name, each.clause, exempt))
        rule = policy.cumulation
        self.cumulation: CumulationRule | None = (
            (
                resolve(rule.same_matter, decisions),
                resolve(rule.reach, decisions),
                resolve(rule.after_payment, decisions),
            )
            if rule
            else None
        )
        self.remainders = tuple(resolve(share.remainder, decisions) for share in policy.shares)


def _is_year_of(measure: Measure, preparer: Preparer, decisions: Decisions) -> bool:
    """Whether the accounting year is simply that of the event date, which saves reading the date twice."""
    day, year = (
        preparer.settled(resolve(each, decisions).root) for each in (measure.event_date, measure.year)
    )
    return year == YearOf(day)


def parts_of(condition: Expression, preparer: Preparer) -> tuple[PartProgram, ...]:
    """The parts of a condition that all must hold, each told apart in the trace."""
    root = preparer.settled(condition.root)
    if root == YES:
        return ()
    return tuple(PartProgram(part, preparer) for part in (root.parts if isinstance(root, All) else (root,)))


def _by_title(rows: tuple[RowProgram, ...], title_field: str) -> dict[str, tuple[RowProgram, ...]] | None:
    """Rows by the titles they take; None when the table has no title column."""
    titles: dict[str, list[RowProgram]] = {}
    for row in rows:
        names = [name for each in row.row.selectors if each.field == title_field for name in each.names]
        if not names:
            return None
        for name in names:
            titles.setdefault(name, []).append(row)
    return {name: tuple(each) for name, each in titles.items()}


def _selector_text(selector: Selector) -> str:
    names = "、".join(selector.names)
    return names if selector.comparator is Comparator.EQUAL else f"{selector.comparator.value} {names}"


def _test(selector: Selector, measure: Measure, preparer: Preparer) -> FieldTest:
    type_ = preparer.vocabulary.kinds[measure.kind].fields[selector.field].type
    names = frozenset(selector.names)
    missing = Unknown([f"{measure.kind}.{selector.field}"])
    if selector.comparator is not Comparator.EQUAL:
        return FieldTest(selector.field, missing, None, _rank_test(selector, type_, preparer.vocabulary))
    if type_ is FieldType.OPTIONS:
        return FieldTest(selector.field, missing, None, lambda value, title: not names.isdisjoint(value))
    return FieldTest(selector.field, missing, names, lambda value, title: value in names)


def _rank_test(selector: Selector, type_: FieldType, vocabulary: Vocabulary) -> Test:
    """Levels compare by their order in the city, grades by the order within the fact's own title."""
    compare, bound = COMPARE[selector.comparator], selector.names[0]
    if type_ is FieldType.LEVEL:
        rank = {level: place for place, level in enumerate(vocabulary.levels)}
        return lambda value, title: compare(rank[value], rank[bound])
    titles = vocabulary.titles

    def test_grade(value: Anything, title: str) -> bool:
        here = titles.get(title)
        ranks = (here.grade_rank(value), here.grade_rank(bound)) if here else (None, None)
        return None not in ranks and compare(*ranks)

    return test_grade
