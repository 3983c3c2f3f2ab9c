"""A dossier as it is sent (送来的一企一档): JSON read as strictly as a fact table, so that both mean the same.

Amounts may be whole fen (a number) or written as officers write them (``"200万元"``); dates are ``"2026-03-01"``; names may be aliases.
What cannot be read is told as problems with the place of the value in the request, and then nothing is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictInt, StrictStr

from duixian.credit_code import make_code
from duixian.errors import NOWHERE, Place, Problem
from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cells import Words
from duixian.exchange.tables.dossiers import gather_dossiers
from duixian.exchange.tables.duplicates import without_duplicates
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.header import HeaderNames, read_header
from duixian.exchange.tables.references import tell_dangling
from duixian.exchange.tables.roles import Roles, references_of, roles_of
from duixian.exchange.tables.rows import Record, RowCount, read_rows
from duixian.exchange.tables.table import Raw, Table
from duixian.money import MAX_FEN, format_yuan
from duixian.office.api.of_the_city import OfTheCity
from duixian.office.api.refusal_words import edge
from duixian.office.api.schema import Schema
from duixian.rules.fact import Dossier
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.titles import TitleReader

MOST_FACTS = 500
MOST_FIELDS = 100
Name = Annotated[StrictStr, Field(min_length=1, max_length=80)]
Text = Annotated[StrictStr, Field(max_length=400)]
Number = Annotated[StrictInt, Field(ge=-MAX_FEN, le=MAX_FEN)]
Given = StrictBool | Number | Text | Annotated[list[Text], Field(max_length=50)] | None
Values = Annotated[dict[Name, Given], Field(max_length=MOST_FIELDS)]


class DossierFactIn(Schema):
    """A fact (事实): its kind, its number within the dossier, and its known fields under their names in the vocabulary."""

    kind: Name
    id: Annotated[StrictStr, Field(min_length=1, max_length=80)]
    values: Values = Field(default_factory=dict)


class DossierIn(Schema):
    """A dossier (一企一档). Without a code it is nobody's: enough for a question of "what if"."""

    code: Annotated[StrictStr, Field(max_length=40)] = ""
    name: Annotated[StrictStr, Field(max_length=200)] = ""
    values: Values = Field(default_factory=dict)
    facts: Annotated[list[DossierFactIn], Field(max_length=MOST_FACTS)]


@dataclass(frozen=True, slots=True)
class Places:
    """Where in a request things stand (请求中的位置): for each kind the paths of its rows, and the names of its columns."""

    kinds: Mapping[str, tuple[Sequence[str], Sequence[str]]]

    def path(self, place: Place) -> str:
        """The path of what was read from this place of a table."""
        paths, columns = self.kinds.get(place.file, ((), ()))
        if not paths:
            return place.file
        row = paths[max(place.line - _FIRST_LINE, 0)]
        return f"{row}.{columns[place.column - 1]}" if place.column else row


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of reading a dossier (读入结果): none when anything is wrong; ``places`` say where each problem stands."""

    dossier: Dossier | None
    problems: tuple[Problem, ...]
    places: Places


_words = OfTheCity(lambda city: Words(TitleReader.of(city.vocabulary), AreaReader(city.region)))
_header_names = OfTheCity(
    lambda city: {name: HeaderNames(kind) for name, kind in city.vocabulary.kinds.items()}
)
_roles = OfTheCity(
    lambda city: {name: roles_of(kind, city.vocabulary) for name, kind in city.vocabulary.kinds.items()}
)
_references = OfTheCity(
    lambda city: {
        name: references_of(kind, _roles(city)[name]) for name, kind in city.vocabulary.kinds.items()
    }
)
_FIRST_LINE = 2
_NOBODY = make_code("91", "320700", 0)
"""The code under which a dossier without one is read; it never leaves this file."""


def read_sent(given: DossierIn, city: City) -> Sent:
    """Read a dossier by the city's vocabulary."""
    reader = _Reader(given, city)
    subjects = reader.read(city.vocabulary.subject, ["values"], [(given.values, "")])
    facts: list[Record] = []
    for kind, numbered in _by_kind(given.facts, city):
        paths = [f"facts.{index}.values" for index, _ in numbered]
        facts += reader.read(kind, paths, [(each.values, each.id) for _, each in numbered])
    return reader.finish(subjects, facts)


