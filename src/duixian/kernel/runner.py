"""Running the loop over blocks of enterprises, in threads (分块运行)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.best import SCRATCH
from duixian.kernel.bounds import BOUND, MOST_ALIVE, MOST_BOUNDS, MOST_MEMBERS
from duixian.kernel.loop import count_results, decide_range
from duixian.kernel.machine import room
from duixian.kernel.words import Words

BLOCKS_PER_THREAD = 8


class Decided(NamedTuple):
    """Results as words (结果): one row for each, from where to where those of each enterprise go, and who is too entangled."""

    out: Words
    spans: Words
    entangled: Words


class Desk:
    """Scratch room of one thread."""

    def __init__(self, kinds: int, keys: int) -> None:
        self.arrays = (
            room(kinds),
            np.zeros(max(keys, 1) * w.AWARD, np.int64),
            np.zeros(max(keys, 1), np.int64),
            np.zeros(MOST_ALIVE, np.int64),
            np.zeros(MOST_BOUNDS * BOUND, np.int64),
            np.zeros(MOST_MEMBERS, np.int64),
            np.zeros(MOST_BOUNDS * SCRATCH, np.int64),
        )


def decide(
    image: Words, set_: int, facts: Words, starts: Words, subjects: Words, as_of: int, threads: int | None = None,
    out: Words | None = None,
) -> Decided:  # fmt: skip
    """Decide every enterprise under one set of decisions. ``out`` may be given to be used again."""
    number = len(starts) - 1
    flat = facts.reshape(-1)
    starts = starts * facts.shape[1]
    at_most = np.zeros(number + 1, np.int64)
    keys = int(count_results(image, flat, starts, at_most))
    total = int(at_most[-1])
    out = np.empty(max(total, w.RESULT), np.int64) if out is None or out.size < total else out.reshape(-1)
    spans = np.zeros((number, 2), np.int64)
    entangled = np.zeros(number, np.int64)
    threads = threads or os.cpu_count() or 1
    kinds = int(image[w.H_KIND_COUNT])
    blocks = list(_blocks(number, threads * BLOCKS_PER_THREAD if threads > 1 else 1))
    waiting = iter(blocks)

    def work(desk: Desk) -> None:
        for first, end in waiting_blocks():
            decide_range(
                image, set_, flat, starts, subjects.reshape(-1), subjects.shape[1], first, end, as_of, out, int(at_most[first]),
                spans, entangled, *desk.arrays,
            )  # fmt: skip

    def waiting_blocks() -> Iterator[tuple[int, int]]:
        while True:
            block = next(waiting, None)
            if block is None:
                return
            yield block

    if len(blocks) < 2:
        work(Desk(kinds, keys))
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, [Desk(kinds, keys) for _ in range(threads)]))
    rows = out[: len(out) // w.RESULT * w.RESULT].reshape(-1, w.RESULT)
    return Decided(rows, spans // w.RESULT, entangled)


def _blocks(number: int, count: int) -> Iterator[tuple[int, int]]:
    size = max(-(-number // count), 1)
    for first in range(0, number, size):
        yield first, min(first + size, number)
