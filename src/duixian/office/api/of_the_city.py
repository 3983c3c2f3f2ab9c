"""What is made of the city once (随城缓存), and made again for a city that has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from duixian.rules.policy import City

T = TypeVar("T")


class OfTheCity(Generic[T]):
    """A value that is dear to make and depends on the city alone; two threads may make it twice, which does no harm.

    Whoever asks names the city that he works with: while its folder changes, others may work with another already.
    """

    def __init__(self, make: Callable[[City], T]) -> None:
        self._make = make
        self._kept: tuple[City, T] | None = None

    def __call__(self, here: City) -> T:
        """The value for this city."""
        kept = self._kept
        if kept is None or kept[0] is not here:
            kept = self._kept = (here, self._make(here))
        return kept[1]
