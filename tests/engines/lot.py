"""The lot: a seeded source of chance with the few ways of drawing that random cities and dossiers need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Lot(Random):
    """Chance under a seed. A seed of text draws the same on every machine and under every hash seed."""

    def of(self, things: Sequence[T]) -> T:
        """One of these, each as likely as the other."""
        return things[int(self.random() * len(things))]

    def chance(self, percent: int) -> bool:
        """Whether something happens that happens so often in a hundred times."""
        return self.random() * 100 < percent

    def weighted(self, weights: Mapping[T, int]) -> T:
        """One of these, as likely as its weight."""
        return self.choices(tuple(weights), tuple(weights.values()))[0]

    def some(self, things: Sequence[T], least: int = 0, most: int | None = None) -> list[T]:
        """So many of these at most, none twice, in their own order."""
        most = len(things) if most is None else min(most, len(things))
        places = self.sample(range(len(things)), self.randint(min(least, most), most))
        return [things[place] for place in sorted(places)]

    def times(self, least: int, most: int, draw: Callable[[], T]) -> tuple[T, ...]:
        """So many draws."""
        return tuple(draw() for _ in range(self.randint(least, most)))
