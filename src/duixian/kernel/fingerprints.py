"""Fingerprints of enterprises (档案指纹): whether anything about an enterprise changed since the last run, without keeping its facts.

A fingerprint is the sum of its rows' fingerprints, two words of 64 bits each: it does not depend on the order of rows, tables or columns,
nor on how names are numbered. It guards against change, not against forgery.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.kernel.arrow import coded, numbers, plain_texts, texts, whole
from duixian.kernel.compiled import compiled
from duixian.kernel.gathering import Bytes
from duixian.kernel.unfit import UnfitFacts
from duixian.kernel.words import MISSING, Words

Marks = npt.NDArray[np.uint64]
NOBODY = pa.table({
    "code": pa.array([], pa.large_string()), "first": pa.array([], pa.uint64()), "second": pa.array([], pa.uint64()),
})  # fmt: skip
"""The fingerprints of no enterprise at all."""
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))


def fingerprints(tables: Mapping[str, Any], code_fields: Mapping[str, str]) -> Any:
    """The fingerprint of every enterprise of typed fact tables, as a ``pyarrow.Table`` of ``code``, ``first`` and ``second``, by code.

    ``code_fields`` names the column of credit codes of each kind. A field that is missing counts like a column that is not there.

    Raises:
        UnfitFacts: for a row without its enterprise.
    """
    codes: list[Any] = []
    firsts: list[Marks] = []
    seconds: list[Marks] = []
    for kind in sorted(tables):
        table = tables[kind]
        if not len(table):
            continue
        if table[code_fields[kind]].null_count:
            raise UnfitFacts(kind, code_fields[kind], "no-code")
        codes.append(plain_texts(table[code_fields[kind]]))
        for into, multiplier in zip((firsts, seconds), _MULTIPLIERS, strict=True):
            into.append(_rows(kind, table, multiplier))
    if not codes:
        return NOBODY
    all_ = pa.table({
        "code": pa.concat_arrays(codes),
        "first": pa.array(np.concatenate(firsts)),
        "second": pa.array(np.concatenate(seconds)),
    })  # fmt: skip
    return _by_code(all_)


def unchanged(before: Any, now: Any) -> npt.NDArray[np.bool_]:
    """For every enterprise of ``now``, whether it was there before and nothing about it is different."""
    places = whole(pc.index_in(now["code"], whole(before["code"])))
    same: npt.NDArray[np.bool_] = pc.is_valid(places).to_numpy(zero_copy_only=False)
    if not len(before):
        return same
    at = pc.fill_null(places, 0).to_numpy()
    for name in ("first", "second"):
        same = same & (before[name].to_numpy()[at] == now[name].to_numpy())
    return same


def _by_code(table: Any) -> Any:
    """One row for each code: sums of unsigned words, which wrap around alike in any order."""
    encoded = table["code"].combine_chunks().dictionary_encode()
    places = encoded.indices.to_numpy(zero_copy_only=False)
    sums = []
    for name in ("first", "second"):
        into = np.zeros(len(encoded.dictionary), np.uint64)
        np.add.at(into, places, table[name].to_numpy())
        sums.append(pa.array(into))
    found = pa.table({"code": encoded.dictionary, "first": sums[0], "second": sums[1]})
    return found.sort_by("code")


def _rows(kind: str, table: Any, multiplier: np.uint64) -> Marks:
    """The fingerprint of every row: its cells, each bound to the name of its column."""
    marks = np.full(len(table), _text_mark(kind, multiplier), np.uint64)
    for name in table.column_names:
        cells = _cells(table[name], multiplier)
        bound = _mixed(cells * multiplier + _text_mark(name, multiplier))
        marks += np.where(cells == 0, np.uint64(0), bound)
    return _mixed(marks)


def _cells(column: Any, multiplier: np.uint64) -> Marks:
    """A word for every cell, 0 where it is missing."""
    type_ = column.type
    if pa.types.is_dictionary(type_):
        names = coded(column)
        told = (0 if each is None else _text_mark(str(each), multiplier) for each in names.names)
        marks = np.array([0, *told], np.uint64)
        return marks[names.places + 1]
    if pa.types.is_string(type_) or pa.types.is_large_string(type_):
        found = texts([column])
        marks = np.empty(len(found.array), np.uint64)
        mark_texts(found.offsets, found.data, multiplier, marks)
        if found.array.null_count:
            marks[found.array.is_null().to_numpy(zero_copy_only=False)] = 0
        return marks
    values: Words = numbers(column.cast(pa.int64()) if pa.types.is_boolean(type_) else column)
    marks = _mixed(values.view(np.uint64) * multiplier + np.uint64(1)) | np.uint64(1)
    return np.where(values == MISSING, np.uint64(0), marks)


def _mixed(words: Marks) -> Marks:
    """Every bit of a word made to depend on all others."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))


def _text_mark(text: str, multiplier: np.uint64) -> np.uint64:
    found = texts([pa.array([text], pa.large_string())])
    marks = np.empty(1, np.uint64)
    mark_texts(found.offsets, found.data, multiplier, marks)
    return np.uint64(marks[0])


@compiled
def mark_texts(offsets: Words, data: Bytes, multiplier: np.uint64, marks: Marks) -> None:
    """A word for every text, never 0."""
    for text in range(marks.shape[0]):
        word = np.uint64(offsets[text + 1] - offsets[text]) + multiplier
        for place in range(offsets[text], offsets[text + 1]):
            word = (word ^ np.uint64(data[place])) * multiplier
            word = word ^ (word >> np.uint64(29))
        marks[text] = word | np.uint64(1)
