"""The rows of a run (认定结果行): one form for both engines, for the table of the database and for the file of results.

Rows go by credit code, then as the engine gives them. Names that lists are made of (missing facts, open questions) are joined by ``；``.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as pcsv  # type: ignore[import-untyped]

from duixian.exchange.columns.typed import JOINT
from duixian.exchange.results.words import basis_words, question_names
from duixian.rules import house_words as house
from duixian.rules.determination import Determination
from duixian.rules.fact import Dossier
from duixian.wording import Language, screen_words

LONGEST_NAME = 200
_NAME, _TEXT = pa.dictionary(pa.int32(), pa.string()), pa.large_string()
SCHEMA = pa.schema({
    "enterprise": _TEXT, "name": _TEXT, "area": _NAME, "document": _NAME, "clause": _NAME, "measure_id": _NAME, "measure": _NAME,
    "row": _NAME, "fact_kind": _NAME, "fact": _TEXT, "outcome": _NAME, "ceiling_fen": pa.int64(), "base_fen": pa.int64(),
    "amount_fen": pa.int64(), "year": pa.int64(), "reason": _NAME, "reason_text": _NAME, "missing": _NAME, "city_fen": pa.int64(),
    "county_fen": pa.int64(), "basis": _NAME, "questions": _NAME,
})  # fmt: skip
"""The columns of rows, named as those of ``StoredDetermination``. Money in fen, null while unknown."""
COLUMNS: tuple[str, ...] = tuple(SCHEMA.names)
LISTS = frozenset({"missing", "questions"})
"""Columns of several names."""


def rows_of_batch(table: Any) -> Any:
    """The kernel's results as rows."""
    table = table.rename_columns(
        ["reason_text" if name == "reason_words" else name for name in table.column_names]
    ).select(COLUMNS)
    shortened = pc.utf8_slice_codeunits(table["name"].cast(_TEXT), 0, LONGEST_NAME)
    return _as_rows(table.set_column(table.column_names.index("name"), "name", shortened))


def rows_of_determinations(decided: Iterable[tuple[Dossier, tuple[Determination, ...]]]) -> Any:
    """The reference engine's results as rows."""
    cells = [row_of(dossier, each) for dossier, found in decided for each in found]
    columns = zip(*cells, strict=True) if cells else [()] * len(COLUMNS)
    plain = [_TEXT if pa.types.is_dictionary(field.type) else field.type for field in SCHEMA]
    arrays = [pa.array(column, type_) for column, type_ in zip(columns, plain, strict=True)]
    return _as_rows(pa.table(arrays, names=list(COLUMNS)))


def row_of(dossier: Dossier, each: Determination) -> tuple[object, ...]:
    """One determination as a row, in the order of ``COLUMNS``."""
    share = each.share
    return (
        each.enterprise, dossier.name[:LONGEST_NAME], str(dossier.subject.get(house.AREA, "")), each.document, each.clause,
        each.measure_id, each.measure, each.row, each.fact_kind, each.fact, str(each.outcome), each.ceiling_fen, each.base_fen,
        each.amount_fen, each.year, each.reason.code, short_reason(each), JOINT.join(each.missing),
        share.city_fen if share else None, share.county_fen if share else None, basis_words(each), JOINT.join(question_names(each)),
    )  # fmt: skip


def short_reason(each: Determination) -> str:
    """Why the outcome is what it is, in a sentence without figures, as the kernel tells it; the calculation is told on demand."""
    # The first value of a line names the part, exclusion, limit or ladder; where a sentence names none it is not used.
    detail = each.reason.args[0] if each.reason.args else ""
    return screen_words(f"reason.{each.reason.code}", Language.CHINESE, detail=detail)


def _as_rows(table: Any) -> Any:
    """A table in one piece, every list of names in the order in which rows meet them."""
    arrays = []
    for field, column in zip(SCHEMA, table.columns, strict=True):
        if pa.types.is_dictionary(field.type):
            plain = column.cast(pa.string()).combine_chunks()
            arrays.append(plain.dictionary_encode().cast(field.type))
        else:
            arrays.append(column.cast(field.type).combine_chunks())
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def text_of(rows: Any) -> bytes:
    """Rows as text: CSV in UTF-8 with a header, every text in quotes, numbers bare, nothing at all where a number is unknown.

    No library's format comes in between: whoever has the rows makes the same bytes of them.
    """
    into = io.BytesIO()
    pcsv.write_csv(rows, into, pcsv.WriteOptions(quoting_style="needed"))
    return into.getvalue()


def rows_of_text(text: bytes) -> Any:
    """The rows that a text holds: the way back."""
    plain = {name: pa.string() if pa.types.is_dictionary(field) else field for name, field in _types()}
    options = pcsv.ConvertOptions(column_types=plain, strings_can_be_null=False)
    # A text in quotes may hold the end of a line.
    lines = pcsv.ParseOptions(newlines_in_values=True)
    return _as_rows(pcsv.read_csv(io.BytesIO(text), parse_options=lines, convert_options=options))


def _types() -> Iterable[tuple[str, Any]]:
    return ((field.name, field.type) for field in SCHEMA)


def joined(first: Any, second: Any) -> Any:
    """Rows of different enterprises, put in order."""
    whole = pa.concat_tables([first, second]).unify_dictionaries()
    place = pa.array(range(len(whole)))
    order = pc.sort_indices(
        whole.append_column("place", place), [("enterprise", "ascending"), ("place", "ascending")]
    )
    return _as_rows(whole.take(order))


def as_plain(cells: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the database keeps it: several names as a list."""
    return {
        name: (value.split(JOINT) if value else []) if name in LISTS else value
        for name, value in cells.items()
    }
