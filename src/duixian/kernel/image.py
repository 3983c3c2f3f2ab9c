"""The image (映像): a whole program as one array of 64-bit integers.

Its static part (code, measures, rows, how a measure meets a shape) only grows; the dynamic part leads from a shape to what was written
for it, and is laid out anew when new shapes or sets come.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.bench import ORDER_SHIFT
from duixian.kernel.entries import write_entry
from duixian.kernel.foreseen import Guards, no_measure
from duixian.kernel.measure_book import MeasureBook
from duixian.kernel.payers import Payers
from duixian.kernel.shapes import Shapes
from duixian.kernel.still import Shape
from duixian.kernel.variant import Variant
from duixian.kernel.words import Words
from duixian.rules import house_words as house
from duixian.rules.payment import clause_key, document_key, names_measure
from duixian.rules.policy import City

UNDER_MEASURE, UNDER_DOCUMENT = 1, 2
LINE = 8
"""Words of a line of the processor's memory: entries begin on one, so that what is foreseen takes two."""
MOST_KINDS = 62
MARGIN = 8
"""Words after the end, which the loop may read and not use."""


class ImageWriter:
    """Writes the image of a program, again whenever it has grown (映像编写)."""

    def __init__(self, book: MeasureBook, city: City) -> None:
        self._book = book
        self._payers = Payers(book, city.region)
        self._entries: dict[int, list[int]] = {}
        self._about: dict[int, list[list[int]]] = {}
        self._no_measure = 0
        self._guards: dict[int, Guards] = {}
        self._is_object: bool | None = None
        self._state: tuple[int, ...] = ()
        self._seen = (-1, 0)
        self._image: Words = np.zeros(w.HEAD, np.int64)
        self._dynamic: list[int] = []
        self._start = 0

    def image(self, sets: list[list[Variant]]) -> Words:
        """The image for all sets and all shapes met so far."""
        seen = (len(sets), Shapes.met)
        if seen == self._seen:
            return self._image
        state = (len(sets), *(len(each.all) for each in self._book.shapes.values()))
        if state != self._state:
            self._image, self._state = self._write(sets), state
        self._seen = seen
        return self._image

    def _write(self, sets: list[list[Variant]]) -> Words:
        book, variants = self._book, self._book.variants
        self._dynamic = []
        for layout in book.layout.kinds.values():
            book.titles_table(layout)
        if self._is_object is None and sets:
            self._is_object = any(self._binds_objects(variant) for variant in sets[0])
            self._no_measure = book.write(no_measure(sets[0][0].at)) if sets[0] else 0
            self._guards = {variant.number: Guards(variant) for variant in sets[0]}
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
        image = _aligned(book.image + self._dynamic)
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
        self._tell_foreseen(head, len(sets[0]) if sets else 0)
        head[w.H_PAYMENT_KIND] = -1
        payments = self._book.layout.kinds.get(house.PAYMENT)
        if payments is not None and house.PAYMENT_AMOUNT in payments.slots:
            head[w.H_PAYMENT_KIND] = payments.index
            head[w.H_PAYMENT_AMOUNT] = payments.slots[house.PAYMENT_AMOUNT]
            nowhere = self._book.layout.spare_slot
            head[w.H_PAYMENT_FACT] = payments.slots.get(house.PAYMENT_FACT, nowhere)
            head[w.H_PAYMENT_DATE] = payments.slots.get(house.PAYMENT_DATE, nowhere)
        return head

    def _tell_foreseen(self, head: list[int], measures: int) -> None:
        """How many measures a fact meets at most, and whether kinds and measures are few enough for the short way."""
        records = [each for some in self._about.values() for each in some]
        head[w.H_MOST_ABOUT] = max((each[w.S_ABOUT_COUNT] for each in records), default=0)
        head[w.H_MOST_MEETS] = max(
            (max(each[w.S_MEETS_COUNT], each[w.S_LATER_COUNT]) for each in records), default=0
        )
        head[w.H_IS_FORESEEN] = int(
            len(self._book.layout.kinds) <= MOST_KINDS and 0 < measures < w.LAST_ORDER
        )

    def _tables(self) -> int:
        addresses = [self._put(self._book.contents(number)) for number in range(len(self._book.tables.all))]
        return self._put(addresses)

    def _kinds(self) -> int:
        records: list[int] = []
        triggers = {variant.kind.index for variant in self._book.variants}
        for layout in self._book.layout.kinds.values():
            shapes = self._put([word for each in self._about[layout.index] for word in each])
            title = self._book.titles_table(layout)
            records += [shapes, int(layout.index in triggers), title, max(layout.object_slot, 0)]
        return self._put(records)

    def _meet(self, variant: Variant) -> None:
        """Write how a measure meets the shapes that it could be about."""
        image, shapes = self._book.image, self._book.shapes[variant.kind.index].all
        entries = self._entries.setdefault(variant.number, [])
        for number in range(len(entries), len(shapes)):
            is_about = variant.titles is None or shapes[number].title in variant.titles
            if is_about:
                self._book.write([0] * (-len(image) % LINE))
                entry = write_entry(
                    variant, self._guards.get(variant.number), shapes[number], number, len(image)
                )
                entry[w.U_OBJECT_SLOT] = max(variant.kind.object_slot, 0) if self._is_object else 0
                entries.append(self._book.write(entry))
            else:
                entries.append(0)

    def _find_about(self, kind: int, sets: list[list[Variant]]) -> None:
        """Write, for each new shape, the measures that could be about it, and how those of the first set meet it."""
        shapes = self._book.shapes[kind].all
        about = self._about.setdefault(kind, [])
        mine = [variant for variant in sets[0] if variant.kind.index == kind] if sets else []
        for number in range(len(about), len(shapes)):
            entries = [(each.order, self._entries[each.number][number]) for each in mine]
            entries = [each for each in entries if each[1]]
            meets = [each for each in entries if self._book.image[each[1] + w.E_SCOPE] != 0]
            record = [0] * w.SHAPE
            record[w.S_MEETS], record[w.S_MEETS_COUNT] = self._write_meets(meets, is_trigger=bool(mine))
            record[w.S_LATER], record[w.S_LATER_COUNT] = self._write_meets(entries, is_trigger=bool(mine))
            record[w.S_ABOUT] = self._book.write([order for order, _ in entries])
            record[w.S_ABOUT_COUNT] = len(entries)
            about.append(record)

    def _write_meets(self, entries: list[tuple[int, int]], *, is_trigger: bool) -> tuple[int, int]:
        """Write measures with their entries; where nothing is about a fact that could trigger something, that is told in their place."""
        if is_trigger and not entries:
            entries = [(w.LAST_ORDER, self._no_measure)]
        return self._book.write(
            [word for order, entry in entries for word in (order << ORDER_SHIFT, entry)]
        ), len(entries)

    def _binds_objects(self, variant: Variant) -> bool:
        """Whether awards for different facts can be one matter: about one object."""
        image = self._book.image
        return image[variant.at + w.M_BARS] != 0 and image[variant.at + w.M_MATTER] == w.SAME_OBJECT

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


def _aligned(words: list[int]) -> Words:
    """The words in an array that begins on a line of memory, with a margin after them."""
    room = np.zeros(len(words) + MARGIN + LINE, np.int64)
    first = -(room.ctypes.data // room.itemsize) % LINE
    image = room[first : first + len(words) + MARGIN]
    image[: len(words)] = words
    return image
