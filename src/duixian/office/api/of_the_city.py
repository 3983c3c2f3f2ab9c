"""What is made of the city once (随城缓存), and made again when a file of its folder has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from duixian.office.city import city
from duixian.rules.policy import City

T = TypeVar("T")


class OfTheCity(Generic[T]):
    """A value that is dear to make and depends on the city alone; two threads may make it twice, which does no harm."""

    def __init__(self, make: Callable[[City], T]) -> None:
        self._make = make
        self._kept: tuple[City, T] | None = None

    def __call__(self) -> T:
        """The value for the city as it is now."""
        here, kept = city(), self._kept
        if kept is None or kept[0] is not here:
            kept = self._kept = (here, self._make(here))
        return kept[1]
