"""Determinations as the result tables of a batch run, made row by row."""

from __future__ import annotations

from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.results.results import Results
from duixian.exchange.results.words import basis_words, question_names, reason_words

_NAMES = pa.dictionary(pa.int32(), pa.string())
_TYPES = {
    **dict.fromkeys(("enterprise", "name", "fact"), pa.large_string()),
    **dict.fromkeys(
        ("document", "clause", "measure_id", "measure", "row", "fact_kind", "outcome", "reason_words", "basis", "questions", "area"),
        _NAMES,
    ),
    **dict.fromkeys(("ceiling_fen", "amount_fen", "city_fen", "county_fen", "owner"), pa.int64()),
    "year": pa.int16(),
}  # fmt: skip


def result_table(results: Results) -> Any:
    """The determinations of a run, in their order."""
    owners: dict[str, int] = {}
    rows = [
        {
            "enterprise": each.enterprise,
            "name": results.name_of(each.enterprise),
            "document": each.document,
            "clause": each.clause,
            "measure_id": each.measure_id,
            "measure": each.measure,
            "row": each.row,
            "fact_kind": each.fact_kind,
            "fact": each.fact,
            "outcome": str(each.outcome),
            "ceiling_fen": each.ceiling_fen,
            "amount_fen": each.amount_fen,
            "year": each.year,
            "reason_words": reason_words(each, results.language),
            "city_fen": each.share.city_fen if each.share else None,
            "county_fen": each.share.county_fen if each.share else None,
            "basis": basis_words(each, results.language),
            "questions": "；".join(question_names(each)),
            "area": results.area_of(each.enterprise),
            "owner": owners.setdefault(each.enterprise, len(owners)),
        }
        for each in results.determinations
    ]
    return pa.table({name: column(type_, [row[name] for row in rows]) for name, type_ in _TYPES.items()})


def column(type_: Any, values: list[Any]) -> Any:
    """Values as a column of that type."""
    return pa.array(values, pa.string()).dictionary_encode() if type_ == _NAMES else pa.array(values, type_)


def with_texts(table: Any, name: str, texts: list[str]) -> Any:
    """The same table with other texts in one column."""
    place = table.column_names.index(name)
    return table.set_column(place, name, column(table.schema.field(name).type, texts))
