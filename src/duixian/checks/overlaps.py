"""Awards that one fact can bring at once (重叠), and which rule of the documents settles them (就高不重复), or that none does.

Why: whoever hands in one project twice should meet one answer, written in a clause. Where nothing settles it, both are paid.

Example: a technical upgrade finished in December 2025 falls under A09 (12%) and B43 (10%); both documents say 就高不重复.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from duixian.checks.finding import finding
from duixian.checks.selection import all_parts, can_be_one, possibility
from duixian.checks.walk import all_options
from duixian.checks.window import Window, holding_window, widest_window
from duixian.errors import Problem
from duixian.rules.decided import Choice, resolve
from duixian.rules.expression import All
from duixian.rules.measure import AwardRow, Measure, Promotion
from duixian.rules.policy import City, Cumulation, CumulationReach, Policy, SameMatter
from duixian.rules.vocabulary import FieldType


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two measures that one fact can trigger (相遇), with the pairs of rows and the days on which both apply."""

    one: Measure
    two: Measure
    rows: tuple[tuple[AwardRow, AwardRow], ...]
    window: Window


def check_overlaps(city: City) -> list[Problem]:
    """Measures that meet, rows of one table that overlap, measures that compete for one object."""
    problems = [problem for meeting in meetings(city) for problem in _settled(meeting, city)]
    for measure in city.measures:
        problems += _within(measure, city)
    problems += _by_object(city)
    return problems


def meetings(city: City) -> Iterator[Meeting]:
    """Every two measures that some fact can trigger on the same day, in document order."""
    owners = [(policy, measure) for policy in city.policies for measure in policy.measures]
    for (policy, one), (other, two) in combinations(owners, 2):
        if one.kind != two.kind:
            continue
        window = widest_window(policy).meets(widest_window(other))
        rows = _meeting_rows(one, two, city) if window.days else ()
        if rows:
            holding = holding_window(policy, city.decisions).meets(holding_window(other, city.decisions))
            yield Meeting(one, two, rows, holding)


def _meeting_rows(one: Measure, two: Measure, city: City) -> tuple[tuple[AwardRow, AwardRow], ...]:
    kind, facts = city.vocabulary.kinds[one.kind], possibility(city, one)
    title = kind.field_of_type(FieldType.TITLE)
    return tuple(
        (row, other)
        for row in one.rows
        for other in two.rows
        if can_be_one(row.round, other.round)
        and _share_a_name(row, other, title)
        and facts.can_hold([*all_parts(row, one, kind), *all_parts(other, two, kind)])
    )


def _share_a_name(one: AwardRow, two: AwardRow, field: str) -> bool:
    """Whether both rows take some title (or take any): a quick no before the search."""
    first, second = (
        next((set(each.names) for each in row.selectors if each.field == field), None) for row in (one, two)
    )
    return first is None or second is None or bool(first & second)


# Which rule settles a meeting


