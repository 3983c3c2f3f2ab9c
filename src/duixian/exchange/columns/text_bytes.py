"""The bytes behind a column of texts (文本字节): what whole columns are looked through by, without a Python object per cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class TextBytes:
    """The UTF-8 of a column (文本字节): row i is ``data[offsets[i]:offsets[i + 1]]``; ``offsets`` begin at 0 and
    are of 32 or 64 bits."""

    data: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.int64]

    @classmethod
    def of(cls, array: Any) -> TextBytes:
        """The bytes of an array of strings, which keep the array's memory; those of a null mean nothing."""
        wide = pa.types.is_large_string(array.type)
        _, offsets, data = array.buffers()
        if offsets is None or not len(array):
            return cls(np.empty(0, np.uint8), np.zeros(len(array) + 1, np.int64))
        numbers: npt.NDArray[np.int64] = np.frombuffer(offsets, np.int64 if wide else np.int32)
        ends = numbers[array.offset : array.offset + len(array) + 1]
        letters = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
        begin = int(ends[0])
        starts = ends - begin if begin else ends
        return cls(letters[begin : int(ends[-1])], starts)

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How many bytes each row has."""
        return self.offsets[1:] - self.offsets[:-1]

    def rows_at(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The rows to which bytes belong."""
        if not len(places):
            return np.empty(0, np.int64)
        return np.searchsorted(self.offsets, places, side="right") - 1
