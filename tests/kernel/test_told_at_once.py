"""What is told in one pass is what is told column by column, to the last null."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from duixian.kernel import words as w
from duixian.kernel.result_table import AT_ONCE, ResultTables, rows_of
from duixian.kernel.runner import Decided, Facts, decide
from duixian.kernel.sentences import basis_words, reason_words
from duixian.kernel.table_words import TableWords
from duixian.kernel.told_at_once import told_at_once
from duixian.kernel.values import day_word
from duixian.wording import Language
from tests.kernel.demo import AS_OF, demo_kernel, demo_tables


def test_the_demo_city_is_told_the_same_in_one_pass() -> None:
    program = demo_kernel().program
    gathered = TableWords(program.book, 1).gather(demo_tables())
    given = Facts(gathered.facts, gathered.starts, gathered.subjects)
    decided = decide(program.image, 0, given, day_word(AS_OF), threads=1)
    tables = ResultTables(
        program.book, partial(reason_words, Language.CHINESE), partial(basis_words, Language.CHINESE)
    )
    columns = sorted(AT_ONCE)
    slowly = tables.table(rows_of(decided), gathered, None, columns)
    at_once = tables.table_at_once(decided, gathered, columns)
    assert at_once.equals(slowly)
    assert at_once.schema == slowly.schema
    assert 0 < at_once["amount_fen"].null_count < len(at_once)


def test_however_many_sorts_of_results_there_are() -> None:
    count = 3_001
    out = np.zeros((count + 2, w.RESULT), np.int64)
    out[2:, 1] = np.arange(count)
    out[2:, 0] = np.arange(count) % 5 * 3
    spans = np.array([[2, 3], [3, 3], [3, count + 2]])
    told = told_at_once(Decided(out, spans, np.zeros(3, np.int64), out[:0]), 3, np.arange(5) * 10)
    assert told.rules == list(range(count))
    assert told.sorts.tolist() == list(range(count))
    assert told.owners.tolist() == [0] + [2] * (count - 1)
    assert told.ids.tolist() == [place % 5 * 10 for place in range(count)]
    assert told.amount.null_count == 0


@pytest.mark.parametrize("with_marks", [False, True])
def test_whoever_names_columns_gets_those_of_the_whole_table(with_marks: bool) -> None:
    columns = ["fact", "enterprise", "amount_fen", "outcome", "county_fen", "measure_id"]
    kernel, tables = demo_kernel(), demo_tables()
    some = kernel.determine(tables, AS_OF, with_marks=with_marks, columns=columns).table
    whole = kernel.determine(tables, AS_OF, with_marks=with_marks).table
    assert some.column_names == columns
    assert some.to_pydict() == whole.select(columns).to_pydict()


@pytest.mark.parametrize("with_marks", [False, True])
def test_columns_that_results_do_not_have_are_told(with_marks: bool) -> None:
    with pytest.raises(ValueError, match="colour"):
        demo_kernel().determine(demo_tables(), AS_OF, with_marks=with_marks, columns=["fact", "colour"])
