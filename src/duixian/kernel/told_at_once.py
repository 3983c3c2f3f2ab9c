"""Results told at once (一遍取出): what an award is and what it comes to, as columns, in one pass over the rows of the loop."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.kernel import words as w
from duixian.kernel.columns import FEWEST, Numbers, tell_rows
from duixian.kernel.runner import Decided
from duixian.kernel.words import Words

_SUMS = 4


class Told(NamedTuple):
    """What was told at once (一遍所取): for every result the place of its enterprise, of its fact's text, and the number of its sort.

    ``rules`` and ``heads`` belong to the sorts, as ``number_pairs`` gives them; the sums are columns in fen.
    """

    owners: Numbers
    ids: Numbers
    sorts: Numbers
    rules: list[int]
    heads: list[int]
    ceiling: Any
    amount: Any
    city: Any
    county: Any


def told_at_once(decided: Decided, width: int, texts: Words) -> Told:
    """Tell the results of a run; a fact is ``width`` words long, and ``texts`` holds the place of each fact's text."""
    count, size = int((decided.spans[:, 1] - decided.spans[:, 0]).sum()), FEWEST
    owners, ids, sorts = (np.empty(count, np.int32) for _ in range(3))
    sums, known = np.empty((_SUMS, count), np.int64), np.empty((_SUMS, (count + 7) // 8), np.uint8)
    while True:
        table, firsts, seconds = (
            np.full(size, -1, np.int32),
            np.empty(size, np.int64),
            np.empty(size, np.int64),
        )
        found = int(
            tell_rows(
                decided.out, decided.spans, w.PAYABLE, -(-(1 << 64) // width), texts, table, firsts, seconds,
                owners, ids, sorts, sums, known,
            )
        )  # fmt: skip
        if found >= 0:
            break
        size *= 8
    columns = (_column(*each) for each in zip(sums, known, strict=True))
    return Told(owners, ids, sorts, firsts[:found].tolist(), seconds[:found].tolist(), *columns)


def _column(words: Words, known: npt.NDArray[np.uint8]) -> Any:
    buffer = pa.py_buffer(words)
    column = pa.Array.from_buffers(pa.int64(), len(words), [pa.py_buffer(known), buffer])
    return column if column.null_count else pa.Array.from_buffers(pa.int64(), len(words), [None, buffer])
