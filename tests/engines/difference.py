"""Where two engines differ (分歧): found quickly over thousands of dossiers, and told so that a person sees what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from operator import itemgetter

from duixian.money import format_yuan
from duixian.rules.fact import Dossier
from tests.engines.decides import ALL, RAISED, DecidesAll, Docket, Rows, Told, raised

KEY = ("document", "measure_id", "fact_kind", "fact")


@dataclass(frozen=True, slots=True)
class Difference:
    """A dossier for which two engines tell different things.

    ``docket`` holds that dossier alone; ``whole`` is the docket in which it was found: an engine may err only among others.
    """

    docket: Docket
    whole: Docket
    one: Rows
    other: Rows
    names: tuple[str, str]
    columns: frozenset[str]

    @property
    def differing(self) -> frozenset[str]:
        """The columns in which rows of one award differ; "rows" when an award is told by one engine only, or in another place."""
        mine, theirs = ([_key(each) for each in rows] for rows in (self.one, self.other))
        found = {"rows"} if mine != theirs else set()
        by_key = {_key(each): each for each in self.other}
        for each in self.one:
            other = by_key.get(_key(each))
            if other is not None:
                found |= {name for name in self.columns if getattr(each, name) != getattr(other, name)}
        return frozenset(found)

    @property
    def reasons(self) -> frozenset[tuple[str, str]]:
        """The two reasons of every award that the engines tell differently, "" where one does not tell of it."""
        ours, others = ({_key(each): each for each in rows} for rows in (self.one, self.other))
        found = set()
        for key in dict.fromkeys((*ours, *others)):
            left, right = ours.get(key), others.get(key)
            if any(getattr(left, name, None) != getattr(right, name, None) for name in self.columns):
                found.add((left.reason if left else "", right.reason if right else ""))
        return frozenset(found) or frozenset({("order", "order")})

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def compared_columns(one: DecidesAll, other: DecidesAll) -> frozenset[str]:
    """The columns that both engines tell."""
    return one.tells & other.tells


def differences(one: DecidesAll, other: DecidesAll, docket: Docket) -> list[Difference]:
    """Every dossier of a docket for which two engines differ, whatever the crash."""
    return compare(docket, (one, other), one.decide(docket), decided_by(other, docket))


def compare(
    docket: Docket,
    engines: tuple[DecidesAll, DecidesAll],
    mine: Sequence[Rows],
    theirs: Sequence[Rows],
) -> list[Difference]:
    """The same for answers that are there already."""
    columns = compared_columns(*engines)
    cut = _cut(columns)
    found = []
    for dossier, left, right in zip_longest(docket.dossiers, mine, theirs):
        if left == right:
            continue
        if [cut(each) for each in left] != [cut(each) for each in right]:
            alone = replace(docket, dossiers=(dossier,))
            found.append(Difference(alone, docket, left, right, (engines[0].name, engines[1].name), columns))
    return found


def decided_by(engine: DecidesAll, docket: Docket) -> Sequence[Rows]:
    """What an engine decides; where it breaks down, dossier by dossier, so that the one is found (:data:`RAISED`)."""
    try:
        return engine.decide(docket)
    except Exception as bug:  # any crash of the engine under test is a difference
        if len(docket.dossiers) == 1:
            return [(raised(docket.dossiers[0].code, bug),)]
        return [decided_by(engine, replace(docket, dossiers=(each,)))[0] for each in docket.dossiers]


def _cut(columns: frozenset[str]) -> Callable[[Told], object]:
    if columns == ALL:
        return lambda row: row
    names = [name for name in Told._fields if name in columns]
    return itemgetter(*(Told._fields.index(name) for name in names))


def _key(row: Told) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in KEY)


# In words


def _lines(difference: Difference) -> Iterator[str]:
    docket = difference.docket
    yield f"{difference.names[0]} and {difference.names[1]} differ in {'、'.join(sorted(difference.differing))}"
    yield f"  on {docket.as_of}, rulings {dict(docket.rulings)}"
    for dossier in docket.dossiers:
        yield from dossier_lines(dossier)
    ours = {_key(each): each for each in difference.one}
    others = {_key(each): each for each in difference.other}
    for key in dict.fromkeys((*ours, *others)):
        yield from _award_lines(difference, ours.get(key), others.get(key))
    if list(ours) != list(others) and set(ours) == set(others):
        yield "  the order of rows differs"


def dossier_lines(dossier: Dossier) -> Iterator[str]:
    """A dossier as a reader of a report needs it."""
    yield f"  {dossier.code} {_values(dict(dossier.subject))}"
    for fact in dossier.facts:
        yield f"    {fact.kind} {fact.id} {_values(dict(fact.values))}"


def _values(values: dict[str, object]) -> str:
    return " ".join(f"{name}={value}" for name, value in values.items() if name != "统一社会信用代码")


def _award_lines(difference: Difference, one: Told | None, other: Told | None) -> Iterator[str]:
    shown = one or other
    assert shown is not None
    differing = [
        name
        for name in Told._fields
        if name in difference.columns and getattr(one, name, None) != getattr(other, name, None)
    ]
    mark = "≠" if differing else "="
    outcome = f"{shown.outcome} {_cell('amount_fen', shown.amount_fen)} {shown.reason}"
    yield f"  {mark} {shown.measure_id or '—'}:{shown.row or '—'} {shown.fact_kind} {shown.fact}: {outcome}"
    if one is None or other is None:
        absent = difference.names[0 if one is None else 1]
        yield f"      {absent} does not tell of it"
        return
    for name in differing:
        left, right = (_cell(name, getattr(each, name)) for each in (one, other))
        yield f"      {name}: {difference.names[0]} {left} | {difference.names[1]} {right}"


def _cell(name: str, value: object) -> str:
    if value is None:
        return "—"
    if name.endswith("_fen") and isinstance(value, int):
        return format_yuan(value)
    if isinstance(value, Fraction):
        return str(value)
    return str(value) if not isinstance(value, tuple) else f"[{'、'.join(str(each) for each in value)}]"


def breakdowns(rows: Sequence[Rows]) -> list[str]:
    """What an engine said where it broke down."""
    return [each.reason for told in rows for each in told if each.outcome == RAISED]