def _settled(meeting: Meeting, city: City) -> Iterator[Problem]:
    one, two = meeting.one, meeting.two
    rules = _rules_between(meeting, city)
    clauses = [rule.clause for rule in rules if rule.holds]
    openly = [rule.question for rule in rules if not rule.holds]
    ladders = _shared_ladders(meeting, city)
    code, settled = "checks.overlap-unsettled", ""
    if clauses:
        code, settled = "checks.overlap", "、".join(clauses)
    elif ladders:
        code, settled = "checks.overlap-on-ladder", "、".join(ladders)
    elif openly:
        code, settled = "checks.overlap-open", "、".join(openly)
    yield finding(
        code,
        two.place,
        f"{one.id} {one.name}",
        f"{two.id} {two.name}",
        clause=two.clause,
        document=two.document,
        other=f"{one.document}{one.clause}",
        settled=settled,
        window=str(meeting.window) if meeting.window.days else "—",
        rows="、".join(f"{row.id} × {other.id}" for row, other in meeting.rows),
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    clause: str
    holds: bool
    question: str = ""


def _rules_between(meeting: Meeting, city: City) -> list[_Rule]:
    """The 就高 rules of both documents, as far as they reach these two measures.

    One fact is one matter, whichever way 同一 is decided.
    """
    rules = []
    for number in dict.fromkeys((meeting.one.document, meeting.two.document)):
        rule = city.policy(number).cumulation
        if rule is None:
            continue
        clause = f"{number}{rule.clause}"
        is_beyond = meeting.one.document != meeting.two.document
        reach = resolve(rule.reach, city.decisions)
        if is_beyond or reach is CumulationReach.ALL_CLAUSES:
            rules.append(_Rule(clause, True))
        elif isinstance(rule.reach, Choice) and CumulationReach.ALL_CLAUSES in all_options(rule.reach):
            rules.append(_Rule(clause, False, rule.reach.interpretation))
    return rules


def _shared_ladders(meeting: Meeting, city: City) -> list[str]:
    """Ladders on which both stand and that hold one of them back."""
    names = []
    for ladder in meeting.one.ladders:
        for other in meeting.two.ladders:
            holds_back = resolve(ladder.promotion, city.decisions) is not Promotion.FULL
            meets = any(row.id in ladder.rows and rival.id in other.rows for row, rival in meeting.rows)
            if ladder.name == other.name and holds_back and meets:
                names.append(ladder.name)
    return names


# Rows of one table


def _within(measure: Measure, city: City) -> Iterator[Problem]:
    """Rows that share facts although neither takes all of the other's: the upper one wins."""
    kind, facts = city.vocabulary.kinds[measure.kind], possibility(city, measure)
    title = kind.field_of_type(FieldType.TITLE)
    for one, two in combinations(measure.rows, 2):
        if one.round is not two.round or one.amount == two.amount or not _share_a_name(one, two, title):
            continue
        ours, theirs = all_parts(one, measure, kind), all_parts(two, measure, kind)
        if facts.can_hold([*ours, *theirs]) and facts.can_hold(theirs, [All(ours)]):
            yield finding(
                "checks.rows-overlap",
                two.place,
                two.id,
                one.id,
                clause=measure.clause,
                row=two.id,
                above=one.id,
            )


# Measures about one object


def _by_object(city: City) -> Iterator[Problem]:
    """Awards counted per object: where one object is one matter, only the highest of them is paid."""
    for one, two in combinations(city.policies, 2):
        yield from _compete(one, two, city)
    for policy in city.policies:
        yield from _compete(policy, policy, city)


def _compete(one: Policy, two: Policy, city: City) -> Iterator[Problem]:
    rule = _object_rule(one, two, city)
    if rule is None or not widest_window(one).meets(widest_window(two)).days:
        return
    by_kind = [_measures_per_object(policy, city) for policy in (one, two)]
    for kind in sorted(by_kind[0].keys() & by_kind[1].keys()):
        first, second = (by_kind[place][kind] for place in (0, 1))
        if one is not two or len(first) > 1:
            yield finding(
                "checks.object-within" if one is two else "checks.object-between",
                rule.place,
                _named(first),
                _named(second),
                clause=rule.clause,
                kind=kind,
                object=city.vocabulary.kinds[kind].object_field,
                document=one.number,
                other=two.number,
                question=rule.same_matter.interpretation if isinstance(rule.same_matter, Choice) else "—",
                holding=resolve(rule.same_matter, city.decisions).value,
            )


def _object_rule(one: Policy, two: Policy, city: City) -> Cumulation | None:
    """The 就高 rule that makes one object one matter, now or under some option; one that does so now goes first."""
    rules = []
    for policy in dict.fromkeys((two.number, one.number)):
        rule = city.policy(policy).cumulation
        if rule is None or SameMatter.SAME_OBJECT not in all_options(rule.same_matter):
            continue
        if one is not two or CumulationReach.ALL_CLAUSES in all_options(rule.reach):
            rules.append(rule)
    holding = [rule for rule in rules if resolve(rule.same_matter, city.decisions) is SameMatter.SAME_OBJECT]
    return next(iter([*holding, *rules]), None)


def _named(measures: list[Measure]) -> str:
    return "、".join(f"{measure.id} {measure.name}" for measure in measures)


def _measures_per_object(policy: Policy, city: City) -> dict[str, list[Measure]]:
    """The measures that count each object by itself, by their kind."""
    found: dict[str, list[Measure]] = {}
    for measure in policy.measures:
        if counts_objects(measure, city):
            found.setdefault(measure.kind, []).append(measure)
    return found


def counts_objects(measure: Measure, city: City) -> bool:
    """Whether limits, ladders or 首次 of a measure are per object under the decisions that hold."""
    field = city.vocabulary.kinds[measure.kind].object_field
    groups = [limit.per for limit in measure.limits] + [ladder.per for ladder in measure.ladders]
    groups.append(measure.history.first_per)
    return bool(field) and any(field in resolve(per, city.decisions) for per in groups)
