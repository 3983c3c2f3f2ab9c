"""Dossiers as typed fact tables, the contract between reading and deciding by columns; and back again.

``kind → table``, columns named by the vocabulary's fields: names as dictionaries, money in fen and counts and years as int64, days as
date32, flags as bool, several names joined by ；; a missing column is missing in every row. Rows are sorted by enterprise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, Field, FieldType
from tests.engines.decides import DecidesAll, Docket, Rows
from tests.engines.vocabularies import CODE, ID

JOINT = "；"
_NUMBERS = {FieldType.MONEY, FieldType.COUNT, FieldType.YEAR}
_TEXTS = {FieldType.CREDIT_CODE, FieldType.IDENTIFIER, FieldType.TEXT}
Tables = dict[str, Any]
"""Kind → pyarrow.Table."""


def fact_tables(city: City, dossiers: Sequence[Dossier]) -> Tables:
    """The tables of some dossiers; kinds of which there is no fact have none."""
    rows: dict[str, list[Mapping[str, Value]]] = {}
    subject = city.vocabulary.subject.name
    for dossier in sorted(dossiers, key=lambda each: each.code):
        if dossier.subject:
            rows.setdefault(subject, []).append(dossier.subject)
        for fact in dossier.facts:
            rows.setdefault(fact.kind, []).append(fact.values)
    kinds = city.vocabulary.kinds
    return {kind: _table(kinds[kind], rows[kind]) for kind in kinds if kind in rows}


def _table(kind: FactKind, rows: Sequence[Mapping[str, Value]]) -> Any:
    columns = {}
    for name, field in kind.fields.items():
        values = [row.get(name) for row in rows]
        if any(value is not None for value in values):
            columns[name] = _column(field, values)
    return pa.table(columns)


def _column(field: Field, values: list[Value | None]) -> Any:
    if field.type is FieldType.OPTIONS:
        joined = [JOINT.join(value) if isinstance(value, tuple) else None for value in values]
        return pa.array(joined, pa.string()).dictionary_encode()
    array = pa.array(values, _type(field.type))
    return array if _is_plain(field.type) else array.dictionary_encode()


def _is_plain(type_: FieldType) -> bool:
    return type_ in _NUMBERS or type_ in _TEXTS or type_ in (FieldType.DATE, FieldType.FLAG)


def _type(type_: FieldType) -> Any:
    if type_ in _NUMBERS:
        return pa.int64()
    return {FieldType.DATE: pa.date32(), FieldType.FLAG: pa.bool_()}.get(type_, pa.string())


def dossiers_of(city: City, tables: Tables, dossiers: Sequence[Dossier]) -> tuple[Dossier, ...]:
    """The dossiers that the tables hold, in the order and under the names of these."""
    subject = city.vocabulary.subject.name
    described: dict[str, dict[str, Value]] = {}
    facts: dict[str, list[Fact]] = {}
    for kind, table in tables.items():
        for row in table.to_pylist():
            values = {
                name: _value(city, kind, name, value) for name, value in row.items() if value is not None
            }
            code = str(values[CODE])
            if kind == subject:
                described[code] = values
            else:
                facts.setdefault(code, []).append(Fact(kind, str(values[ID]), code, values))
    return tuple(
        replace(each, subject=described.get(each.code, {}), facts=tuple(facts.get(each.code, ())))
        for each in dossiers
    )


def _value(city: City, kind: str, name: str, value: Any) -> Value:
    is_joined = city.vocabulary.kinds[kind].fields[name].type is FieldType.OPTIONS
    found: Value = tuple(str(value).split(JOINT)) if is_joined else value
    return found


@dataclass(frozen=True, slots=True)
class ThroughTables:
    """An engine that is given the dossiers as they come out of their fact tables."""

    engine: DecidesAll

    @property
    def name(self) -> str:
        """That of the engine, with its way."""
        return f"{self.engine.name} through tables"

    @property
    def tells(self) -> frozenset[str]:
        """What the engine tells."""
        return self.engine.tells

    def decide(self, docket: Docket) -> Sequence[Rows]:
        """The engine's answer to the dossiers read back."""
        tables = fact_tables(docket.city, docket.dossiers)
        return self.engine.decide(replace(docket, dossiers=dossiers_of(docket.city, tables, docket.dossiers)))
