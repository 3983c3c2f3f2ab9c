"""Typed fact tables (有类型的事实表): what the rooms of a batch run hand to each other, one Arrow table for each kind.

Columns bear the vocabulary's field names; a column that is not there and a null are both missing (缺), never zero. Money is
int64 fen, a count or year int64, a date date32, a flag bool, a code, number or text a string; names from closed lists are
dictionaries of canonical names, several names of one cell joined by ``；``. Rows go by credit code in byte order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.tables.roles import Roles, roles_of
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType

JOINT = "；"
"""What stands between the several names of one cell (多选)."""

_NAMES = pa.dictionary(pa.int32(), pa.string())
_TYPES: Mapping[FieldType, Any] = {
    FieldType.CREDIT_CODE: pa.string(),
    FieldType.IDENTIFIER: pa.string(),
    FieldType.TEXT: pa.string(),
    FieldType.MONEY: pa.int64(),
    FieldType.COUNT: pa.int64(),
    FieldType.YEAR: pa.int64(),
    FieldType.DATE: pa.date32(),
    FieldType.FLAG: pa.bool_(),
    FieldType.TITLE: _NAMES,
    FieldType.LEVEL: _NAMES,
    FieldType.GRADE: _NAMES,
    FieldType.ROUND: _NAMES,
    FieldType.OPTION: _NAMES,
    FieldType.OPTIONS: _NAMES,
    FieldType.AREA: _NAMES,
}


def arrow_type(type_: FieldType) -> Any:
    """The Arrow type of a column that holds fields of this type."""
    return _TYPES[type_]


def typed_column(type_: FieldType, values: Sequence[Value | None]) -> Any:
    """Values of one field as a column; None is missing."""
    if type_ is FieldType.OPTIONS:
        joined = [None if value is None else JOINT.join(value) for value in values]  # type: ignore[arg-type]
        return pa.array(joined, pa.string()).dictionary_encode()
    arrow = _TYPES[type_]
    if pa.types.is_dictionary(arrow):
        return pa.array(values, pa.string()).dictionary_encode()
    return pa.array(values, arrow)


def typed_table(kind: FactKind, rows: Sequence[Mapping[str, Value]]) -> Any:
    """Rows of a kind as a table, in their order; a field that no row fills has no column."""
    filled = {name for row in rows for name in row}
    columns = {
        name: typed_column(field.type, [row.get(name) for row in rows])
        for name, field in kind.fields.items()
        if name in filled
    }
    return pa.table(columns)


def typed_tables(dossiers: Iterable[Dossier], city: City) -> dict[str, Any]:
    """The facts of dossiers as typed tables, kind → table; kinds without a row have none.

    Every enterprise can be found again (see ``dossiers_of``): one without facts, or whose name no fact tells, has its row of
    the subject kind, even where nothing else is known about it. Rows of one enterprise go by their number.
    """
    vocabulary = city.vocabulary
    subject = vocabulary.subject
    roles = {name: roles_of(kind, vocabulary) for name, kind in vocabulary.kinds.items()}
    rows: dict[str, list[Mapping[str, Value]]] = {name: [] for name in vocabulary.kinds}
    for dossier in sorted(dossiers, key=lambda each: each.code):
        if row := _subject_row(dossier, roles, subject.name):
            rows[subject.name].append(row)
        for fact in sorted(dossier.facts, key=lambda each: each.id):
            role = roles[fact.kind]
            rows[fact.kind].append({**fact.values, **_known(role, dossier.code, fact.id)})
    return {name: typed_table(vocabulary.kinds[name], each) for name, each in rows.items() if each}


def _subject_row(dossier: Dossier, roles: Mapping[str, Roles], subject: str) -> dict[str, Value]:
    """What describes the enterprise; nothing, where its facts alone tell all that is known."""
    told = next((name for fact in in_order(dossier) if (name := fact.values.get(roles[fact.kind].name))), "")
    if dossier.facts and not dossier.subject and dossier.name == told:
        return {}
    named: dict[str, Value] = {roles[subject].name: dossier.name} if dossier.name else {}
    return {**dossier.subject, roles[subject].code: dossier.code, **named}


def in_order(dossier: Dossier) -> list[Fact]:
    """The facts of a dossier by kind and number, the order in which tables are gathered."""
    return sorted(dossier.facts, key=lambda fact: (fact.kind, fact.id))


def _known(role: Roles, code: str, number: str) -> dict[str, Value]:
    known: dict[str, Value] = {role.code: code} if role.code else {}
    return known | ({role.id: number} if role.id and number else {})
