"""The most that one enterprise can get in a year (年度最高): every award with its limits, per document and together.

Why: the treasury asks it first, and "no bound" is an answer too. The sum is an upper bound under the decisions that hold:

- an award counts as often as its limits allow; 首次 counts once; a title is obtained once a year, and not renewed as well;
- rungs of a ladder count together only where each is paid in full (全额);
- what is counted per project, product or software has no bound per enterprise unless a limit gives one: it is listed with
  its sum for each, and left out of the total.

Example: 专精特新 at most 80 + 60 + 20万元, 软件产品评估证书 at most 20万元 a year, 首版次软件 40万元 for each and without bound.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

from duixian.checks.finding import finding
from duixian.checks.overlaps import counts_objects
from duixian.checks.selection import all_parts, holding_answer, own_parts, possibility
from duixian.checks.units import most_of
from duixian.errors import Place, Problem
from duixian.money import format_wan
from duixian.rules.decided import resolve
from duixian.rules.expression import Comparator, Compare, Expr, FieldRef, Literal, Scope, Type
from duixian.rules.house_words import PER_ENTERPRISE, PER_ROW, PER_YEAR
from duixian.rules.measure import AwardRow, FirstAmong, Measure, Promotion
from duixian.rules.policy import City, Policy
from duixian.rules.vocabulary import FieldType, Round

_ONCE = frozenset({PER_ENTERPRISE, PER_YEAR, PER_ROW})
"""Words of 每 that make one group of an enterprise's year under one row."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one row can give an enterprise in a year (年度贡献).

    ``times`` is how often it can be paid, None without bound; ``each_fen`` the most of one award, None without a cap;
    ``per`` says what is counted where there is no bound.
    """

    row: AwardRow
    measure: Measure
    times: int | None
    each_fen: int | None
    per: str = ""

    @property
    def fen(self) -> int | None:
        """The most of the row in a year; None without bound."""
        return None if self.times is None or self.each_fen is None else self.times * self.each_fen


@dataclass(frozen=True, slots=True)
class MeasureMaximum:
    """The most that a measure can give an enterprise in a year (事项年度最高); unbounded rows are listed, not added.

    ``bounded`` are the rows that have a yearly maximum; ``chosen`` those of them that make up the measure's.
    """

    measure: Measure
    fen: int
    bounded: tuple[Contribution, ...]
    chosen: tuple[Contribution, ...]
    unbounded: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Maximum:
    """The most of a document (文件年度最高). ``fen`` can be less than its measures together: ladders may join them."""

    policy: Policy
    fen: int
    measures: tuple[MeasureMaximum, ...]


def check_maximum(city: City) -> list[Problem]:
    """The yearly maximum of each document, and of all together."""
    maxima = [yearly_maximum(policy, city) for policy in city.policies if policy.measures]
    problems = [_note(maximum) for maximum in maxima]
    if len(maxima) > 1:
        total = format_wan(sum(maximum.fen for maximum in maxima))
        numbers = "、".join(maximum.policy.number for maximum in maxima)
        place = Place(maxima[-1].policy.file)
        problems.append(finding("checks.maximum-together", place, total, documents=numbers))
    return problems


def yearly_maximum(policy: Policy, city: City) -> Maximum:
    """What one enterprise can get under a document in one year, at most."""
    measures = tuple(_measure_maximum(measure, city) for measure in policy.measures)
    capped = [each for each in measures if _sum_limit(each.measure, city) is not None]
    free = [row for each in measures if each not in capped for row in each.bounded]
    return Maximum(policy, sum(each.fen for each in capped) + _sum(_best(free, city)), measures)


def _measure_maximum(measure: Measure, city: City) -> MeasureMaximum:
    contributions = [_contribution(row, measure, city) for row in measure.rows]
    bounded = tuple(each for each in contributions if each.fen is not None)
    unbounded = tuple(each for each in contributions if each.fen is None)
    chosen = _best(bounded, city)
    limit = _sum_limit(measure, city)
    if limit is None:
        return MeasureMaximum(measure, _sum(chosen), bounded, chosen, unbounded)
    fen = limit if unbounded else min(limit, _sum(chosen))
    return MeasureMaximum(measure, fen, bounded, chosen, ())


def _sum_limit(measure: Measure, city: City) -> int | None:
    """The least sum that an enterprise's year is limited to over all rows; None without such a limit."""
    every = {row.id for row in measure.rows}
    sums = []
    for limit in measure.limits:
        group = resolve(limit.per, city.decisions)
        if (
            limit.max_fen is not None
            and limit.rows in (frozenset(), every)
            and _ONCE - {PER_ROW} >= set(group)
        ):
            sums.append(limit.max_fen)
    return min(sums, default=None)


# How often a row can be paid


def _contribution(row: AwardRow, measure: Measure, city: City) -> Contribution:
    names = _names(row, measure, city)
    kind = city.vocabulary.kinds[measure.kind]
    title = kind.field_of_type(FieldType.TITLE)
    bounds = _bounds(row, measure, city, names)
    if not bounds and title and not counts_objects(measure, city):
        bounds = [_groups((title,), names) or 0]
    if bounds:
        return Contribution(row, measure, min(bounds), most_of(row))
    return Contribution(row, measure, None, most_of(row), kind.object_field or kind.name)


