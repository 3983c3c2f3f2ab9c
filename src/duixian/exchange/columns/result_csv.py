"""determinations.csv by blocks (分块结果表): letter for letter what ``results.determinations_csv`` writes, made in whole columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.exchange.columns.plain_text import Places
from duixian.exchange.columns.result_columns import MONEY, WRITTEN, yuan_of
from duixian.exchange.columns.table_columns import one_chunk
from duixian.exchange.columns.text_bytes import TextBytes
from duixian.exchange.results.csv_out import csv_text
from duixian.exchange.results.determinations_csv import HEADER

_ROWS_AT_ONCE = 1 << 17
_TEXT = pa.large_string()
# Bytes that make a cell need quotes wherever they stand, or may do so where it begins or ends; and the leading bytes of the
# blocks in which white space and full-width signs stand.
_QUOTED = np.isin(np.arange(256), [*b'",\r\n'])
_DOUBTFUL_FIRST = np.isin(np.arange(256), [*range(0x21), *b"'=+-@", 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF])
_WHITE = np.arange(256) <= 0x20
_WIDE_WHITE = np.isin(np.arange(256), [0xE1, 0xE2, 0xE3])
_LATIN_WHITE = 0xC2


class CsvResults:
    """Writes results to one CSV file (写结果表); the file is whole after :meth:`close`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(csv_text(HEADER, ()).encode())

    def write(self, results: Any) -> None:
        """Write the results of one block."""
        for start in range(0, results.num_rows, _ROWS_AT_ONCE):
            self._file.write(csv_lines(results.slice(start, _ROWS_AT_ONCE)))

    def close(self) -> None:
        """Write what is still in memory."""
        self._file.close()


def csv_lines(results: Any) -> Any:
    """The lines of a result table, as bytes."""
    cells = [_cells(one_chunk(results.column(name)), name) for name in WRITTEN]
    cells[-1] = pc.binary_join_element_wise(cells[-1], pa.scalar("\n", _TEXT), pa.scalar("", _TEXT))
    lines = pc.binary_join_element_wise(*cells, pa.scalar(",", _TEXT))
    return TextBytes.of(lines).data


def _cells(array: Any, name: str) -> Any:
    """A column as cells, quoted where need be."""
    if name in MONEY:
        return pc.fill_null(yuan_of(array).cast(pa.string()), "").cast(_TEXT)
    if pa.types.is_dictionary(array.type):
        listed = pa.DictionaryArray.from_arrays(array.indices, _written(array.dictionary))
        return pc.fill_null(listed.dictionary_decode(), "")
    return _written(pc.fill_null(array, ""))


def _written(texts: Any) -> Any:
    texts = texts.cast(_TEXT)
    doubtful = _doubtful(TextBytes.of(texts))
    if not len(doubtful):
        return texts
    mask = np.zeros(len(texts), np.bool_)
    mask[doubtful] = True
    cells = [_cell(text or "") for text in texts.take(pa.array(doubtful)).to_pylist()]
    return pc.replace_with_mask(texts, pa.array(mask), pa.array(cells, _TEXT))


def _cell(text: str) -> str:
    """One cell as ``csv_text`` writes it: what stands between the line of the header and the end."""
    return csv_text(("",), ((text,),))[1:-1]


def _doubtful(texts: TextBytes) -> Places:
    """The rows whose text may need quotes or an apostrophe."""
    data, offsets = texts.data, texts.offsets
    quoted = texts.rows_at(np.flatnonzero(_QUOTED[data]))
    filled = np.flatnonzero(texts.lengths)
    first, end = offsets[filled], offsets[filled + 1]
    doubtful = _DOUBTFUL_FIRST[data[first]] | _WHITE[data[end - 1]]
    doubtful |= data[np.maximum(end - 2, first)] == _LATIN_WHITE
    doubtful |= _WIDE_WHITE[data[np.maximum(end - 3, first)]]
    return np.union1d(quoted, filled[doubtful])
