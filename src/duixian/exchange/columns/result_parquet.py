"""determinations.parquet (列式结果): the columns of determinations.csv with amounts as numbers, block after block."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyarrow.parquet import ParquetWriter  # type: ignore[import-untyped]

from duixian.exchange.columns.result_columns import MONEY, SCHEMA, WRITTEN, as_written
from duixian.exchange.results.determinations_csv import HEADER

ROWS_OF_A_GROUP = 1 << 20
_COMPRESSION, _LEVEL = "zstd", 1
_WITHOUT_LIST = MONEY | {"enterprise", "name", "fact"}
# Texts and amounts that hardly repeat are written as they are: looking each up in a list costs more than it saves.
_ROWS_AT_A_TIME = 1 << 15
"""Texts are encoded in steps of so many rows; the 1,024 of Arrow cost a thirtieth of all the time."""
_LISTED = [header for header, name in zip(HEADER, WRITTEN, strict=True) if name not in _WITHOUT_LIST]


class ParquetResults:
    """Writes results to one Parquet file (写列式结果); the file is whole after :meth:`close`."""

    def __init__(self, path: Path) -> None:
        self._writer = ParquetWriter(
            path,
            SCHEMA,
            compression=_COMPRESSION,
            compression_level=_LEVEL,
            use_dictionary=_LISTED,
            store_decimal_as_integer=True,
            # Whoever looks for one enterprise skips the groups that cannot hold it; nobody skips by name or amount.
            write_statistics=HEADER[:1],
            write_batch_size=_ROWS_AT_A_TIME,
        )

    def write(self, results: Any) -> None:
        """Write the results of one block."""
        self._writer.write_table(as_written(results), row_group_size=ROWS_OF_A_GROUP)

    def close(self) -> None:
        """Write the end of the file."""
        self._writer.close()