def _by_kind(
    facts: Iterable[DossierFactIn], city: City
) -> list[tuple[FactKind, list[tuple[int, DossierFactIn]]]]:
    kinds = {name: kind for name, kind in city.vocabulary.kinds.items() if not kind.is_subject}
    found: dict[str, list[tuple[int, DossierFactIn]]] = {}
    for index, each in enumerate(facts):
        found.setdefault(each.kind, []).append((index, each))
    unknown = [f"facts.{found[name][0][0]}.kind" for name in found if name not in kinds]
    if unknown:
        raise edge("unknown-fact-kind", where=unknown, known=list(kinds))
    return [(kinds[name], numbered) for name, numbered in found.items()]


class _Reader:
    """What was read so far."""

    def __init__(self, given: DossierIn, city: City) -> None:
        self._given, self._city = given, city
        self._findings = Findings()
        self._words = _words(city)
        self._roles: dict[str, Roles] = _roles(city)
        self._kinds: dict[str, tuple[Sequence[str], Sequence[str]]] = {}

    def read(
        self, kind: FactKind, paths: list[str], rows: list[tuple[Mapping[str, Any], str]]
    ) -> list[Record]:
        """The records of one kind, read as a table with one row for each."""
        roles = self._roles[kind.name]
        full = [{**values, **self._identity(roles, number)} for values, number in rows]
        columns = tuple(dict.fromkeys(name for each in full for name in each))
        known = _header_names(self._city)[kind.name]
        lines = [
            (line, tuple(_raw(known, name, each.get(name)) for name in columns))
            for line, each in enumerate(full, start=_FIRST_LINE)
        ]
        table = Table(kind, Place(kind.name), lines, columns)
        self._kinds[kind.name] = paths, columns
        header = read_header(table, roles, self._findings, known)
        if header is None:
            return []
        return list(read_rows(table, header, roles, self._words, self._findings, RowCount()))

    def _identity(self, roles: Roles, number: str) -> dict[str, str]:
        """Whose row it is, from the dossier's head."""
        told = {roles.code: self._given.code or _NOBODY, roles.id: number}
        if roles.name and not roles.id:
            told[roles.name] = self._given.name or "—企业"
        return {name: value for name, value in told.items() if name}

    def finish(self, subjects: list[Record], records: list[Record]) -> Sent:
        """Settle duplicates and references, and make the dossier when nothing is wrong."""
        findings = self._findings
        facts: list[Record] = []
        for kind in self._city.vocabulary.kinds:
            same = [each for each in records if each.kind.name == kind]
            facts += without_duplicates(same, lambda record: record.id, findings)
        tell_dangling(facts, _references(self._city), findings)
        problems = findings.problems()
        if any(each.is_error for each in problems):
            return Sent(None, problems, Places(self._kinds))
        (found,) = gather_dossiers(subjects, facts, findings, has_subjects=True)
        return Sent(_own(found, self._given), problems, Places(self._kinds))


def _own(dossier: Dossier, given: DossierIn) -> Dossier:
    """The dossier under the code and name that were given, which may be none."""
    code = dossier.code if given.code else ""
    facts = tuple(replace(each, enterprise=code, place=NOWHERE) for each in dossier.facts)
    return Dossier(code, given.name, dossier.subject, facts)


def _raw(known: HeaderNames, name: str, value: Any) -> Raw:
    """A value as a cell: amounts as numbers are fen here, and yuan in tables."""
    if isinstance(value, list):
        return tuple(value)
    found = known.field(name)
    if found is not None and found[0].type is FieldType.MONEY and not found[1] and type(value) is int:
        return format_yuan(value)
    raw: str | int | bool | None = value
    return raw
