"""The image (映像): a whole program as one array of 64-bit integers.

Its static part (code, measures, rows, how a measure meets a shape) only grows; the dynamic part leads from a shape to what was written
for it, and is laid out anew when new shapes or sets come.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.book import Book
from duixian.kernel.payers import Payers
from duixian.kernel.still import Shape
from duixian.kernel.variant import Variant
from duixian.kernel.words import Words
from duixian.rules import house_words as house
from duixian.rules.payment import clause_key, document_key, names_measure
from duixian.rules.policy import City

UNDER_MEASURE, UNDER_DOCUMENT = 1, 2


class ImageWriter:
    """Writes the image of a program, again whenever it has grown (映像编写)."""

    def __init__(self, book: Book, city: City) -> None:
        self._book = book
        self._payers = Payers(book, city.region)
        self._entries: dict[int, list[int]] = {}
        self._about: dict[int, list[tuple[int, int]]] = {}
        self._state: tuple[int, ...] = ()
        self._image: Words = np.zeros(w.HEAD, np.int64)
        self._dynamic: list[int] = []
        self._start = 0

    def image(self, sets: list[list[Variant]]) -> Words:
        """The image for all sets and all shapes met so far."""
        state = (len(sets), *(len(each.all) for each in self._book.shapes.values()))
        if state != self._state:
            self._image, self._state = self._write(sets), state
        return self._image

    def _write(self, sets: list[list[Variant]]) -> Words:
        book, variants = self._book, self._book.variants
        self._dynamic = []
        for layout in book.layout.kinds.values():
            book.titles_table(layout)
        for variant in variants:
            self._meet(variant)
        for kind in book.shapes:
            self._find_about(kind, sets)
        payers = {variant.payer_key: self._payers_of(variant) for variant in variants}
        pays = {_paid_key(variant): self._pays_of(variant) for variant in variants}
        # Everything static is written: what follows only points at it.
        self._start = len(book.image)
        head = self._head(sets)
        columns = {key: self._put(words) for key, words in payers.items()}
        paid = {key: self._put(words) for key, words in pays.items()}
        patches = []
        for variant in variants:
            patches += [
                (variant.at + w.M_ENTRIES, self._put(self._entries[variant.number])),
                (variant.at + w.M_PAYERS, columns[variant.payer_key]),
                (variant.at + w.M_PAYS, paid[_paid_key(variant)]),
            ]
        image = np.array(book.image + self._dynamic, np.int64)
        image[: len(head)] = head
        for place, word in patches:
            image[place] = word
        return image

    def _put(self, words: list[int]) -> int:
        at = self._start + len(self._dynamic)
        self._dynamic += words
        return at

    def _head(self, sets: list[list[Variant]]) -> list[int]:
        head = [0] * w.HEAD
        head[w.H_TABLES] = self._tables()
        head[w.H_KINDS] = self._kinds()
        head[w.H_KIND_COUNT] = len(self._book.layout.kinds)
        head[w.H_MEASURE_COUNT] = len(sets[0]) if sets else 0
        head[w.H_SETS] = self._put([variant.at for variants in sets for variant in variants])
        head[w.H_SETS_COUNT] = len(sets)
        head[w.H_FACT_WORDS] = self._book.layout.fact_words
        head[w.H_PAYMENT_KIND] = -1
        payments = self._book.layout.kinds.get(house.PAYMENT)
        if payments is not None and house.PAYMENT_AMOUNT in payments.slots:
            head[w.H_PAYMENT_KIND] = payments.index
            head[w.H_PAYMENT_AMOUNT] = payments.slots[house.PAYMENT_AMOUNT]
            nowhere = self._book.layout.spare_slot
            head[w.H_PAYMENT_FACT] = payments.slots.get(house.PAYMENT_FACT, nowhere)
            head[w.H_PAYMENT_DATE] = payments.slots.get(house.PAYMENT_DATE, nowhere)
        return head

    def _tables(self) -> int:
        addresses = [self._put(self._book.contents(number)) for number in range(len(self._book.tables.all))]
        return self._put(addresses)

    def _kinds(self) -> int:
        records: list[int] = []
        triggers = {variant.kind.index for variant in self._book.variants}
        for layout in self._book.layout.kinds.values():
            shapes = self._put([word for pair in self._about[layout.index] for word in pair])
            title = self._book.titles_table(layout)
            records += [shapes, int(layout.index in triggers), title, max(layout.object_slot, 0)]
        return self._put(records)

    def _meet(self, variant: Variant) -> None:
        """Write how a measure meets the shapes that it could be about."""
        shapes = self._book.shapes[variant.kind.index].all
        entries = self._entries.setdefault(variant.number, [])
        for number in range(len(entries), len(shapes)):
            is_about = variant.titles is None or shapes[number].title in variant.titles
            entries.append(len(self._book.image) if is_about else 0)
            if is_about:
                self._book.write(variant.entry(shapes[number], number, len(self._book.image)))

    def _find_about(self, kind: int, sets: list[list[Variant]]) -> None:
        """Write, for each new shape, the measures that could be about it."""
        shapes = self._book.shapes[kind].all
        about = self._about.setdefault(kind, [])
        mine = [variant for variant in sets[0] if variant.kind.index == kind] if sets else []
        for shape in shapes[len(about) :]:
            orders = [
                variant.order for variant in mine if variant.titles is None or shape.title in variant.titles
            ]
            about.append((self._book.write(orders), len(orders)))

    def _payers_of(self, variant: Variant) -> list[int]:
        return [self._payers.at(variant, shape) for shape in self._book.subjects.all]

    def _pays_of(self, variant: Variant) -> list[int]:
        payments = self._book.layout.kinds.get(house.PAYMENT)
        if payments is None:
            return []
        return [_paid_under(variant, shape) for shape in self._book.shapes[payments.index].all]


def _paid_key(variant: Variant) -> tuple[str, str, str]:
    return (variant.measure.document, variant.measure.clause, variant.measure.name)


def _paid_under(variant: Variant, shape: Shape) -> int:
    """Whether payments of a shape were made under a measure, and whether under its document."""
    said: Callable[[str], str] = lambda name: str(shape.values.get(name, ""))  # noqa: E731
    document = document_key(said(house.PAYMENT_DOCUMENT))
    clause = clause_key(said(house.PAYMENT_CLAUSE))
    word = UNDER_MEASURE * names_measure(document, clause, said(house.PAYMENT_MATTER), variant.measure)
    return word | UNDER_DOCUMENT * (document == document_key(variant.measure.document))
