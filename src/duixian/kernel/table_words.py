"""Typed fact tables as words (事实表的编码): columns of many enterprises become runs of words, without an object per row."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from math import prod
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.kernel import words as w
from duixian.kernel.arrow import (
    Texts,
    code_keys,
    code_texts,
    coded,
    eights_of,
    numbers,
    plain_texts,
    texts,
    told_texts,
)
from duixian.kernel.book import Book
from duixian.kernel.combinations import LARGEST, combine
from duixian.kernel.gathering import (
    count_rows,
    match_codes,
    merge_codes,
    occurring,
    order_and_name,
    place_rows,
    scatter,
    scatter_known,
    scatter_range,
)
from duixian.kernel.layout import TEXTS, KindLayout
from duixian.kernel.shapes import Shapes
from duixian.kernel.unfit import UnfitFacts, see_span, see_that_they_fit
from duixian.kernel.values import SEPARATOR
from duixian.kernel.words import Words
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FieldType

Tables = Mapping[str, Any]
"""Typed fact tables: kind → pyarrow.Table."""
_PLAIN = (str, bool)
_NOBODY: Words = np.empty(0, np.int64)


class Gathered(NamedTuple):
    """The facts of many enterprises as words (归集的事实).

    ``facts`` is (facts × words of a fact), ``starts`` (enterprises + 1), ``subjects`` (enterprises × words of a description), ``codes`` the
    enterprises' credit codes, ``names`` their names, ``id_texts`` the place of every fact's id in ``ids``.
    """

    facts: Words
    starts: Words
    subjects: Words
    codes: Any
    names: Any
    ids: Any
    id_texts: Words


class TableWords:
    """Turns typed fact tables into words for one program (表编码器)."""

    def __init__(self, book: Book, threads: int) -> None:
        self._book, self._layout, self._threads = book, book.layout, threads

    def gather(self, tables: Tables, owners: Mapping[str, Words] | None = None) -> Gathered:
        """All facts of the tables, by enterprise in the order of codes; tables that are not in that order are sorted first.

        ``owners`` may tell whose the rows of each kind are, by their row in the table of the subject kind: then all tables go by code,
        that table names every enterprise once, and no code is looked at again.

        Raises:
            UnfitFacts: for tables that are no typed fact tables of the city.
        """
        see_that_they_fit(tables, self._layout)
        subject, kinds = self._layout.subject, list(self._layout.kinds.values())
        layouts = [*kinds, subject]
        rows: list[Any] = [tables.get(each.kind.name) for each in layouts]
        if owners is None:
            rows, whose, known = _matched(layouts, rows)
        else:
            if rows[-1] is None:
                raise UnfitFacts(subject.kind.name, subject.code_field, "no-code")
            known = plain_texts(rows[-1][subject.code_field])
            whose = [
                _owned(here, table, owners.get(here.kind.name, _NOBODY), len(known))
                for here, table in zip(layouts, rows, strict=True)
            ]
        described, count = whose[-1], len(known)
        if (described[1:] == described[:-1]).any():
            raise UnfitFacts(subject.kind.name, subject.code_field, "described-twice")
        starts = np.zeros(count + 1, np.int64)
        for each in whose[:-1]:
            count_rows(each, starts)
        np.cumsum(starts, out=starts)
        next_of = starts[:-1].copy()
        width = self._layout.fact_words
        facts = np.full(int(starts[-1]) * width, w.MISSING, np.int64)
        subjects = np.full(count * self._layout.subject_words, w.MISSING, np.int64)
        subjects[:: self._layout.subject_words] = self._book.subjects.number_of({})
        self._columns([])
        for here, table, own in zip(kinds, rows, whose, strict=False):
            places = np.empty(len(own), np.int64)
            place_rows(own, next_of, places)
            self._fill(facts, width, here, table, places)
        self._fill(subjects, self._layout.subject_words, subject, rows[-1], described)
        ids = self._name(facts, starts, subjects)
        names = self._names(rows, whose, count)
        return Gathered(
            facts.reshape(-1, width), starts, subjects.reshape(count, self._layout.subject_words),
            known, names, self._texts.array, ids,
        )  # fmt: skip

    def _columns(self, columns: list[Any]) -> None:
        self._text_columns: list[Any] = columns
        self._text_count = 0

    def _fill(self, words: Words, width: int, here: KindLayout, table: Any, places: Words) -> None:
        """Write the columns of a table into the rows at ``places``."""
        if table is None or not len(places):
            return
        shapes = self._book.shapes[here.index]
        index = max(here.index, 0) << w.KIND_SHIFT
        numbered = shape_numbers(shapes, table)
        scatter_known(words, width, 0, places, numbered.rows, numbered.shapes + index)
        for name, slot in here.slots.items():
            if name not in table.column_names:
                continue
            type_, column = here.type_of(name), table[name]
            if type_ not in TEXTS:
                see_span(here.kind.name, name, type_, column)
            if type_ in TEXTS:
                self._scatter_texts(words, width, slot, places, column)
            else:
                scatter(words, width, slot, places, numbers(column))
        for name, slot in here.told.items():
            if name in table.column_names:
                self._scatter_texts(words, width, slot, places, told_texts(table[name], here.type_of(name)))

    def _scatter_texts(self, words: Words, width: int, slot: int, places: Words, column: Any) -> None:
        """Write the places of a column's texts in the column of all texts."""
        array = plain_texts(column)
        first, self._text_count = self._text_count, self._text_count + len(array)
        self._text_columns.append(array)
        if not array.null_count:
            scatter_range(words, width, slot, places, first)
            return
        found = np.arange(first, self._text_count)
        found[array.is_null().to_numpy(zero_copy_only=False)] = w.MISSING
        scatter(words, width, slot, places, found)

    def _name(self, facts: Words, starts: Words, subjects: Words) -> Words:
        """Order the facts within each enterprise and number their texts."""
        layout, width = self._layout, self._layout.fact_words
        slots = [sorted(_text_slots(each)) for each in layout.kinds.values()]
        text_slots = np.array([slot for each in slots for slot in each], np.int64)
        slot_starts = np.cumsum([0, *map(len, slots)])
        subject_slots = np.array(sorted(_text_slots(layout.subject)), np.int64)
        literals = self._literals()
        self._texts: Texts = texts(self._text_columns)
        eights = eights_of(self._texts.data)
        count = len(starts) - 1
        ids = np.empty(int(starts[-1]), np.int64)
        most = int(np.diff(starts).max(initial=0)) * width + len(subject_slots) + 1

        def work(first: int, end: int) -> None:
            order_and_name(
                facts, width, starts, first, end, text_slots, slot_starts, subjects, layout.subject_words, subject_slots,
                self._texts.offsets, self._texts.data, eights, literals.offsets, literals.data, ids,
                np.empty((most, 2), np.int64), np.empty((most, 2), np.uint64),
            )  # fmt: skip

        if self._threads == 1 or count < 1000:
            work(0, count)
        else:
            edges = np.linspace(0, count, self._threads + 1).astype(int).tolist()
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(work, edges[:-1], edges[1:]))
        return ids

    def _names(self, rows: list[Any], whose: list[Words], count: int) -> Any:
        """The names of the enterprises: as registered, else as the first row says that tells one."""
        field = self._layout.subject.kind.field_of_type(FieldType.TEXT)
        columns, places, total = [], np.full(count, -1, np.int64), 0
        for number, table in enumerate(rows):
            if table is None or not len(table) or field not in table.column_names:
                continue
            column = plain_texts(table[field])
            told = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))[::-1]
            owners = whose[number][told]
            is_free = places[owners] < 0
            is_subject = number == len(rows) - 1
            chosen = told if is_subject else told[is_free]
            places[owners if is_subject else owners[is_free]] = chosen + total
            columns.append(column)
            total += len(column)
        if not columns:
            return pa.Array.from_buffers(
                pa.large_string(),
                count,
                [None, pa.py_buffer(np.zeros(count + 1, np.int64)), pa.py_buffer(b"")],
            )
        found = pa.concat_arrays(columns).take(pa.array(places, mask=places < 0))
        return pc.fill_null(found, "")

    def _literals(self) -> Texts:
        """The texts that rules write down, in the order of their numbers."""
        return texts([pa.array(list(self._book.names.texts), pa.large_string())])


