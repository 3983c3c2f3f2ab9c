"""Duixian's own kernel beside the others (兑现内核): the city's policies compiled, typed tables gathered by enterprise, then decided."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from bench.peers.duixian_files import checked
from bench.peers.duixian_files import unchecked as files_unchecked
from bench.peers.engine import Engine
from bench.peers.lines import NONE, Lines
from bench.peers.stretches import stretches_of
from bench.peers.workload import AS_OF, city, rules
from bench.world.columns import SLOTS, Columns, Int8, Int32, Int64
from bench.world.tables import fact_tables
from bench.world.write import GROUP
from duixian.kernel import words as w
from duixian.kernel.measure_book import MeasureBook
from duixian.kernel.program import Program
from duixian.kernel.result_table import Rows, orders_of, rows_of
from duixian.kernel.runner import Decided, Facts, decide, threads_for
from duixian.kernel.table_words import Gathered, TableWords
from duixian.kernel.values import day_word

THREADS = 2
STRETCH = GROUP
"""Enterprises whose typed tables are in memory at a time while they are gathered."""


class Prepared(NamedTuple):
    """What a run needs, and what tells its results afterwards: the program's book, and every fact's number by its place."""

    image: w.Words
    facts: Facts
    book: MeasureBook
    numbers: Int32


def duixian() -> Engine:
    """The kernel without marks and without result tables: facts in words, results in words."""
    return Engine("Duixian", "the policies as they are written", prepare, run, told, checked)


def unchecked() -> Engine:
    """From files that are taken for sound."""
    return Engine(
        "Duixian, tables unchecked", "no reader before the kernel", None, run, told, files_unchecked
    )


def prepare(columns: Columns) -> Prepared:
    """Compile the city and gather the typed tables, stretch by stretch; only the words are kept."""
    program = Program(city())
    program.add_set(city().decisions)
    encoder = TableWords(program.book, THREADS)
    gathered = [encoder.gather(fact_tables(each)) for each in stretches_of(columns, STRETCH)]
    numbers = [_numbers(each) for each in gathered]
    return Prepared(program.image, _joined(gathered), program.book, np.concatenate(numbers))


def run(prepared: Prepared) -> tuple[Prepared, Decided]:
    """Decide everything; the results are newly made."""
    threads = threads_for(len(prepared.facts.facts), THREADS)
    return prepared, decide(prepared.image, 0, prepared.facts, day_word(AS_OF), threads=threads)


def told(made: tuple[Prepared, Decided]) -> Lines:
    """The results as lines, in the order that they come in."""
    prepared, decided = made
    assert not decided.entangled.any()
    rows = rows_of(decided)
    city_fen, is_given = rows.city, rows.outcome == w.PAYABLE
    fact = prepared.numbers[rows.fact // prepared.book.layout.fact_words]
    return Lines(
        fact // np.int32(SLOTS),
        np.where(rows.rule & w.PART_MASK, orders_of(rows, prepared.book), NONE).astype(np.int8),
        _row_places(rows, prepared.book),
        fact,
        rows.outcome.astype(np.int8),
        _fen(rows.ceiling),
        _fen(rows.amount),
        np.where(is_given, city_fen, NONE),
        np.where(is_given, rows.amount - city_fen, NONE),
    )


def _row_places(rows: Rows, book: MeasureBook) -> Int8:
    """The place of each result's row among all rows of the city; results tell it within a compiled measure."""
    most = 1 + max(len(each.rows) for each in book.variants)
    places = np.full((len(book.variants) + 1, most), NONE, np.int8)
    for number, variant in enumerate(book.variants, start=1):
        ids = [rules().row_ids.index(each.row.id) for each in variant.rows]
        places[number, 1 : len(ids) + 1] = ids
    found: Int8 = places[rows.rule & w.PART_MASK, rows.rule >> w.ROW_SHIFT & w.PART_MASK]
    return found


def _fen(sums: Int64) -> Int64:
    return np.where(sums == w.MISSING, NONE, sums)


def _numbers(gathered: Gathered) -> Int32:
    """The number of every fact, from its id: a letter and ten digits."""
    ids = gathered.ids.take(pa.array(gathered.id_texts))
    return np.asarray(pc.cast(pc.utf8_slice_codeunits(ids, 1), pa.int32()).to_numpy())


def _joined(parts: list[Gathered]) -> Facts:
    """Stretches of facts as one."""
    before = np.cumsum([0, *(len(each.facts) for each in parts)])
    begins = [each.starts[:-1] + first for each, first in zip(parts, before, strict=False)]
    return Facts(
        np.concatenate([each.facts for each in parts]),
        np.concatenate([*begins, before[-1:]]),
        np.concatenate([each.subjects for each in parts]),
    )
