"""What all compiled measures share while the image is written (编译底稿): the image, names, tables, and the words behind numbers."""

from __future__ import annotations

from typing import NamedTuple

from duixian.kernel import words as w
from duixian.kernel.assembler import Table, Tables
from duixian.kernel.layout import KindLayout, Layout, options_of
from duixian.kernel.shapes import Shapes
from duixian.kernel.still import Shape
from duixian.kernel.values import Names
from duixian.rules.policy import City


class RowName(NamedTuple):
    """What a result tells of its row (条目名): its id, whether its sum is exact, and the rate when it has one."""

    id: str
    is_exact: bool
    rate: object


class Basis(NamedTuple):
    """Why city and county share as they do (分担依据): the words of the rule, else its clause and ratio."""

    text: str
    clause: str
    ratio: tuple[int, int] | None


class Book:
    """The growing image and everything that gives numbers their meaning."""

    def __init__(self, city: City, layout: Layout) -> None:
        self.layout = layout
        self.names = Names(city.vocabulary)
        self.tables = Tables()
        self.image: list[int] = [0] * w.HEAD
        self.subjects = Shapes(layout.subject)
        self.shapes = {each.index: Shapes(each) for each in layout.kinds.values()}
        self.shapes[-1] = self.subjects
        self.details: list[str] = [""]
        self.bases: list[Basis] = []
        self._ladders = _ladder_groups(city)
        self._told: list[list[int]] = []

    def write(self, words: list[int]) -> int:
        """Add words to the image; where they stand."""
        at = len(self.image)
        self.image += words
        return at

    def detail(self, text: str) -> int:
        """The number of a text that explains a reason."""
        if text not in self.details:
            self.details.append(text)
        return self.details.index(text)

    def basis(self, basis: Basis) -> int:
        """The number of a basis of sharing."""
        if basis not in self.bases:
            self.bases.append(basis)
        return self.bases.index(basis)

    def ladder_groups(self, name: str) -> list[tuple[str, ...]]:
        """Every list of fields by which ladders of this name make groups, under any decision."""
        return self._ladders[name]

    def name_of_group(self, per: tuple[str, ...]) -> int:
        """The number of a list of fields."""
        return self.names.name("每 " + "、".join(per))

    def always_missing(self, kind: KindLayout) -> int:
        """The table of a field that no fact of a kind can have."""
        return self.tables.number(("none", kind.index), lambda: Table(kind.index, lambda shape: w.MISSING))

    def titles_table(self, kind: KindLayout) -> int:
        """The table of the titles of a kind's facts."""

        def word(shape: Shape) -> int:
            return self.names.name(shape.title) if shape.title else w.MISSING

        return self.tables.number(("title", kind.index), lambda: Table(kind.index, word))

    def told(self, table: int, shape: int) -> int:
        """What a table holds for a shape."""
        return self.contents(table)[shape]

    def contents(self, table: int) -> list[int]:
        """The words of a table, for every shape met so far."""
        while len(self._told) <= table:
            self._told.append([])
        found, (kind, word) = self._told[table], self.tables.all[table]
        shapes = self.shapes[kind].all
        if len(found) < len(shapes):
            found += [word(shape) for shape in shapes[len(found) :]]
        return found


def _ladder_groups(city: City) -> dict[str, list[tuple[str, ...]]]:
    groups: dict[str, dict[tuple[str, ...], None]] = {}
    for measure in city.measures:
        for ladder in measure.ladders:
            for each in options_of(ladder.per):
                assert isinstance(each, tuple)
                groups.setdefault(ladder.name, {})[each] = None
    return {name: list(each) for name, each in groups.items()}
