"""Rows in groups (分组): names as numbers, the combinations of names that occur, and how many enterprises each of them has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.columns.read_column import Numbers, numbers_of, valid_of

_MOST_COUNTED = 1 << 22
_BITS = 63


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of names as numbers (编号列): for each row the place of its name in the list."""

    places: Numbers
    names: list[str]


@dataclass(frozen=True, slots=True)
class Groups:
    """For each row the place of its group (分组); for each group and each column the place of its name in the column's list."""

    places: Numbers
    parts: tuple[Numbers, ...]
    lists: tuple[list[str], ...]

    def __len__(self) -> int:
        return len(self.parts[0])

    @property
    def names(self) -> list[tuple[str, ...]]:
        """The names of each group."""
        columns = [
            [names[at] for at in part.tolist()] for part, names in zip(self.parts, self.lists, strict=True)
        ]
        return list(zip(*columns, strict=True)) if columns else [()]

    def wider(self, columns: Sequence[int]) -> Groups:
        """The groups that some of the columns make, as a grouping of these groups."""
        if not columns:
            return Groups(np.zeros(len(self), np.int64), (), ())
        return combined([Listed(self.parts[column], self.lists[column]) for column in columns])


def listed(array: Any) -> Listed:
    """A column of names or numbers; what is missing is the empty name."""
    array = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    places, valid = numbers_of(array.indices), valid_of(array)
    texts = ["" if value is None else str(value) for value in array.dictionary.to_pylist()]
    if valid is not None:
        places, texts = np.where(valid, places, len(texts)), [*texts, ""]
    names = list(dict.fromkeys(texts))
    if names != texts:
        order = {name: place for place, name in enumerate(names)}
        places = np.array([order[text] for text in texts], np.int64)[places]
    return Listed(places, names)


def combined(columns: Sequence[Listed]) -> Groups:
    """The combinations of several columns that occur."""
    lists = tuple(column.names for column in columns)
    places, parts = _with_part(columns[0].places.astype(np.int64), (), len(lists[0]))
    for column in columns[1:]:
        size = len(column.names)
        places, parts = _with_part(places * size + column.places, parts, size)
    return Groups(places, parts, lists)


def _with_part(keys: Numbers, parts: tuple[Numbers, ...], size: int) -> tuple[Numbers, tuple[Numbers, ...]]:
    """Keys of groups with one more part, which is their rest by ``size``, as numbers of those that occur."""
    most = (len(parts[0]) if parts else 1) * size
    if most <= _MOST_COUNTED:
        occurring = np.flatnonzero(np.bincount(keys, minlength=1))
        rank = np.zeros(most, np.int64)
        rank[occurring] = np.arange(len(occurring))
        places = rank[keys]
    else:
        occurring, places = np.unique(keys, return_inverse=True)
    before, part = np.divmod(occurring, size)
    return places, (*(each[before] for each in parts), part)


def run_starts(owners: Numbers) -> Numbers:
    """The rows with which the rows of another owner begin; owners do not fall, and are not below 0."""
    return np.flatnonzero(np.diff(owners, prepend=-1))


def owners_in_groups(starts: Numbers, groups: Numbers, count: int) -> Numbers:
    """How many owners each of so many groups has; the rows of each owner begin at ``starts``."""
    found = np.zeros(count, np.int64)
    # One bit for each group: the groups of an owner are the bits of his rows together.
    for first in range(0, count, _BITS) if len(starts) else ():
        if count <= _BITS:
            bits = np.int64(1) << groups
        else:
            here = groups - first
            bits = np.where((here >= 0) & (here < _BITS), np.int64(1) << (here & 0x3F), 0)
        owned = np.bitwise_or.reduceat(bits, starts)
        for bit in range(min(_BITS, count - first)):
            found[first + bit] = np.count_nonzero(owned & np.int64(1 << bit))
    return found
