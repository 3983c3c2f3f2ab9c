"""Facts that are none of the city's (不合约定的事实): what the kernel refuses to decide, since it could only be dropped or misread.

Readers of tables find such things first and tell them as problems with file, row and column; here stands whoever comes another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.kernel.arrow import is_of_texts
from duixian.kernel.layout import KindLayout, Layout
from duixian.kernel.values import day_word
from duixian.money import MAX_FEN
from duixian.rules.vocabulary import FieldType

SPANS: Mapping[FieldType, tuple[int, int]] = {
    FieldType.MONEY: (-MAX_FEN, MAX_FEN),
    FieldType.COUNT: (-MAX_FEN, MAX_FEN),
    FieldType.YEAR: (date.min.year, date.max.year),
    FieldType.DATE: (day_word(date.min), day_word(date.max)),
}
"""The least and the most that a number may be, as a word: with more of them no sum would be sure to stay within 64 bits."""
_NUMBERS = (FieldType.MONEY, FieldType.COUNT, FieldType.YEAR)


class UnfitFacts(ValueError):
    """Facts that do not keep to the contract of typed facts (不合约定).

    ``kind`` and ``field`` say where, ``reason`` what: unknown-kind, no-code (an enterprise without its code, or a table without them),
    no-number (a fact without its number), described-twice, wrong-owners (not those of the rows), wrong-type, out-of-range. Nobody's
    data is told.
    """

    def __init__(self, kind: str, field: str, reason: str) -> None:
        super().__init__(f"{reason}: {kind} {field}".rstrip())
        self.kind, self.field, self.reason = kind, field, reason


def see_that_they_fit(tables: Mapping[str, Any], layout: Layout) -> None:
    """See that typed fact tables are those of a city, in what its rules read; columns that nobody asks for may be anything.

    Raises:
        UnfitFacts: for a kind that the city does not know, rows without their enterprise or number, and columns of another type.
    """
    kinds = {**layout.kinds, layout.subject.kind.name: layout.subject}
    for name, table in tables.items():
        if name not in kinds:
            raise UnfitFacts(name, "", "unknown-kind")
        _see_identities(kinds[name], table)
        for field in (*kinds[name].coded, *kinds[name].slots, *kinds[name].told):
            if field in table.column_names and not _is_of(table[field].type, kinds[name].type_of(field)):
                raise UnfitFacts(name, field, "wrong-type")


def see_span(kind: str, field: str, type_: FieldType, column: Any) -> None:
    """See that all numbers or days of a column are ones.

    Raises:
        UnfitFacts: when one is out of all range.
    """
    span = pc.min_max(column.cast(pa.int32()) if pa.types.is_date(column.type) else column)
    least, most = SPANS[type_]
    if span["min"].is_valid and not least <= span["min"].as_py() <= span["max"].as_py() <= most:
        raise UnfitFacts(kind, field, "out-of-range")


def _see_identities(here: KindLayout, table: Any) -> None:
    """Every row tells its enterprise and, where the kind has numbers, its own."""
    for field, reason in ((here.code_field, "no-code"), (here.id_field, "no-number")):
        if reason == "no-number" and (here.kind.is_subject or not field):
            continue
        if field not in table.column_names or table[field].null_count:
            raise UnfitFacts(here.kind.name, field, reason)
        if not _is_of(table[field].type, here.type_of(field)):
            raise UnfitFacts(here.kind.name, field, "wrong-type")


def _is_of(arrow: Any, type_: FieldType) -> bool:
    """Whether a column of this Arrow type can hold fields of a type; one in which everything is missing can hold any."""
    if pa.types.is_null(arrow):
        return True
    if type_ in _NUMBERS:
        return bool(pa.types.is_integer(arrow))
    if type_ is FieldType.DATE:
        return bool(pa.types.is_date32(arrow))
    if type_ is FieldType.FLAG:
        return bool(pa.types.is_boolean(arrow))
    return is_of_texts(arrow)
