"""Running the loop over blocks of enterprises, in threads (分块运行)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from duixian.kernel import words as w
from duixian.kernel.best import SCRATCH
from duixian.kernel.bounds import BOUND, MOST_ALIVE, MOST_BOUNDS, MOST_MEMBERS
from duixian.kernel.loop import count_results, decide_range
from duixian.kernel.machine import room
from duixian.kernel.questions import Trials
from duixian.kernel.trying import FULL, NOTE, try_range
from duixian.kernel.words import Words

BLOCKS_PER_THREAD = 8
NO_NOTES = np.zeros((0, NOTE), np.int64)


class Decided(NamedTuple):
    """Results as words (结果的字): one row for each, from where to where those of each enterprise go, and who is too entangled.

    ``notes`` are what other options would change, in the order of enterprises; none where nobody asked.
    """

    out: Words
    spans: Words
    entangled: Words
    notes: Words


class Facts(NamedTuple):
    """Facts to be decided (待决事实): (facts × words), where each enterprise starts, (enterprises × words of its description)."""

    facts: Words
    starts: Words
    subjects: Words


class Desk:
    """Scratch room of one thread."""

    def __init__(self, kinds: int, pairs: int) -> None:
        pairs = max(pairs, 1)
        self.evaluation = room(kinds)
        self.awards, self.others = np.zeros(pairs * w.AWARD, np.int64), np.zeros(pairs * w.AWARD, np.int64)
        self.choice = (
            np.zeros(pairs, np.int64),
            np.zeros(MOST_ALIVE, np.int64),
            np.zeros(MOST_BOUNDS * BOUND, np.int64),
            np.zeros(MOST_MEMBERS, np.int64),
            np.zeros(MOST_BOUNDS * SCRATCH, np.int64),
        )

    @property
    def arrays(self) -> tuple[Words, ...]:
        """What a plain run needs."""
        return (self.evaluation, self.awards, *self.choice)


class _Work(NamedTuple):
    """One run over all enterprises: what it reads, and where it writes."""

    image: Words
    facts: Words
    starts: Words
    subjects: Words
    subject_words: int
    as_of: int
    out: Words
    at_most: Words
    spans: Words
    entangled: Words


def decide(
    image: Words, set_: int, given: Facts, as_of: int, *, threads: int | None = None, out: Words | None = None,
    trials: Trials | None = None,
) -> Decided:  # fmt: skip
    """Decide every enterprise under one set of decisions; with ``trials``, under set 0 and all others beside it.

    ``out`` may be given to be used again, when it is large enough.
    """
    number = len(given.starts) - 1
    flat, starts = given.facts.reshape(-1), given.starts * given.facts.shape[1]
    at_most = np.zeros(number + 1, np.int64)
    pairs = int(count_results(image, flat, starts, at_most))
    total = int(at_most[-1])
    words = np.empty(max(total, w.RESULT), np.int64) if out is None or out.size < total else out.reshape(-1)
    work = _Work(
        image, flat, starts, given.subjects.reshape(-1), given.subjects.shape[1], as_of, words, at_most,
        np.zeros((number, 2), np.int64), np.zeros(number, np.int64),
    )  # fmt: skip
    notes: dict[int, Words] = {}

    def block(desk: Desk, first: int, end: int) -> None:
        if trials is None:
            decide_range(
                image,
                set_,
                *work[1:5],
                first,
                end,
                as_of,
                words,
                int(at_most[first]),
                *work[8:],
                *desk.arrays,
            )
        else:
            notes[first] = _try(work, trials, desk, first, end)

    _in_threads(
        block, number, threads or os.cpu_count() or 1, lambda: Desk(int(image[w.H_KIND_COUNT]), pairs)
    )
    rows = words[: len(words) // w.RESULT * w.RESULT].reshape(-1, w.RESULT)
    told = [notes[first] for first in sorted(notes)]
    return Decided(rows, work.spans // w.RESULT, work.entangled, np.concatenate(told) if told else NO_NOTES)


def _try(work: _Work, trials: Trials, desk: Desk, first: int, end: int) -> Words:
    """A block with all trials; once more with more room when there was too little for its notes."""
    most = 64 + 4 * int(work.at_most[end] - work.at_most[first]) // w.RESULT
    while True:
        notes = np.empty(most * NOTE, np.int64)
        _, count = try_range(
            work.image, len(trials.options) + 1, trials.touched, trials.starts, *work[1:5], first, end, work.as_of, work.out,
            int(work.at_most[first]), work.spans, work.entangled, notes, most, desk.evaluation, desk.awards, desk.others,
            np.zeros(int(work.image[w.H_MEASURE_COUNT]) + 1, np.int64), *desk.choice,
        )  # fmt: skip
        if count != FULL:
            return notes[: count * NOTE].reshape(-1, NOTE)
        most *= 4


def _in_threads(
    block: Callable[[Desk, int, int], None], number: int, threads: int, make_desk: Callable[[], Desk]
) -> None:
    """Let threads take blocks until none is left."""
    waiting = iter(list(_blocks(number, threads * BLOCKS_PER_THREAD if threads > 1 else 1)))

    def take(_: int) -> None:
        desk = make_desk()
        for first, end in waiting:
            block(desk, first, end)

    if threads == 1 or number < 2:
        take(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(take, range(threads)))


def _blocks(number: int, count: int) -> Iterator[tuple[int, int]]:
    size = max(-(-number // count), 1)
    for first in range(0, number, size):
        yield first, min(first + size, number)
