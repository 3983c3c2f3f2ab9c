"""Title, level and grade of whole columns (称号列): every combination that occurs is settled once, as a row of its own would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.columns.read_column import Mask, Numbers, numbers_of, valid_of
from duixian.exchange.tables.title_cells import Trouble
from duixian.rules.fact import Value
from duixian.rules.vocabulary import FactKind, FieldType

Settle: TypeAlias = Callable[[dict[str, Value]], Iterator[Trouble]]

_MOST_COUNTED = 1 << 22
_Settled: TypeAlias = tuple[str | None, ...] | None


class TitleColumns:
    """The columns of a kind that speak of a title (称号栏). ``settle`` is that of its rows."""

    def __init__(self, kind: FactKind, settle: Settle) -> None:
        self._settle = settle
        fields = map(kind.field_of_type, (FieldType.TITLE, FieldType.LEVEL, FieldType.GRADE))
        self._fields = [name for name in fields if name]
        self._known: dict[tuple[str | None, ...], _Settled] = {}

    def settled(self, columns: dict[str, Any], count: int) -> tuple[dict[str, Any], Mask | None]:
        """The columns with what each row's cells mean together, and the rows in which they do not go together.

        Every column that a title may fill is there afterwards.
        """
        written = {name: columns[name] for name in self._fields if name in columns}
        if not written:
            return columns, None
        parts = [(_places(each), [*each.dictionary.to_pylist(), None]) for each in written.values()]
        keys = _keys([part[0] for part in parts], [len(part[1]) for part in parts])
        combinations = [
            {name: part[1][place] for name, part, place in zip(written, parts, places, strict=True)}
            for places in keys.combinations
        ]
        found = [self._meaning(each) for each in combinations]
        if found == [tuple(each.get(name) for name in self._fields) for each in combinations]:
            return columns, None
        refused = np.array([each is None for each in found], np.bool_)
        rows, none = keys.rows(), (None,) * len(self._fields)
        settled = {
            name: _column([(each or none)[place] for each in found], rows)
            for place, name in enumerate(self._fields)
        }
        filled = {name: each for name, each in settled.items() if name in columns or each.null_count < count}
        return {**columns, **filled}, refused[rows] if refused.any() else None

    def _meaning(self, cells: dict[str, str | None]) -> _Settled:
        """The title, level and grade of such a row, in the order of the fields; None when anything is to be told of it."""
        key = tuple(cells.values())
        if key not in self._known:
            values: dict[str, Value] = {name: cell for name, cell in cells.items() if cell is not None}
            is_troubled = any(True for _ in self._settle(values))
            settled = tuple(str(values[name]) if name in values else None for name in self._fields)
            self._known[key] = None if is_troubled else settled
        return self._known[key]


def _places(array: Any) -> Numbers:
    """The place of each row's text in the dictionary; a null's is after the last."""
    numbers, valid = numbers_of(array.indices), valid_of(array)
    return numbers if valid is None else np.where(valid, numbers, len(array.dictionary))


@dataclass(frozen=True, slots=True)
class _Keys:
    """One number for each row, the same for rows that say the same; and which ``numbers`` occur, with their places."""

    of_rows: Numbers
    numbers: Numbers
    combinations: list[tuple[int, ...]]

    def rows(self) -> Numbers:
        """For each row the place of its combination."""
        if not len(self.numbers) or self.numbers[-1] > _MOST_COUNTED:
            return np.searchsorted(self.numbers, self.of_rows)
        rank = np.zeros(int(self.numbers[-1]) + 1, np.int32)
        rank[self.numbers] = np.arange(len(self.numbers))
        return rank[self.of_rows]


def _keys(places: list[Numbers], sizes: list[int]) -> _Keys:
    most = prod(sizes)
    keys: npt.NDArray[np.integer] = places[0].astype(np.int32 if most <= _MOST_COUNTED else np.int64)
    for part, size in zip(places[1:], sizes[1:], strict=True):
        keys *= size
        keys += part
    if most <= _MOST_COUNTED:
        occurs = np.zeros(most, np.bool_)
        occurs[keys] = True
        numbers = np.flatnonzero(occurs)
    else:
        numbers = np.unique(keys)
    split = np.unravel_index(numbers, sizes)
    return _Keys(keys, numbers, list(zip(*(each.tolist() for each in split), strict=True)))


def _column(names: list[str | None], rows: Numbers) -> Any:
    known = list(dict.fromkeys(name for name in names if name is not None))
    order = {name: place for place, name in enumerate(known)}
    numbers = np.array([-1 if name is None else order[name] for name in names], np.int32)[rows]
    missing = numbers < 0
    indices = pa.array(numbers, mask=missing if missing.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(known, pa.string()))
