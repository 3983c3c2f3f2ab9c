"""A batch (批量结果): what the kernel found for tables of facts, with what other answers to open questions would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.kernel import words as w
from duixian.kernel.measure_book import MeasureBook
from duixian.kernel.questions import Trials
from duixian.kernel.result_table import AT_ONCE, Listed, ResultTables, Rows, fen_column, orders_of, rows_of
from duixian.kernel.runner import Decided
from duixian.kernel.table_words import Gathered
from duixian.kernel.trying import N_AMOUNT, N_CITY, N_ENTERPRISE, N_FACT, N_OUTCOME, N_RESULT, N_RULE, N_SET
from duixian.kernel.words import Words

MISSING = w.MISSING
NO_RESULTS: Words = np.empty(0, np.int64)
_BITS = 62


class Batch(NamedTuple):
    """What came of a batch (批量结果).

    ``table`` holds a row for each determination (see ``result_table``), ``marks`` one for each option that would change one: ``result``
    (the row of the table), ``interpretation``, ``option``, ``outcome``, ``amount_fen``, ``city_fen``. ``entangled`` are the credit codes of
    the enterprises whose choice the loop left open: the reference engine has to decide them.
    """

    table: Any
    marks: Any
    entangled: tuple[str, ...]


def batch(
    decided: Decided,
    gathered: Gathered,
    book: MeasureBook,
    tables: ResultTables,
    trials: Trials | None,
    *,
    strict: bool,
    columns: Sequence[str] = (),
) -> Batch:
    """Put a run's results into tables; only some ``columns`` of them where any are named."""
    # What options would change in a choice that is open itself, nobody knows.
    decided = decided._replace(notes=decided.notes[decided.entangled[decided.notes[:, N_ENTERPRISE]] == 0])
    is_plain = trials is None and not len(decided.notes) and not book.names.texts
    if columns and is_plain and AT_ONCE.issuperset(columns):
        table = tables.table_at_once(decided, gathered, columns)
        return Batch(table, _marks(decided.notes, NO_RESULTS, None), _entangled(decided, gathered))
    rows = _unmatched_by_number(rows_of(decided), gathered, book)
    results = _results_of_notes(decided)
    if trials is not None and len(decided.notes):
        rows, results = _with_brought(rows, decided.notes, results, book)
    questions = _questions(len(rows.owner), decided.notes, results, trials) if trials is not None else None
    if strict and questions is not None:
        rows = _held_back(rows, questions.places != 0)
    return Batch(
        tables.table(rows, gathered, questions, columns),
        _marks(decided.notes, results, trials),
        _entangled(decided, gathered),
    )


def _entangled(decided: Decided, gathered: Gathered) -> tuple[str, ...]:
    """Who is left to the reference engine."""
    open_ = np.flatnonzero(decided.entangled)
    return tuple(gathered.codes.take(pa.array(open_)).to_pylist()) if len(open_) else ()


def _unmatched_by_number(rows: Rows, gathered: Gathered, book: MeasureBook) -> Rows:
    """The rows of facts that no measure is about go by kind and number; those whose number a rule writes down came in another place."""
    if not book.names.texts:
        return rows
    unmatched = np.flatnonzero((rows.rule & w.PART_MASK) == 0)
    fact = rows.fact[unmatched] // book.layout.fact_words
    is_odd = gathered.facts[fact, w.F_ID] < -1
    if not is_odd.any():
        return rows
    owner = rows.owner[unmatched]
    some = np.isin(owner, owner[is_odd])
    fact, kinds = fact[some], gathered.facts[fact[some], 0] >> w.KIND_SHIFT
    numbers = gathered.ids.take(pa.array(gathered.id_texts[fact])).to_pylist()
    keys = list(zip(owner[some].tolist(), kinds.tolist(), numbers, strict=True))
    moved = np.arange(len(rows.owner))
    moved[unmatched[some]] = unmatched[some][sorted(range(len(keys)), key=keys.__getitem__)]
    return Rows(*(column[moved] for column in rows))


def _results_of_notes(decided: Decided) -> Words:
    """Which row of the results each note is about; below 0 for awards that only the option knows of."""
    if not len(decided.notes):
        return NO_RESULTS
    firsts = np.cumsum(np.append(0, decided.spans[:, 1] - decided.spans[:, 0]))[:-1]
    owner, result = decided.notes[:, N_ENTERPRISE], decided.notes[:, N_RESULT]
    found: Words = np.where(result < 0, -1, result - decided.spans[owner, 0] + firsts[owner])
    return found


