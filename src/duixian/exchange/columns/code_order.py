"""Credit codes in their order (代码排序): whether rows go by enterprise, where one enterprise ends, and who is among whom."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from duixian.exchange.columns.codes import CODE_TYPE, Codes, code_bytes

Places = npt.NDArray[np.int64]

_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_MANY = 1 << 16
"""So many codes are sorted by several threads; that is not worth loading them for fewer."""
_HIGH, _LOW, _TAIL = (0, ">u8"), (8, ">u8"), (16, ">u2")


def first_rows(codes: Codes, *, are_sorted: bool = False) -> Places:
    """The rows at which another code begins than that of the row before."""
    if not len(codes):
        return np.empty(0, np.int64)
    parts = [_LOW, _TAIL, _HIGH]
    if are_sorted and codes[0][: _LOW[0]] == codes[-1][: _LOW[0]]:
        # The first and the last begin alike, and so do all between them.
        parts = [_LOW, _TAIL]
    begins = np.zeros(len(codes), np.bool_)
    begins[0] = True
    for place, type_ in parts:
        word = _word(codes, place, type_.replace(">", "<"))
        begins[1:] |= word[1:] != word[:-1]
    return np.flatnonzero(begins)


def rise(codes: Codes) -> bool:
    """Whether every code is greater than the one before."""
    high, low, tail = (_word(codes, place, type_) for place, type_ in (_HIGH, _LOW, _TAIL))
    same_high, same_low = high[1:] == high[:-1], low[1:] == low[:-1]
    greater = high[1:] > high[:-1]
    greater |= same_high & (low[1:] > low[:-1])
    if same_low.any():
        greater |= same_high & same_low & (tail[1:] > tail[:-1])
    return bool(greater.all())


def order_of(codes: Codes) -> Places:
    """The rows by code, rows of one code in the order in which they come."""
    words = {
        name: _word(codes, place, type_).astype(np.uint64)
        for name, (place, type_) in {"high": _HIGH, "low": _LOW, "tail": _TAIL}.items()
    }
    if len(codes) < _MANY:
        return np.lexsort((words["tail"], words["low"], words["high"]))

    import polars as pl

    rows = pl.DataFrame({**words, "row": np.arange(len(codes))})
    return rows.select(pl.arg_sort_by("high", "low", "tail", "row")).to_series().to_numpy().astype(np.int64)


class KnownCodes:
    """Codes that rise, to look others up in (已知代码)."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self._high, self._low, self._tail = (_word(codes, *part) for part in (_HIGH, _LOW, _TAIL))

    def places_of(self, codes: Codes) -> Places:
        """For each of some codes, which rise, its place among these; -1 where it is not there."""
        if not len(codes) or not len(self.codes):
            return np.full(len(codes), -1, np.int64)
        high, low, tail = (_word(codes, *part) for part in (_HIGH, _LOW, _TAIL))
        if high[0] == high[-1] == self._high[0] == self._high[-1]:
            # All codes of both begin alike, as those of one region do.
            places = _exact(np.searchsorted(self._low, low), self._low, low)
        else:
            places = self._by_beginning(high, low)
        met = np.flatnonzero(places >= 0) if places.min() < 0 else np.arange(len(places))
        for row in met[self._tail[places[met]] != tail[met]].tolist():
            # Alike in sixteen characters: these are compared as the texts they are.
            place = int(np.searchsorted(self.codes, codes[row]))
            places[row] = place if place < len(self.codes) and self.codes[place] == codes[row] else -1
        return places

    def _by_beginning(self, high: Any, low: Any) -> Places:
        """The places of the codes that are the same in sixteen characters."""
        places = np.full(len(high), -1, np.int64)
        begins = np.flatnonzero(np.diff(high, prepend=np.uint64(0)))
        for start, end in zip(begins.tolist(), [*begins[1:].tolist(), len(high)], strict=True):
            # Numbers are found three times as fast as texts; few codes begin alike, so this goes round seldom.
            first, last = (int(np.searchsorted(self._high, high[start], side)) for side in _SIDES)
            if first < last:
                nearest = np.searchsorted(self._low[first:last], low[start:end])
                found = _exact(nearest, self._low[first:last], low[start:end])
                places[start:end] = np.where(found < 0, -1, found + first)
        return places


def _exact(nearest: Places, known: Any, sought: Any) -> Places:
    """The places at which something is known, which are ``nearest`` to what is sought; -1 where it is something else."""
    np.minimum(nearest, len(known) - 1, out=nearest)
    differs = known[nearest] != sought
    if differs.any():
        nearest[differs] = -1
    return nearest


def filled_codes(array: Any) -> Codes:
    """The codes of a column, an empty one where it is missing."""
    if not array.null_count:
        return code_bytes(array)
    codes = np.zeros(len(array), CODE_TYPE)
    valid = array.is_valid().to_numpy(zero_copy_only=False)
    codes[valid] = code_bytes(array.drop_null())
    return codes


def _word(codes: Codes, place: int, type_: str) -> Any:
    """Some bytes of every code as a number."""
    if not len(codes):
        return np.empty(0, np.dtype(type_).newbyteorder("="))
    letters = np.ascontiguousarray(codes)
    word = np.ndarray(len(codes), type_, letters, place, letters.strides)
    return word.astype(word.dtype.newbyteorder("="))
