"""Combinations of names (组合): the rows of several coded columns that are alike get one number, without sorting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from duixian.kernel.arrow import Coded, Listed

LARGEST = 1 << 22
"""Combinations are counted in a table of at most so many places."""


class Combined(NamedTuple):
    """For every row the number of its combination, and of each combination the names (None where missing)."""

    numbers: npt.NDArray[np.int64]
    names: list[tuple[Any, ...]]


def combine(columns: Sequence[Coded | Listed], rows: int) -> Combined:
    """The combinations of names that occur in ``rows`` rows of several columns."""
    numbers = np.zeros(rows, np.int64)
    seen: list[tuple[Any, ...]] = [()]
    for column in columns:
        width = len(column.names) + 1
        numbers = numbers * width + (column.places + 1)
        present, numbers = _pressed(numbers, len(seen) * width)
        names = [None, *column.names]
        seen = [(*seen[each // width], names[each % width]) for each in present.tolist()]
    return Combined(numbers, seen)


def _pressed(
    numbers: npt.NDArray[np.int64], size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The numbers that occur, and for every row the place of its own among them."""
    if size > LARGEST:
        present, places = np.unique(numbers, return_inverse=True)
        return present, places.astype(np.int64)
    occurs = np.zeros(size, bool)
    occurs[numbers] = True
    present = np.flatnonzero(occurs)
    place = np.zeros(size, np.int64)
    place[present] = np.arange(len(present))
    return present, place[numbers]
