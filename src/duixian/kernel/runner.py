"""Running the loop over blocks of enterprises, in threads (分块运行)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import NamedTuple

import numpy as np

from duixian.kernel import bench as b
from duixian.kernel import words as w
from duixian.kernel.bench import new_bench
from duixian.kernel.loop import count_results, decide_range
from duixian.kernel.machine import room
from duixian.kernel.questions import Trials
from duixian.kernel.trying import FULL, NOTE, TOO_LARGE, note_range
from duixian.kernel.words import Words

BLOCKS_PER_THREAD = 8
FEW = 4
"""Where no fact meets more measures than that, room for results is guessed, not counted: what is not written to costs nothing."""
FIRST_PAIRS = 4096
WORTH_A_THREAD = 1 << 16
"""Fewer facts than that are decided where they are."""
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
    """Scratch room of one thread (工作台)."""

    def __init__(self, kinds: int, pairs: int) -> None:
        self._kinds = kinds
        self.make_room(pairs)

    def make_room(self, pairs: int) -> None:
        """Have room for an enterprise with so many pairs of a fact and a measure."""
        pairs = max(pairs, 1)
        self.bench = new_bench(self._kinds, pairs)
        self.others = np.zeros(pairs * w.AWARD, np.int64)
        self.evaluation = self.bench[b.EVALUATION : b.EVALUATION + len(room(self._kinds))]
        keys = b.EVALUATION + len(self.evaluation)
        self.awards = self.bench[keys + pairs : keys + pairs * (1 + w.AWARD)]
        self.choice = (
            self.bench[keys : keys + pairs],
            self.bench[b.ALIVE : b.BOUNDS],
            self.bench[b.BOUNDS : b.MEMBERS],
            self.bench[b.MEMBERS : b.SCRATCH],
            self.bench[b.SCRATCH : b.AWARD],
        )


class _Work(NamedTuple):
    """One run over all enterprises: what it reads, and where it writes."""

    image: Words
    facts: Words
    starts: Words
    subjects: Words
    subject_words: int
    as_of: int
    out: Words
    spans: Words
    entangled: Words


class _Kept:
    """The room of earlier results (留用空间), taken again once nobody holds them: new memory can cost more than deciding does."""

    MOST_WORDS = 1 << 27

    def __init__(self) -> None:
        self._lock, self._words = Lock(), np.empty(0, np.int64)

    def room(self, words: int) -> Words:
        """Room for so many words at least, whatever stands in it."""
        with self._lock:
            # Whoever holds results holds what they are a part of; besides, only this object and the question itself do.
            if self._words.size >= words and sys.getrefcount(self._words) == 2:
                return self._words
            found = np.empty(words, np.int64)
            if words <= self.MOST_WORDS:
                self._words = found
            return found


_KEPT = _Kept()


def threads_for(facts: int, most: int | None = None) -> int:
    """How many threads so many facts are worth: beginning one takes as long as deciding ten thousand facts."""
    return 1 if facts < WORTH_A_THREAD else most or os.cpu_count() or 1


def decide(
    image: Words, set_: int, given: Facts, as_of: int, *, threads: int | None = None, out: Words | None = None,
    trials: Trials | None = None,
) -> Decided:  # fmt: skip
    """Decide every enterprise under one set of decisions; with ``trials``, under set 0 and all others beside it.

    ``out`` may be given to be used again, when it is large enough.
    """
    number, threads = len(given.starts) - 1, threads or threads_for(len(given.facts))
    blocks = list(_blocks(number, threads * BLOCKS_PER_THREAD if threads > 1 else 1))
    begins, pairs = _begins(image, given, blocks)
    words = _KEPT.room(begins[-1]) if out is None or out.size < begins[-1] else out.reshape(-1)
    work = _Work(
        image, given.facts.reshape(-1), given.starts, given.subjects.reshape(-1), given.subjects.shape[1], as_of, words,
        np.empty(2 * number, np.int64), np.zeros(number, np.int64),
    )  # fmt: skip
    notes: list[Words] = [NO_NOTES] * len(blocks)

    def decide_block(desk: Desk, which: int) -> None:
        _decide(work, set_, desk, *blocks[which], begins[which])
        if trials is not None and trials.options:
            notes[which] = _note(work, trials, desk, *blocks[which])

    _in_threads(decide_block, len(blocks), threads, lambda: Desk(int(image[w.H_KIND_COUNT]), pairs))
    rows = words[: len(words) // w.RESULT * w.RESULT].reshape(-1, w.RESULT)
    return Decided(
        rows, work.spans.reshape(-1, 2), work.entangled, np.concatenate(notes) if notes else NO_NOTES
    )


def _begins(image: Words, given: Facts, blocks: list[tuple[int, int]]) -> tuple[list[int], int]:
    """Where the results of each block can start at the latest, and where the last can end; pairs that one enterprise may have."""
    most = max(int(image[w.H_MOST_ABOUT]), 1)
    edges = [first for first, _ in blocks] + [len(given.starts) - 1]
    if most <= FEW:
        return [int(given.starts[edge]) * most * w.RESULT for edge in edges], FIRST_PAIRS
    at_most = np.zeros(len(given.starts), np.int64)
    starts = given.starts * given.facts.shape[1]
    pairs = int(count_results(image, given.facts.reshape(-1), starts, at_most))
    return [int(at_most[edge]) for edge in edges], max(pairs, FIRST_PAIRS)


def _decide(work: _Work, set_: int, desk: Desk, first: int, end: int, at: int) -> None:
    """A block; once more with more room when there was too little for one enterprise."""
    while True:
        ended = decide_range(
            work.image, set_, work.facts, work.starts, work.subjects, work.subject_words, first, end, work.as_of, work.out, at,
            work.spans, work.entangled, desk.bench,
        )  # fmt: skip
        if ended >= 0:
            return
        desk.make_room(_most_pairs(work, -1 - ended))


def _most_pairs(work: _Work, enterprise: int) -> int:
    facts = int(work.starts[enterprise + 1] - work.starts[enterprise])
    return facts * max(int(work.image[w.H_MOST_ABOUT]), 1)


def _note(work: _Work, trials: Trials, desk: Desk, first: int, end: int) -> Words:
    """What other options would change in a block; once more with more room when there was too little."""
    most = 64 + 4 * int(work.starts[end] - work.starts[first])
    measures = int(work.image[w.H_MEASURE_COUNT])
    while True:
        notes = np.empty(most * NOTE, np.int64)
        count = note_range(
            work.image, len(trials.options) + 1, trials.touched, trials.starts, work.facts, work.starts, work.subjects,
            work.subject_words, first, end, work.as_of, work.spans, work.entangled, notes, most, np.zeros(measures + 1, np.int64),
            desk.evaluation, desk.awards, desk.others, *desk.choice,
        )  # fmt: skip
        if count >= 0:
            return notes[: count * NOTE].reshape(-1, NOTE)
        if count == FULL:
            most *= 4
        else:
            desk.make_room(_most_pairs(work, TOO_LARGE - count))


def _in_threads(
    decide_block: Callable[[Desk, int], None], blocks: int, threads: int, make_desk: Callable[[], Desk]
) -> None:
    """Let threads take blocks until none is left."""
    waiting = iter(range(blocks))

    def take(_: int) -> None:
        desk = make_desk()
        for which in waiting:
            decide_block(desk, which)

    if threads == 1 or blocks < 2:
        take(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(take, range(threads)))


def _blocks(number: int, count: int) -> Iterator[tuple[int, int]]:
    size = max(-(-number // count), 1)
    for first in range(0, number, size):
        yield first, min(first + size, number)
