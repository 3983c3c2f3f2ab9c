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
    import polars as pl

    valid = valid_of(numbers)
    series = pl.from_arrow(numbers if valid is None else numbers.drop_null())
    assert isinstance(series, pl.Series)
    return RowKeys(series.hash().to_numpy(), None if valid is None else np.flatnonzero(valid))


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
