"""One dossier as words (一企一档的编码): the short way for a single enterprise, without tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import index, itemgetter
from typing import NamedTuple, TypeAlias

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


Said: TypeAlias = tuple[list[int], int, str]
"""What a text says, and the row and slot for its number."""
_PLACE = itemgetter(0, 1, 2)
"""Facts come by kind, in the order of time, then by their numbers."""


class _KindWords(NamedTuple):
    """How cells of one kind become words: a row in which all is missing, the first word but for the shape, what tells the shape; slots of
    numbers (with the least and the most that they may be), of days, and of texts.
    """

    name: str
    number: int
    blank: list[int]
    first: int
    shape: Callable[[Mapping[str, Value]], int]
    numbers: tuple[tuple[str, int, int, int], ...]
    days: tuple[tuple[str, int], ...]
    texts: tuple[tuple[str, int], ...]


class DossierWords:
    """Turns dossiers into words for one program (编码器)."""

    def __init__(self, book: Book) -> None:
        self._literals = book.names.texts
        self._width = book.layout.fact_words
        self._kinds = {
            name: _kind_words(layout, self._width, book.shapes[layout.index].number_of)
            for name, layout in book.layout.kinds.items()
        }
        self._subject = _kind_words(book.layout.subject, book.layout.subject_words, book.subjects.number_of)

    def encode(self, dossier: Dossier) -> tuple[Words, Words, list[Fact]]:
        """The facts of a dossier as words, its description, and its facts in the order of the words.

        Raises:
            UnfitFacts: for a kind that the city does not know, and for a number that is out of all range.
        """
        words, subject, facts = self.flat(dossier)
        return np.array(words, np.int64).reshape(len(facts), self._width), np.array(subject, np.int64), facts

    def flat(self, dossier: Dossier) -> tuple[list[int], list[int], list[Fact]]:
        """The same with the words of all facts in one list.

        Raises:
            UnfitFacts: as for ``encode``.
        """
        kinds, rows = self._kinds, []
        texts: list[Said] = []
        for fact in dossier.facts:
            kind = kinds.get(fact.kind)
            if kind is None:
                raise UnfitFacts(fact.kind, "", "unknown-kind")
            row = kind.blank.copy()
            _fill(row, kind, fact.values, texts)
            texts.append((row, w.F_ID, fact.id))
            rows.append((kind.number, row[w.F_DATE], fact.id, row, fact))
        rows.sort(key=_PLACE)
        subject = self._subject.blank.copy()
        _fill(subject, self._subject, dossier.subject, texts)
        ranks = {text: rank for rank, text in enumerate(sorted({text for _, _, text in texts}))}
        if not self._literals.keys().isdisjoint(ranks):
            ranks |= {text: code for text, code in self._literals.items() if text in ranks}
        for row, slot, text in texts:
            row[slot] = ranks[text]
        words: list[int] = []
        for each in rows:
            words += each[3]
        return words, subject, [each[4] for each in rows]


def _fill(row: list[int], kind: _KindWords, values: Mapping[str, Value], texts: list[Said]) -> None:
    """Write the cells of a row; what texts say is noted, to be numbered when all are known."""
    row[w.F_SHAPE] = kind.first | kind.shape(values)
    for name, slot, least, most in kind.numbers:
        value = values.get(name)
        if value is not None:
            word = index(value)  # type: ignore[arg-type]
            if not least <= word <= most:
                raise UnfitFacts(kind.name, name, "out-of-range")
            row[slot] = word
    for name, slot in kind.days:
        day = values.get(name)
        if isinstance(day, date):
            row[slot] = day.toordinal() - EPOCH
    for name, slot in kind.texts:
        value = values.get(name)
        if value is not None:
            texts.append((row, slot, value if value.__class__ is str else told(value)))


def _kind_words(layout: KindLayout, width: int, shape: Callable[[Mapping[str, Value]], int]) -> _KindWords:
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
    first = max(layout.index, 0) << w.KIND_SHIFT
    name = layout.kind.name
    return _KindWords(
        name, layout.index, [MISSING] * width, first, shape, tuple(numbers), tuple(days), tuple(texts)
    )
