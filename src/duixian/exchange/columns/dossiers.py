"""Dossiers out of typed tables (还原成档): the way back, for whoever needs one enterprise as the reference engine sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.columns.typed import JOINT
from duixian.exchange.tables.roles import roles_of
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType


def dossiers_of(tables: Mapping[str, Any], city: City) -> tuple[Dossier, ...]:
    """The dossiers that these tables hold, by code; facts by kind and number, without their places.

    As in ``read_facts``, an enterprise without a row of its own bears the first name that its facts tell.
    """
    vocabulary = city.vocabulary
    subjects: dict[str, dict[str, Value]] = {}
    names: dict[str, str] = {}
    facts: dict[str, list[Fact]] = {}
    for kind_name in sorted(tables):
        kind = vocabulary.kinds[kind_name]
        roles = roles_of(kind, vocabulary)
        for values in rows_of(kind, tables[kind_name]):
            code, name = str(values[roles.code]), str(values.get(roles.name, ""))
            facts.setdefault(code, [])
            if kind.is_subject:
                subjects[code], names[code] = values, name
            else:
                facts[code].append(Fact(kind_name, str(values.get(roles.id, "")), code, values))
    name_fields = {name: roles_of(kind, vocabulary).name for name, kind in vocabulary.kinds.items()}
    return tuple(
        _dossier(code, subjects.get(code), names.get(code, ""), facts[code], name_fields)
        for code in sorted(facts)
    )


def rows_of(kind: FactKind, table: Any) -> Iterator[dict[str, Value]]:
    """The rows of a typed table as values by field; what is missing is not there."""
    fields = [kind.fields[name] for name in table.column_names]
    columns = [_values(field.type, table.column(field.name)) for field in fields]
    for cells in zip(*columns, strict=True):
        yield {field.name: cell for field, cell in zip(fields, cells, strict=True) if cell is not None}


def _values(type_: FieldType, column: Any) -> list[Any]:
    if isinstance(column, pa.ChunkedArray):
        return [value for chunk in column.chunks for value in _values(type_, chunk)]
    if pa.types.is_dictionary(column.type):
        texts = _values(type_, column.dictionary)
        return [None if index is None else texts[index] for index in column.indices.to_pylist()]
    values: list[Any] = column.to_pylist()
    if type_ is FieldType.OPTIONS:
        return [None if value is None else tuple(value.split(JOINT)) for value in values]
    return values


def _dossier(
    code: str,
    subject: dict[str, Value] | None,
    name: str,
    facts: list[Fact],
    name_fields: Mapping[str, str],
) -> Dossier:
    facts.sort(key=lambda fact: (fact.kind, fact.id))
    if subject is None:
        told = (str(fact.values.get(name_fields[fact.kind], "")) for fact in facts)
        name = next(filter(None, told), "")
    return Dossier(code, name, subject or {}, tuple(facts))