class Numbered(NamedTuple):
    """The shapes of the rows of a table (各行之形): for every row a number, and for every number its shape."""

    rows: Words
    shapes: Words


def shape_numbers(shapes: Shapes, table: Any) -> Numbered:
    """The shape of every row of a table."""
    layout = shapes.layout
    columns = []
    for name in shapes.coded:
        asked = layout.reduced.get(name)
        if name in table.column_names:
            columns.append(coded(table[name], frozenset(asked) if asked else None))
        else:
            columns.append(coded(pa.nulls(len(table), pa.string())))
    several = [layout.type_of(name) is FieldType.OPTIONS for name in shapes.coded]
    is_to_be_read = any(several) or not all(
        type(each) in _PLAIN for column in columns for each in column.names
    )

    def number(names: tuple[Any, ...]) -> int:
        return shapes.number(tuple(map(_value, names, several)) if is_to_be_read else names)

    widths = [len(each.names) + 1 for each in columns]
    if prod(widths) > LARGEST:
        combined = combine(columns, len(table))
        return Numbered(combined.numbers, np.array([number(each) for each in combined.names], np.int64))
    numbers, occurs = np.zeros(len(table), np.int64), np.zeros(prod(widths), np.uint8)
    for column in columns:
        column.add_to(numbers)
    occurring(numbers, occurs)
    present = np.flatnonzero(occurs)
    parts = np.unravel_index(present, widths) if widths else ()
    names = [
        [(None, *column.names)[place] for place in part.tolist()]
        for column, part in zip(columns, parts, strict=True)
    ]
    known = np.zeros(len(occurs), np.int64)
    known[present] = [number(each) for each in (zip(*names, strict=True) if names else [()] * len(present))]
    return Numbered(numbers, known)


