"""The registry as typed fact tables (企业库取数): what is known of all enterprises on a day, column by column, straight from the database.

Rows never become objects: the database hands over codes, numbers and JSON as text, and Arrow makes columns of them. The contract of the
tables is that of ``exchange.columns.typed``; rows go by credit code, then by number.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.json as pj  # type: ignore[import-untyped]
from django.db import connection
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from duixian.exchange.columns.typed import JOINT, arrow_type, typed_column
from duixian.exchange.tables.roles import roles_of
from duixian.office.city import city
from duixian.office.refusal import Refusal
from duixian.office.registry.current import current_attributes, current_facts
from duixian.rules.policy import City
from duixian.rules.vocabulary import FactKind, FieldType

_AT_ONCE = 50_000
_TEXT = pa.large_string()


def typed_tables(as_of: date, of: City | None = None) -> dict[str, Any]:
    """All current facts, and what every enterprise was on that day, kind → ``pyarrow.Table``; kinds without a row have none.

    ``of`` is the city whose words they are, else the office's. What the rules make of the day of a fact is theirs to say: facts of later
    days are there too.

    Raises:
        Refusal: when there are facts of a kind that the city does not know any more.
    """
    the_city = of or city()
    vocabulary = the_city.vocabulary
    found = {vocabulary.subject.name: _enterprises(vocabulary.subject, as_of)}
    found |= _facts(the_city)
    return {name: found[name] for name in vocabulary.kinds if name in found and len(found[name])}


def _rows(query: QuerySet[Any, Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query in lists, as the database gives them: no value is made into anything."""
    statement, parameters = query.query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows


def _facts(of: City) -> dict[str, Any]:
    query = current_facts().annotate(text=Cast("values", TextField()))
    columns: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for rows in _rows(query.values_list("kind", "enterprise_id", "number", "text")):
        for kind, code, number, text in rows:
            if kind not in columns:
                columns[kind] = ([], [], [])
            codes, numbers, texts = columns[kind]
            codes.append(code)
            numbers.append(number)
            texts.append(text)
    known = of.vocabulary.kinds
    if unknown := sorted(set(columns) - set(known)):
        raise Refusal(
            "unknown-fact-kind",
            f"企业库中有本市词汇没有的事实种类：{'、'.join(unknown)}",
            why="这些事实无法按现行政策认定，也不能当作没有",
            fix="恢复词汇中的事实种类，或撤回这些事实",
        )
    return {kind: _fact_table(known[kind], of, *columns[kind]) for kind in columns}


def _fact_table(kind: FactKind, of: City, codes: list[str], numbers: list[str], texts: list[str]) -> Any:
    """The facts of a kind: what their JSON holds, and whose they are as the registry says."""
    roles = roles_of(kind, of.vocabulary)
    read = _read_json(kind, texts)
    columns = {
        name: _typed(field.type, read[name])
        for name, field in kind.fields.items()
        if read[name].null_count < len(texts)
    }
    columns[roles.code] = pa.array(codes, pa.string())
    if roles.id:
        columns[roles.id] = pa.array(numbers, pa.string())
    table = pa.table({name: columns[name] for name in kind.fields if name in columns})
    keys = [(name, "ascending") for name in (roles.code, roles.id) if name]
    return _in_order(table.take(pc.sort_indices(table, sort_keys=keys)))


def _read_json(kind: FactKind, texts: list[str]) -> Any:
    """JSON objects as columns, as JSON has them: dates as text, several names as lists."""
    held = {FieldType.OPTIONS: pa.list_(pa.string()), FieldType.FLAG: pa.bool_()}
    held |= dict.fromkeys((FieldType.MONEY, FieldType.COUNT, FieldType.YEAR), pa.int64())
    schema = pa.schema([(name, held.get(field.type, pa.string())) for name, field in kind.fields.items()])
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    return pj.read_json(io.BytesIO("\n".join(texts).encode()), parse_options=options)


def _typed(type_: FieldType, column: Any) -> Any:
    """A column of JSON's as one of a typed table."""
    if type_ is FieldType.OPTIONS:
        column = pc.binary_join(column, JOINT)
    arrow = arrow_type(type_)
    if pa.types.is_dictionary(arrow):
        return column.combine_chunks().dictionary_encode()
    return column.cast(arrow)


