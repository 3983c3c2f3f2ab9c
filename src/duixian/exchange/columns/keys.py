"""Numbers that come twice (重复编号): twenty million of them are told apart by their order, or else by their hashes.

Equal texts have equal hashes; the few that only seem equal are read row by row as well, and turn out to be different there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.columns.read_column import valid_of
from duixian.exchange.columns.text_bytes import TextBytes

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]

NO_KEYS: Keys = np.empty(0, np.uint64)
_WORD = 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
"""An odd number of many bits: what is multiplied by it is spread over the whole word."""
_FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(_WORD + 1)], np.uint64)
"""Leaves so many bytes of a word."""


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers each of which is greater than the one before (递增编号): the first and the last."""

    first: bytes
    last: bytes


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The keys of the numbers of some rows (编号散列); of all rows, where ``rows`` is None."""

    keys: Keys
    rows: Rows | None = None

    def rows_with(self, sought: Keys) -> Rows:
        """The rows whose key is among those ``sought``, which rise."""
        if not len(sought):
            return np.empty(0, np.int64)
        nearest = np.minimum(np.searchsorted(sought, self.keys), len(sought) - 1)
        places = np.flatnonzero(sought[nearest] == self.keys)
        return places if self.rows is None else self.rows[places]


def keys_of(numbers: Any) -> RowKeys:
    """The keys of an array of texts, but for those that are missing."""
    valid = valid_of(numbers)
    told = numbers if valid is None else numbers.drop_null()
    return RowKeys(_mixed(TextBytes.of(told)), None if valid is None else np.flatnonzero(valid))


def keys_of_texts(texts: Sequence[str]) -> Keys:
    """The keys of some texts."""
    return keys_of(pa.array(texts, pa.string())).keys


def span_of(numbers: Any) -> Span | None:
    """From where to where an array of texts rises; None when it does not, or when that is not seen at a glance."""
    texts = TextBytes.of(numbers)
    count = len(numbers)
    length = int(texts.lengths[0]) if count else 0
    if numbers.null_count or not _WORD <= length <= 2 * _WORD or (texts.lengths != length).any():
        return None
    # The second word begins inside the first where the text is short: what they share is equal whenever it is looked at.
    high, low = (_words(texts, place, length) for place in (0, length - _WORD))
    rises = high[1:] > high[:-1]
    rises |= (high[1:] == high[:-1]) & (low[1:] > low[:-1])
    return Span(bytes(texts.data[:length]), bytes(texts.data[-length:])) if rises.all() else None


def repeated(keys: Sequence[Keys]) -> Keys:
    """The keys that come more than once in all of these, each once."""
    ordered = np.concatenate([NO_KEYS, *keys])
    ordered.sort()
    return np.unique(ordered[1:][ordered[1:] == ordered[:-1]])


def _words(texts: TextBytes, place: int, length: int) -> Keys:
    """Eight bytes of every text as a number that compares as they do."""
    words = np.ndarray(len(texts.lengths), ">u8", texts.data, place, (length,))
    return words.astype(np.uint64)


def _mixed(texts: TextBytes) -> Keys:
    """Every text as one number: its length and its bytes, eight at a time, one multiplied into the other."""
    starts, lengths = texts.offsets[:-1].astype(np.int64), texts.lengths.astype(np.int64)
    keys = lengths.astype(np.uint64) * _FACTOR
    if not len(texts.data):
        return keys
    padded = np.concatenate([texts.data, np.zeros(_WORD, np.uint8)])
    words = np.ndarray(len(texts.data) + 1, "<u8", padded, 0, (1,))
    rows: Any = slice(None)
    for begin in range(0, int(lengths.max()), _WORD):
        if begin >= lengths.min():
            rows = np.flatnonzero(lengths > begin)
        word = words[starts[rows] + begin] & _FIRST_BYTES[np.minimum(lengths[rows] - begin, _WORD)]
        mixed = (keys[rows] ^ word) * _FACTOR
        keys[rows] = mixed ^ (mixed >> np.uint64(29))
    return keys
