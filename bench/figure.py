"""A figure (测得值): the median, least and greatest of some runs, and the bound that the median should keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


class Unit(StrEnum):
    """What a figure counts (单位)."""

    TIME = "ns"
    MEMORY = "KiB"
    RATE = "per second"
    RATIO = "times"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured (测得值). ``values`` holds one number for each run; ``bound`` is the most that the median may be."""

    name: str
    unit: Unit
    values: Sequence[float]
    bound: float | None = None

    @property
    def median(self) -> float:
        """The middle run; half of the runs were no slower."""
        return median(self.values)

    @property
    def is_within(self) -> bool:
        """Whether the median keeps the bound; always so without one."""
        return self.bound is None or self.median <= self.bound

    def line(self) -> str:
        """The figure as a line of the table; see :data:`HEADER`."""
        numbers = (self.median, min(self.values), max(self.values))
        cells = "".join(f"{shown(number, self.unit):>12}" for number in numbers)
        return f"  {self.name:<42}{cells}{len(self.values):>7}  {self._judgement()}".rstrip()

    def _judgement(self) -> str:
        if self.bound is None:
            return ""
        return f"{'within' if self.is_within else 'BEYOND'} {shown(self.bound, self.unit)}"

    def as_json(self) -> dict[str, object]:
        """The figure as an object of the JSON file, numbers in its unit."""
        return {
            "name": self.name,
            "unit": str(self.unit),
            "runs": len(self.values),
            "median": self.median,
            "min": min(self.values),
            "max": max(self.values),
            "bound": self.bound,
            "is_within": self.is_within,
        }


HEADER = f"  {'':<42}{'median':>12}{'min':>12}{'max':>12}{'runs':>7}  bound"
"""The head of the table that figures are lines of."""

MICROSECOND, MILLISECOND, SECOND = 1_000, 1_000_000, 1_000_000_000
"""Lengths of time in ns."""


def shown(number: float, unit: Unit) -> str:
    """A number with its unit, in three or four digits."""
    if unit is Unit.TIME:
        return _time(number)
    if unit is Unit.MEMORY:
        return f"{number / 1024:,.0f} MiB"
    return f"{number:,.0f} /s" if unit is Unit.RATE else f"{number:.1f} ×"


def _time(nanoseconds: float) -> str:
    if nanoseconds < MILLISECOND:
        return f"{nanoseconds / MICROSECOND:.0f} µs"
    if nanoseconds < SECOND:
        return f"{nanoseconds / MILLISECOND:.{1 if nanoseconds < 100 * MILLISECOND else 0}f} ms"
    return f"{nanoseconds / SECOND:.2f} s"
