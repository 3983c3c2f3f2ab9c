"""The registry as typed fact tables (企业库取数): what is known of all enterprises on a day, column by column, straight from the database.

Rows never become objects: the database hands over codes, numbers and JSON as text, and Arrow makes columns of them. The contract of the
tables is that of ``exchange.columns.typed``; rows go by credit code, then by number.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
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
from duixian.office.registry.current import current_attributes, holding_on
from duixian.office.registry.models import Attribute, FactRecord
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


def _columns(query: QuerySet[Any, Any], *names: str) -> Any:
    """What a query finds of rows that nothing supersedes and that are no withdrawal, every value as text, as a ``pyarrow.Table``.

    Which rows are superseded is asked for by itself and sifted out here: few are, and no plan of a database that has not counted its rows
    yet can make a long search of it.
    """
    found = query.filter(is_withdrawal=False)
    gone = list(query.model._default_manager.exclude(supersedes=None).values_list("supersedes_id", flat=True))
    if not gone:
        return _as_texts(found.values_list(*names), names)
    table = _as_texts(found.values_list(*names, "pk"), (*names, "pk"))
    is_gone = pc.is_in(table["pk"].cast(pa.int64()), pa.array(gone, pa.int64()))
    return table.filter(pc.invert(is_gone)).select(list(names))


def _as_texts(query: QuerySet[Any, Any], names: Sequence[str]) -> Any:
    """The rows of a query as columns of texts, as the database gives them: no value is made into anything."""
    statement, parameters = query.query.sql_with_params()
    parts = [pa.table([pa.array([], _TEXT)] * len(names), list(names))]
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(_AT_ONCE):
            columns = (pa.array(each).cast(_TEXT) for each in zip(*rows, strict=True))
            parts.append(pa.table(list(columns), list(names)))
    return pa.concat_tables(parts)


def _facts(of: City) -> dict[str, Any]:
    query = FactRecord.objects.annotate(text=Cast("values", TextField()))
    table = _columns(query, "kind", "enterprise_id", "number", "text").combine_chunks()
    kinds = table["kind"].combine_chunks().dictionary_encode()
    known = of.vocabulary.kinds
    if unknown := sorted(set(kinds.dictionary.to_pylist()) - set(known)):
        raise Refusal(
            "unknown-fact-kind",
            f"企业库中有本市词汇没有的事实种类：{'、'.join(unknown)}",
            why="这些事实无法按现行政策认定，也不能当作没有",
            fix="恢复词汇中的事实种类，或撤回这些事实",
        )
    return {
        name: _fact_table(known[name], of, table.filter(pc.equal(kinds.indices, place)))
        for place, name in enumerate(kinds.dictionary.to_pylist())
    }


def _fact_table(kind: FactKind, of: City, facts: Any) -> Any:
    """The facts of a kind: what their JSON holds, and whose they are as the registry says."""
    roles = roles_of(kind, of.vocabulary)
    read = _read_json(kind, facts["text"].to_pylist())
    columns = {
        name: _typed(field.type, read[name])
        for name, field in kind.fields.items()
        if read[name].null_count < len(facts)
    }
    columns[roles.code] = facts["enterprise_id"].cast(pa.string())
    if roles.id:
        columns[roles.id] = facts["number"].cast(pa.string())
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
    query = Attribute.objects.filter(holding_on(as_of)).annotate(text=Cast("value", TextField()))
    table = _columns(query, "enterprise_id", "name", "text").combine_chunks()
    if not len(table):
        return {}
    called = table["name"].combine_chunks().dictionary_encode()
    found = {}
    for place, name in enumerate(called.dictionary.to_pylist()):
        here = table.filter(pc.equal(called.indices, place)).combine_chunks()
        owners, told = here["enterprise_id"].combine_chunks(), here["text"].combine_chunks()
        if pc.count_distinct(owners).as_py() < len(owners):
            owners, told = _latest(name, as_of)
        found[name] = (owners, told)
    return found


def _latest(name: str, as_of: date) -> tuple[Any, Any]:
    """Where several rows of an attribute hold on one day, the one that began last holds, then the one that was recorded last."""
    query = current_attributes(name, on=as_of).annotate(text=Cast("value", TextField()))
    in_order = query.order_by(F("valid_from").asc(nulls_first=True), "id")
    last = dict(in_order.values_list("enterprise_id", "text"))
    return pa.array(list(last), _TEXT), pa.array(list(last.values()), _TEXT)


def _attribute_column(type_: FieldType, codes: Any, owners: Any, texts: Any) -> Any:
    """The values of an attribute for all enterprises in their order; each different text is read once."""
    distinct = texts.dictionary_encode()
    told = json.loads(f"[{','.join(distinct.dictionary.to_pylist())}]")
    values = typed_column(type_, [_value(type_, each) for each in told])
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
