"""A column that was read (读出的列), and how NumPy sees an Arrow array: its numbers, and where it has any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column as its field's type (读出的列). ``unread`` are the cells that the row reader refuses; None: there are none."""

    values: Any
    unread: Mask | None = None


def numbers_of(array: Any) -> Numbers:
    """The numbers behind an array of a fixed width, without a copy; what stands at a null means nothing."""
    bare = pa.Array.from_buffers(array.type, len(array), [None, array.buffers()[1]], offset=array.offset)
    return bare.to_numpy()  # type: ignore[no-any-return]


def valid_of(array: Any) -> Mask | None:
    """Where an array has a value; None when everywhere."""
    if not array.null_count:
        return None
    return pc.is_valid(array).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def from_numbers(numbers: Numbers, valid: Mask | None, type_: Any, unread: Mask | None = None) -> ReadColumn:
    """A column from numbers; where they are refused there is no value. ``unread`` counts only where there was one."""
    if unread is not None:
        unread = unread if valid is None else unread & valid
        if not unread.any():
            unread = None
        else:
            valid = ~unread if valid is None else valid & ~unread
    return ReadColumn(pa.array(numbers, mask=None if valid is None else ~valid).cast(type_), unread)


def missing(count: int, type_: Any) -> ReadColumn:
    """A column without a value."""
    return ReadColumn(pa.nulls(count, type_))
