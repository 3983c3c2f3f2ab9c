"""One dossier as words (一企一档的编码): the short way for a single enterprise, without tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import index
from typing import Any as Anything
from typing import NamedTuple

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.book import Book
from duixian.kernel.layout import TEXTS, KindLayout
from duixian.kernel.unfit import SPANS, UnfitFacts
from duixian.kernel.values import EPOCH, told
from duixian.kernel.words import Words
from duixian.rules.fact import Dossier, Fact, Value
from duixian.rules.vocabulary import FieldType

MISSING = w.MISSING


class Encoded(NamedTuple):
    """Facts of some enterprises as words (编码的档案): row by row, where each enterprise starts, and their descriptions.

    ``facts`` is (facts × words of a fact), ``starts`` (enterprises + 1), ``subjects`` (enterprises × words of a description).
    """

    facts: Words
    starts: Words
    subjects: Words


class _KindWords(NamedTuple):
    """How cells of one kind become words: slots of numbers (with the least and the most that they may be), of days, and of texts."""

    layout: KindLayout
    shape: Callable[[Mapping[str, Value]], int]
    numbers: tuple[tuple[str, int, int, int], ...]
    days: tuple[tuple[str, int], ...]
    texts: tuple[tuple[str, int], ...]


class DossierWords:
    """Turns dossiers into words for one program (编码器)."""

    def __init__(self, book: Book) -> None:
        self._literals = book.names.texts
        self._width = book.layout.fact_words
        self._subject_width = book.layout.subject_words
        self._kinds = {
            name: _kind_words(layout, book.shapes[layout.index].number_of)
            for name, layout in book.layout.kinds.items()
        }
        self._subject = _kind_words(book.layout.subject, book.subjects.number_of)

    def encode(self, dossier: Dossier) -> tuple[Words, Words, list[Fact]]:
        """The facts of a dossier as words, its description, and its facts in the order of the words.

        Raises:
            UnfitFacts: for a kind that the city does not know, and for a number that is out of all range.
        """
        rows = []
        texts: set[str] = set()
        for fact in dossier.facts:
            try:
                kind = self._kinds[fact.kind]
            except KeyError:
                raise UnfitFacts(fact.kind, "", "unknown-kind") from None
            row = [MISSING] * self._width
            self._fill(row, kind, fact.values)
            row[0] = kind.layout.index << w.KIND_SHIFT | kind.shape(fact.values)
            row[w.F_ID] = 0
            texts.add(fact.id)
            for name, _ in kind.texts:
                value = fact.values.get(name)
                if value is not None:
                    texts.add(told(value))
            rows.append((kind.layout.index, row[w.F_DATE], fact.id, row, fact, kind))
        rows.sort(key=_place)
        subject = [MISSING] * self._subject_width
        subject_kind = self._subject
        self._fill(subject, subject_kind, dossier.subject)
        for name, _ in subject_kind.texts:
            if name in dossier.subject:
                texts.add(told(dossier.subject[name]))
        ranks = {text: rank for rank, text in enumerate(sorted(texts))}
        if not self._literals.keys().isdisjoint(texts):
            ranks |= {text: code for text, code in self._literals.items() if text in ranks}
        for _, _, id_, row, fact, kind in rows:
            _name(row, kind, fact.values, ranks)
            row[w.F_ID] = ranks[id_]
        _name(subject, subject_kind, dossier.subject, ranks)
        subject[0] = subject_kind.shape(dossier.subject)
        facts = np.array([each[3] for each in rows], np.int64).reshape(len(rows), self._width)
        return facts, np.array(subject, np.int64), [each[4] for each in rows]

    def _fill(self, row: list[int], kind: _KindWords, values: Mapping[str, Value]) -> None:
        for name, slot, least, most in kind.numbers:
            value = values.get(name)
            if value is not None:
                word = index(value)  # type: ignore[arg-type]
                if not least <= word <= most:
                    raise UnfitFacts(kind.layout.kind.name, name, "out-of-range")
                row[slot] = word
        for name, slot in kind.days:
            day = values.get(name)
            if isinstance(day, date):
                row[slot] = day.toordinal() - EPOCH


def _place(row: tuple[Anything, ...]) -> tuple[Anything, ...]:
    """Facts come by kind, in the order of time."""
    return row[:3]


def _name(row: list[int], kind: _KindWords, values: Mapping[str, Value], ranks: dict[str, int]) -> None:
    for name, slot in kind.texts:
        value = values.get(name)
        if value is not None:
            row[slot] = ranks[told(value)]


def _kind_words(layout: KindLayout, shape: Callable[[Mapping[str, Value]], int]) -> _KindWords:
    numbers, days, texts = [], [], []
    for name, slot in layout.slots.items():
        type_ = layout.type_of(name)
        if type_ is FieldType.DATE:
            days.append((name, slot))
        elif type_ in TEXTS:
            if name != layout.id_field:
                texts.append((name, slot))
        else:
            numbers.append((name, slot, *SPANS[type_]))
    texts += layout.told.items()
    return _KindWords(layout, shape, tuple(numbers), tuple(days), tuple(texts))
