"""Rows kept from one run to the next (留存的行): Parquet files in the order of credit codes, read and written once from end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]


class StoredRows:
    """Rows of the last run, in pieces by code (上次的行). Without a file there are none."""

    def __init__(self, path: Path | None, column: str) -> None:
        self._column = column
        self._file = pq.ParquetFile(path) if path is not None and path.is_file() else None
        self._group = 0
        self._rest: Any = None

    def until(self, last: str) -> Any:
        """All rows not yet taken whose code is at most ``last``; None when there was no last run."""
        if self._file is None:
            return None
        while self._group < self._file.num_row_groups and not self._reaches_beyond(last):
            more = self._file.read_row_group(self._group)
            self._rest = more if self._rest is None else pa.concat_tables([self._rest, more])
            self._group += 1
        if self._rest is None:
            self._rest = self._file.schema_arrow.empty_table()
        codes = self._rest[self._column]
        count = pc.sum(pc.less_equal(codes, pa.scalar(last, codes.type))).as_py() or 0
        taken, self._rest = self._rest.slice(0, count), self._rest.slice(count)
        return taken

    def _reaches_beyond(self, last: str) -> bool:
        """Whether the rows at hand go beyond a code."""
        return self._rest is not None and len(self._rest) > 0 and self._rest[self._column][-1].as_py() > last

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()


class StoredWriter:
    """Writes rows for the next run (留存写出), block after block; the first block says which columns there are."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def add(self, rows: Any) -> None:
        """Write one more block."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, rows.schema, compression="zstd", compression_level=1)
        self._writer.write_table(rows.cast(self._writer.schema))

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()