def _value(name: Any, is_several: bool) -> Value | None:
    if name is None or isinstance(name, bool):
        return name
    return tuple(str(name).split(SEPARATOR)) if is_several else str(name)


def _text_slots(here: KindLayout) -> set[int]:
    """Where the texts of a kind lie, its id and object among them."""
    return {slot for name, slot in here.slots.items() if here.type_of(name) in TEXTS} | set(
        here.told.values()
    )


def _owned(here: KindLayout, table: Any, own: Words, count: int) -> Words:
    """Whose the rows of a table are, as was told: places that do not fall, one for each row; the subject's own table has each once."""
    own = np.ascontiguousarray(own, np.int64)
    is_right = len(own) == (0 if table is None else len(table))
    if is_right and len(own):
        is_right = bool(own[0] >= 0 and own[-1] < count and (own[1:] >= own[:-1]).all())
    if not is_right or (here.kind.is_subject and len(own) and not (own[1:] > own[:-1]).all()):
        raise UnfitFacts(here.kind.name, here.code_field, "wrong-owners")
    return own


def _matched(layouts: list[KindLayout], rows: list[Any]) -> tuple[list[Any], list[Words], Any]:
    """The tables in the order of codes, whose each of their rows is, and the codes of the enterprises, by which they are numbered."""
    keys, runs, codes = _keyed(layouts, rows)
    enterprise_of = np.empty(len(keys), np.int64)
    if len(keys) and match_codes(keys, runs, enterprise_of):
        return rows, np.split(enterprise_of, runs[1:-1]), plain_texts(codes[-1])
    first_of = np.empty(len(keys), np.int64)
    count = int(merge_codes(keys, runs, runs[:-1].copy(), enterprise_of, first_of))
    if count < 0:
        rows = [_by_code(each, here) for each, here in zip(rows, layouts, strict=True)]
        keys, runs, codes = _keyed(layouts, rows)
        count = int(merge_codes(keys, runs, runs[:-1].copy(), enterprise_of, first_of))
    known = pa.concat_arrays([plain_texts(each) for each in codes]).take(pa.array(first_of[:count]))
    return rows, np.split(enterprise_of, runs[1:-1]), known


def _keyed(layouts: list[KindLayout], rows: list[Any]) -> tuple[Any, Words, list[Any]]:
    """The codes of all tables, one after the other, as numbers; where each table's start; and as texts, table by table."""
    columns = [
        texts([]) if table is None else code_texts(table[here.code_field])
        for here, table in zip(layouts, rows, strict=True)
    ]
    codes = [each.array for each in columns]
    return code_keys(*columns), np.cumsum([0, *map(len, codes)]), codes


def _by_code(table: Any, here: KindLayout) -> Any:
    if table is None:
        return None
    whole = pa.table({name: _takeable(table[name]) for name in table.column_names})
    return whole.take(pc.sort_indices(plain_texts(table[here.code_field])))


def _takeable(column: Any) -> Any:
    """A column from which rows can be taken: Arrow takes none from views."""
    return column.cast(pa.large_string()) if pa.types.is_string_view(column.type) else column
