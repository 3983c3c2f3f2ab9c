"""Shapes (形): the different combinations of coded values that facts have; there are few, and each is met once."""

from __future__ import annotations

from collections.abc import Mapping

from duixian.kernel.layout import KindLayout
from duixian.kernel.still import Shape
from duixian.rules.fact import Value

OTHER = "＊"
"""Stands for every text that no selector asks for."""

Key = tuple[Value | None, ...]


class Shapes:
    """The shapes of one kind met so far (形集), by the values of its coded fields in the order of the layout."""

    met = 0
    """How many shapes were met so far by all of them together: as long as it stays the same, nothing is new anywhere."""

    def __init__(self, layout: KindLayout) -> None:
        self.layout = layout
        self.coded = tuple(layout.coded)
        self.all: list[Shape] = []
        self.keys: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self._title = layout.kind.title_field
        self._reduced = {self.coded.index(name): frozenset(names) for name, names in layout.reduced.items()}

    def number(self, key: Key) -> int:
        """The number of a shape; a new one is added."""
        found = self._numbers.get(key)
        return self._add(key) if found is None else found

    def number_of(self, values: Mapping[str, Value]) -> int:
        """The number of the shape of a fact."""
        key = tuple(map(values.get, self.coded))
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = self.number(self.reduced(key))
        return found

    def reduced(self, key: Key) -> Key:
        """The key with texts that no selector asks for made alike."""
        if not self._reduced:
            return key
        return tuple(
            OTHER
            if place in self._reduced and value is not None and value not in self._reduced[place]
            else value
            for place, value in enumerate(key)
        )

    def _add(self, key: Key) -> int:
        values = {name: value for name, value in zip(self.coded, key, strict=True) if value is not None}
        number = self._numbers[key] = len(self.all)
        Shapes.met += 1
        self.all.append(Shape(values, str(values.get(self._title, ""))))
        self.keys.append(key)
        return number