def _in_order(table: Any) -> Any:
    """A table in one piece, each list of names in the order in which rows meet them: the same rows give the same bytes."""
    columns = []
    for column in table.columns:
        array = column.combine_chunks()
        if pa.types.is_dictionary(array.type):
            array = array.dictionary_decode().dictionary_encode()
        columns.append(array)
    return pa.table(columns, names=table.column_names)


def _enterprises(subject: FactKind, as_of: date) -> Any:
    """A row for every enterprise of which anything is known, with what it was on that day."""
    code_field = subject.field_of_type(FieldType.CREDIT_CODE)
    known = {
        name: each
        for name, each in _attributes(as_of).items()
        if name in subject.fields and name != code_field
    }
    codes = _all_codes([owners for owners, _ in known.values()])
    columns: dict[str, Any] = {code_field: codes}
    for name, (owners, texts) in known.items():
        columns[name] = _attribute_column(subject.fields[name].type, codes, owners, texts)
    return _in_order(pa.table({name: columns[name] for name in subject.fields if name in columns}))


def _all_codes(columns: list[Any]) -> Any:
    """The codes that stand in any of some columns, each once, in byte order."""
    if not columns:
        return pa.array([], pa.string())
    distinct = pc.unique(pa.chunked_array(columns, _TEXT)).cast(pa.string())
    return distinct.take(pc.sort_indices(distinct))


def _attributes(as_of: date) -> dict[str, tuple[Any, Any]]:
    """For every attribute the enterprises that have it, and its values as JSON."""
    query = current_attributes(on=as_of).annotate(text=Cast("value", TextField()))
    codes, names, texts = [], [], []
    for rows in _rows(query.values_list("enterprise_id", "name", "text")):
        owners, called, told = zip(*rows, strict=True)
        codes.append(pa.array(owners, _TEXT))
        names.append(pa.array(called, pa.string()))
        texts.append(pa.array(told, _TEXT))
    if not codes:
        return {}
    table = pa.table([pa.chunked_array(each) for each in (codes, names, texts)], ["code", "name", "text"])
    called = table["name"].combine_chunks().dictionary_encode()
    found = {}
    for place, name in enumerate(called.dictionary.to_pylist()):
        here = table.filter(pc.equal(called.indices, place)).combine_chunks()
        owners, told = here["code"].combine_chunks(), here["text"].combine_chunks()
        if pc.count_distinct(owners).as_py() < len(owners):
            owners, told = _latest(name, as_of)
        found[name] = (owners, told)
    return found


def _latest(name: str, as_of: date) -> tuple[Any, Any]:
    """Where several rows of an attribute hold on one day, the one that began last holds, then the one that was recorded last."""
    query = current_attributes(name, on=as_of).annotate(text=Cast("value", TextField()))
    in_order = query.order_by(F("valid_from").asc(nulls_first=True), "id").values_list(
        "enterprise_id", "text"
    )
    last = {code: text for rows in _rows(in_order) for code, text in rows}
    return pa.array(list(last), _TEXT), pa.array(list(last.values()), _TEXT)


def _attribute_column(type_: FieldType, codes: Any, owners: Any, texts: Any) -> Any:
    """The values of an attribute for all enterprises in their order; each different text is read once."""
    distinct = texts.dictionary_encode()
    values = typed_column(
        type_, [_value(type_, json.loads(each)) for each in distinct.dictionary.to_pylist()]
    )
    rows = pc.index_in(owners.cast(pa.string()), codes).to_numpy(zero_copy_only=False)
    places = np.full(len(codes), -1, np.int64)
    places[rows] = distinct.indices.to_numpy()
    return values.take(pa.array(places, mask=places < 0))


def _value(type_: FieldType, told: Any) -> Any:
    """A value as JSON has it, as a typed table takes it."""
    if told is None:
        return None
    if type_ is FieldType.DATE:
        return date.fromisoformat(told)
    return tuple(told) if type_ is FieldType.OPTIONS else told


def counted(tables: Mapping[str, Any], of: City) -> tuple[int, int]:
    """How many enterprises and how many facts tables hold."""
    subject = of.vocabulary.subject.name
    facts = sum(len(table) for name, table in tables.items() if name != subject)
    return len(tables[subject]) if subject in tables else 0, facts