def _with_brought(rows: Rows, notes: Words, results: Words, book: MeasureBook) -> tuple[Rows, Words]:
    """The results with awards that only other options know of, in their places; and where each note's result now is."""
    brought = np.flatnonzero(results < 0)
    if not len(brought):
        return rows, results
    count = len(rows.owner)
    new = _out_of_scope(notes[brought])
    all_ = Rows(*(np.concatenate(pair) for pair in zip(rows, new, strict=True)))
    pairs = (all_.owner << 40) | all_.fact // book.layout.fact_words
    is_unmatched = (all_.rule & w.PART_MASK) == 0
    keep = ~(is_unmatched & np.isin(pairs, pairs[count:]))
    sequence = np.arange(len(pairs))
    second = np.where(is_unmatched, sequence, all_.fact)
    order = np.lexsort((sequence, second, orders_of(all_, book), all_.owner))
    order = order[keep[order]]
    place = np.full(len(pairs), -1, np.int64)
    place[order] = np.arange(len(order))
    moved = results.copy()
    moved[brought] = count + np.arange(len(brought))
    return Rows(*(column[order] for column in all_)), place[moved]


def _out_of_scope(notes: Words) -> Rows:
    """Results for awards that only another option knows of: out of scope as things stand."""
    count = len(notes)
    nothing, zero = np.full(count, MISSING, np.int64), np.zeros(count, np.int64)
    head = notes[:, N_FACT] | w.INELIGIBLE << w.OUTCOME_SHIFT | w.R_OUT_OF_SCOPE << w.REASON_SHIFT
    return Rows(notes[:, N_ENTERPRISE], head, notes[:, N_RULE], nothing, nothing, zero, nothing, zero)


def _questions(count: int, notes: Words, results: Words, trials: Trials) -> Listed:
    """For every result the open questions that mark it, joined, in the order of the city."""
    names = list(dict.fromkeys(each.interpretation for each in trials.options))
    number = np.array([0, *(names.index(each.interpretation) for each in trials.options)], np.int64)
    asked = number[notes[:, N_SET]] if len(notes) else np.zeros(0, np.int64)
    flags = np.zeros((count, -(-max(len(names), 1) // _BITS)), np.int64)
    for place in range(flags.shape[1]):
        here = asked // _BITS == place
        np.bitwise_or.at(flags[:, place], results[here], np.int64(1) << asked[here] % _BITS)
    marked = np.flatnonzero(flags.any(axis=1))
    distinct, which = np.unique(flags[marked], axis=0, return_inverse=True)
    told = [
        "；".join(name for at, name in enumerate(names) if int(each[at // _BITS]) >> at % _BITS & 1)
        for each in distinct
    ]
    places = np.zeros(count, np.int64)
    places[marked] = which.reshape(-1) + 1
    return Listed(places, ["", *told])


def _held_back(rows: Rows, is_touched: Any) -> Rows:
    """What an open question touches is undecided, with nothing told."""
    head = rows.fact | w.UNDECIDED << w.OUTCOME_SHIFT | w.R_STRICT << w.REASON_SHIFT
    return rows._replace(
        head=np.where(is_touched, head, rows.head),
        amount=np.where(is_touched, MISSING, rows.amount),
        city=np.where(is_touched, MISSING, rows.city),
        note=np.where(is_touched, 0, rows.note),
    )


def _marks(notes: Words, results: Words, trials: Trials | None) -> Any:
    """What each option would give, as a table."""
    options = trials.options if trials is not None else ()
    order = np.lexsort((notes[:, N_SET], results))
    notes = notes[order]
    sets = notes[:, N_SET] - 1
    return pa.table({
        "result": pa.array(results[order]),
        "interpretation": Listed(sets, [each.interpretation for each in options]).arrow(),
        "option": Listed(sets, [each.option for each in options]).arrow(),
        "outcome": Listed(notes[:, N_OUTCOME], [str(each) for each in w.OUTCOMES]).arrow(),
        "amount_fen": fen_column(notes[:, N_AMOUNT]),
        "city_fen": fen_column(notes[:, N_CITY]),
    })  # fmt: skip
