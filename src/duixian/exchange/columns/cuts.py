"""Where blocks end (分块点): after so many enterprises of whatever table has most, so that a block fits into memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import groupby

from duixian.exchange.columns.census import Mark

ROWS_PER_ENTERPRISE = 16
"""A block ends early when its enterprises have so many rows on average."""
LEAST = 1 << 14
"""A block of fewer enterprises takes longer to begin than to be worked on."""
BLOCKS = 4
"""Into so many blocks at least what is worth it is cut: one is read, one worked on and one written at a time."""


def worth_a_block(tables: Sequence[Sequence[Mark]]) -> int:
    """How many enterprises a block should have at most, for all that work on blocks to have something to do."""
    most = max((sum(mark.enterprises for mark in each) for each in tables), default=0)
    return max(LEAST, -(-most // BLOCKS))


def cuts(tables: Sequence[Iterable[Mark]], enterprises: int) -> list[bytes]:
    """The codes after which a block ends, the last block left open; about so many enterprises are in each.

    ``tables`` are the marks of each table; those of one that is not sorted may come in any order.
    """
    found: list[bytes] = []
    gone, rows = [0] * len(tables), 0
    placed = [
        sorted(((mark.code, place, mark) for mark in each), key=_code) for place, each in enumerate(tables)
    ]
    for code, marks in groupby(merge(*placed, key=_code), key=_code):
        for _, place, mark in marks:
            gone[place] += mark.enterprises
            rows += mark.rows
        if max(gone) >= enterprises or rows >= enterprises * ROWS_PER_ENTERPRISE:
            found.append(code)
            gone, rows = [0] * len(tables), 0
    return found


def _code(placed: tuple[bytes, int, Mark]) -> bytes:
    return placed[0]