def _bounds(row: AwardRow, measure: Measure, city: City, names: list[dict[str, str]]) -> list[int]:
    """What limits and 首次 allow in a year; a group that multiplies with projects or products is no bound."""
    found = []
    for limit in measure.limits:
        per = resolve(limit.per, city.decisions)
        groups = _groups(per, names)
        if limit.max_count is not None and (not limit.rows or row.id in limit.rows) and groups is not None:
            found.append(limit.max_count * groups)
    if row.round is Round.FIRST:
        per = resolve(measure.history.first_per, city.decisions)
        among = resolve(measure.history.first_among, city.decisions)
        title = city.vocabulary.kinds[measure.kind].field_of_type(FieldType.TITLE)
        groups = _groups((*per, title) if among is FirstAmong.TITLE else per, names)
        if groups is not None:
            found.append(groups)
    return found


def _groups(per: Iterable[str], names: list[dict[str, str]]) -> int | None:
    """How many groups the facts of a row can make in a year; None when it is as many as there are objects."""
    fields = [name for name in per if name not in _ONCE]
    if any(field not in each for field in fields for each in names):
        return None
    return len({tuple(each[field] for field in fields) for each in names})


def _names(row: AwardRow, measure: Measure, city: City) -> list[dict[str, str]]:
    """Every combination of title, level and grade that the row takes under the decisions that hold."""
    kind, facts = city.vocabulary.kinds[measure.kind], possibility(city, measure, holding_answer(city))
    fields = [kind.field_of_type(type_) for type_ in (FieldType.TITLE, FieldType.LEVEL, FieldType.GRADE)]
    wanted = all_parts(row, measure, kind)
    if not fields[0]:
        return [{}]
    titles = [name for each in row.selectors if each.field == fields[0] for name in each.names]
    found = []
    for title in (city.vocabulary.titles[name] for name in titles):
        grades = [grade for rank in title.grades for grade in rank]
        for level, grade in product(title.levels or ("",), grades or [""]):
            chosen = dict(zip(fields, (title.name, level, grade), strict=True))
            parts = [_is(kind.fields[field].type, field, name) for field, name in chosen.items() if name]
            if facts.can_hold([*wanted, *parts]):
                found.append(chosen)
    return found


def _is(type_: FieldType, field: str, name: str) -> Expr:
    ref = FieldRef(Scope.TRIGGER, field, Type(type_.value))
    return Compare(Comparator.EQUAL, ref, Literal(name, ref.type))


# What cannot be paid together


def _best(contributions: Iterable[Contribution], city: City) -> tuple[Contribution, ...]:
    """The rows that give the most together: exact, since only few exclude each other."""
    rows = list(contributions)
    rivals: dict[int, set[int]] = {place: set() for place in range(len(rows))}
    for (one, first), (two, second) in combinations(enumerate(rows), 2):
        if _exclude(first, second, city):
            rivals[one].add(two)
            rivals[two].add(one)
    chosen = _most(frozenset(rivals), rivals, [each.fen or 0 for each in rows])[1]
    return tuple(rows[place] for place in sorted(chosen))


def _most(left: frozenset[int], rivals: dict[int, set[int]], fen: list[int]) -> tuple[int, frozenset[int]]:
    """The most of the rows that are left, and which: the most contested one is in or out, then the rest."""
    contested = [place for place in left if rivals[place] & left]
    if not contested:
        return sum(fen[place] for place in left), left
    place = max(contested, key=lambda each: (len(rivals[each] & left), -each))
    inside, chosen = _most(left - {place} - rivals[place], rivals, fen)
    with_it = (inside + fen[place], chosen | {place})
    without_it = _most(left - {place}, rivals, fen)
    return with_it if with_it[0] >= without_it[0] else without_it


def _sum(chosen: tuple[Contribution, ...]) -> int:
    return sum(each.fen or 0 for each in chosen)


def _exclude(one: Contribution, two: Contribution, city: City) -> bool:
    """A renewal beside an award of the same thing, or rungs of a ladder that does not pay each in full."""
    is_renewal = (one.row.round is Round.RENEWED) != (two.row.round is Round.RENEWED)
    if one.measure is two.measure and is_renewal:
        kind = city.vocabulary.kinds[one.measure.kind]
        return own_parts(one.row, kind) == own_parts(two.row, kind)
    return any(
        ladder.name == other.name
        and one.row.id in ladder.rows
        and two.row.id in other.rows
        and resolve(ladder.promotion, city.decisions) is not Promotion.FULL
        for ladder in one.measure.ladders
        for other in two.measure.ladders
    )


# The note


def _note(maximum: Maximum) -> Problem:
    lines = [_line(each) for each in maximum.measures if each.fen]
    without_bound = [_line_without_bound(row) for each in maximum.measures for row in each.unbounded]
    return finding(
        "checks.maximum",
        Place(maximum.policy.file),
        format_wan(maximum.fen),
        document=maximum.policy.number,
        table="\n".join(lines) or "—",
        unbounded="\n".join(without_bound) or "—",
    )


def _line(maximum: MeasureMaximum) -> str:
    rows = (
        each.row.id if each.times == 1 else f"{each.row.id}×{each.times}"
        for each in maximum.chosen
        if each.times
    )
    told = "、".join(rows)
    return f"{maximum.measure.id} {maximum.measure.name}：{format_wan(maximum.fen)}" + (
        f"（{told}）" if told else ""
    )


def _line_without_bound(contribution: Contribution) -> str:
    each = "—" if contribution.each_fen is None else format_wan(contribution.each_fen)
    return f"{contribution.row.id} {contribution.measure.name}：{each}／{contribution.per}"
