"""What an engine is to these tests: a docket in, what it tells for every dossier out, in rows that compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeAlias

from duixian.evaluate.engine import Engine
from duixian.rules.determination import Determination, Mark
from duixian.rules.fact import Dossier
from duixian.rules.policy import City


@dataclass(frozen=True, slots=True)
class Docket:
    """Dossiers of different enterprises to be decided on one day by one city, under rulings."""

    city: City
    rulings: Mapping[str, str]
    dossiers: tuple[Dossier, ...]
    as_of: date


class Told(NamedTuple):
    """One determination as engines are compared by it; amounts in fen."""

    enterprise: str
    document: str
    measure_id: str
    row: str
    fact_kind: str
    fact: str
    outcome: str
    ceiling_fen: int | None
    base_fen: int | None
    rate: Fraction | None
    is_exact: bool | None
    amount_fen: int | None
    reason: str
    reason_clause: str | None
    missing: tuple[str, ...]
    year: int | None
    city_fen: int | None
    county_fen: int | None
    basis: str
    questions: tuple[str, ...]
    marks: tuple[Mark, ...]


Rows: TypeAlias = tuple[Told, ...]
"""What an engine tells for one dossier, in its order."""

MARKS = frozenset({"questions", "marks"})
ALL = frozenset(Told._fields)
"""The columns of a row; an engine names those that it tells."""
OUT_OF_SCOPE, NO_MEASURE = "match.out-of-scope", "match.no-measure"
"""The reason of awards that only another option knows of, told where marks are; and of facts that no measure is about."""


class DecidesAll(Protocol):
    """An engine: for each dossier of a docket, in their order, the rows that it tells. ``tells`` are its columns."""

    @property
    def name(self) -> str:
        """What reports call it."""
        ...

    @property
    def tells(self) -> frozenset[str]:
        """The columns that it fills; the others are not compared."""
        ...

    def decide(self, docket: Docket) -> Sequence[Rows]:
        """The rows of every dossier."""
        ...


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference engine, with marks or without, strict or not."""

    has_marks: bool = False
    is_strict: bool = False
    name: str = "reference"

    @property
    def tells(self) -> frozenset[str]:
        """Everything, but marks only when asked for."""
        return ALL if self.has_marks or self.is_strict else ALL - MARKS

    def decide(self, docket: Docket) -> Sequence[Rows]:
        """One dossier after the other."""
        engine = Engine(docket.city, docket.rulings, strict=self.is_strict)
        return [self._rows(engine, dossier, docket.as_of) for dossier in docket.dossiers]

    def _rows(self, engine: Engine, dossier: Dossier, as_of: date) -> Rows:
        try:
            found = engine.determine(dossier, as_of, with_marks=self.has_marks)
        except Exception as bug:  # a crash is told like any other difference, so that it is found and shrunk
            return (raised(dossier.code, bug),)
        return tuple(told(each) for each in found)


def told(each: Determination) -> Told:
    """A determination of the reference engine as a row."""
    share = each.share
    city_fen, county_fen, basis = share or (None, None, "")
    marks = each.marks
    return Told(
        each.enterprise, each.document, each.measure_id, each.row, each.fact_kind, each.fact, each.outcome,
        each.ceiling_fen, each.base_fen, each.rate, each.is_exact, each.amount_fen,
        each.reason.code, each.reason.clause, each.missing, each.year, city_fen, county_fen, basis,
        tuple(dict.fromkeys(mark.interpretation for mark in marks)) if marks else (), marks,
    )  # fmt: skip


RAISED = "raised"


def raised(code: str, bug: Exception) -> Told:
    """The row that stands for a dossier at which an engine broke down."""
    empty = dict.fromkeys(Told._fields, None)
    words = dict.fromkeys(("document", "measure_id", "row", "fact_kind", "fact", "basis"), "")
    found = {"missing": (), "questions": (), "marks": (), "enterprise": code, "outcome": RAISED}
    return Told(**{**empty, **words, **found, "reason": f"{type(bug).__name__}: {bug}"})  # type: ignore[arg-type]
