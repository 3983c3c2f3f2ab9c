"""Duixian from Parquet to Parquet (文件到文件): the blocks of its own reader, which checks every cell, or row groups as they are.

Both write the columns of :mod:`bench.peers.award_file`, in the background while the next block is decided. The rules are compiled once in a
process, in its first run, as they are read once for every engine.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow.parquet import ParquetFile, ParquetWriter  # type: ignore[import-untyped]

from bench.peers.award_file import COLUMNS, SCHEMA, WRITING
from bench.peers.workload import AS_OF, city
from bench.world.tables import SCHEMAS
from bench.world.write import AMOUNT
from duixian.exchange.columns.ahead import ahead
from duixian.exchange.columns.block_reading import read_blocks
from duixian.kernel.batch import batch
from duixian.kernel.program import Program
from duixian.kernel.result_table import ResultTables
from duixian.kernel.runner import Facts, decide
from duixian.kernel.sentences import basis_words, reason_words
from duixian.kernel.table_words import TableWords
from duixian.kernel.values import day_word
from duixian.wording import Language

Tables = Mapping[str, Any]
Owners = Mapping[str, np.ndarray]


def checked(folder: Path, out: Path) -> None:
    """Read as ``duixian determine`` does: fields, names, days, codes and references of every row are looked through."""
    reading = read_blocks(folder, city())
    _write(((block.tables, block.owners) for block in reading), out)
    assert not any(each.is_error for each in reading.problems)


def unchecked(folder: Path, out: Path) -> None:
    """Take the row groups as blocks: the world's files are typed already, and hold as many whole enterprises in each."""
    _write(((tables, None) for tables in ahead(_row_groups(folder))), out)


def _row_groups(folder: Path) -> Generator[Tables, None, None]:
    files = {kind: ParquetFile(folder / f"{kind}.parquet", read_dictionary=[]) for kind in SCHEMAS}
    for number in range(files["企业"].num_row_groups):
        yield {kind: _in_fen(file.read_row_group(number)) for kind, file in files.items()}


def _in_fen(table: Any) -> Any:
    """Amounts in yuan with two decimals are the same whole numbers as fen."""
    if AMOUNT not in table.column_names:
        return table
    yuan = table[AMOUNT].combine_chunks()
    words = np.frombuffer(yuan.buffers()[1], np.int64)[2 * yuan.offset :: 2]
    fen = pa.array(words[: len(yuan)], mask=yuan.is_null().to_numpy(zero_copy_only=False))
    return table.set_column(table.column_names.index(AMOUNT), AMOUNT, fen)


def _write(blocks: Iterator[tuple[Tables, Owners | None]], out: Path) -> None:
    """Decide block after block; one is written while the next is decided."""
    with ParquetWriter(out, SCHEMA, **WRITING) as writer, ThreadPoolExecutor(1) as background:
        writing: Future[None] | None = None
        for table in _decided(blocks):
            _wait(writing)
            writing = background.submit(writer.write_table, table, len(table) or 1)
        _wait(writing)


def _decided(blocks: Iterator[tuple[Tables, Owners | None]]) -> Iterator[Any]:
    """The awards of each block. Reading, deciding and writing go on side by side, so that one thread for each is enough."""
    program = _program()
    encoder = TableWords(program.book, threads=1)
    told = ResultTables(
        program.book, partial(reason_words, Language.CHINESE), partial(basis_words, Language.CHINESE)
    )
    for tables, owners in blocks:
        gathered = encoder.gather(tables, owners)
        given = Facts(gathered.facts, gathered.starts, gathered.subjects)
        decided = decide(program.image, 0, given, day_word(AS_OF), threads=1)
        found = batch(decided, gathered, program.book, told, None, strict=False, columns=COLUMNS)
        assert not found.entangled
        yield found.table.cast(SCHEMA)


@cache
def _program() -> Program:
    """The rules of the city, compiled."""
    program = Program(city())
    program.add_set(city().decisions)
    return program


def _wait(writing: Future[None] | None) -> None:
    if writing is not None:
        writing.result()
