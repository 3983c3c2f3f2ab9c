"""Running in threads: as many as the facts are worth, and the same results from any number of them."""

from __future__ import annotations

import numpy as np

from duixian.kernel.runner import WORTH_A_THREAD, Facts, decide, threads_for
from duixian.kernel.table_words import TableWords
from duixian.kernel.values import day_word
from tests.kernel.demo import AS_OF, demo_kernel, demo_tables


def test_few_facts_are_decided_where_they_are() -> None:
    assert threads_for(WORTH_A_THREAD - 1, 8) == 1
    assert threads_for(WORTH_A_THREAD, 8) == 8
    assert threads_for(WORTH_A_THREAD) >= 1


def test_any_number_of_threads_tells_the_same() -> None:
    program = demo_kernel().program
    gathered = TableWords(program.book, threads=1).gather(demo_tables())
    given = Facts(gathered.facts, gathered.starts, gathered.subjects)
    told = []
    for threads in (None, 1, 2, 3):
        decided = decide(program.image, 0, given, day_word(AS_OF), threads=threads)
        told.append([decided.out[first:end].tolist() for first, end in decided.spans.tolist()])
    assert all(each == told[0] for each in told)
    assert np.concatenate([rows for rows in told[0] if rows]).shape[0] > 400
