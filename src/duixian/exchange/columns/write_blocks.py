"""Results out, block by block (结果分块写出): Parquet or CSV, under a temporary name until all is there; encoding runs beside the computing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from duixian.exchange.columns.result_columns import SCHEMA
from duixian.exchange.results.csv_out import guarded

ROWS_PER_GROUP = 500_000
"""Rows of a row group: groups depend on the rows alone, not on how they were put together."""


class BlockWriter:
    """Writes blocks of result columns into one file (分块写出); used as a context.

    A block is encoded in the background while the next is computed. The file bears its name only when every block is in it: left by an
    exception, the half file is removed.

    Raises:
        OSError: when the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._half = path.with_name(f".{path.name}.part")
        self._pool = ThreadPoolExecutor(1, "duixian-writing")
        self._waiting: Future[None] | None = None
        self._rest: Any = SCHEMA.empty_table()
        self._write: Callable[[Any], None]
        self._close: Callable[[], None]

    def __enter__(self) -> BlockWriter:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        opened = _csv(self._half) if self._path.suffix == ".csv" else _parquet(self._half)
        self._write, self._close = opened
        return self

    def add(self, columns: Any) -> None:
        """Write one more block; waits only while the block before is still being written."""
        self._wait()
        self._waiting = self._pool.submit(self._take, columns)

    def _take(self, columns: Any) -> None:
        rows = pa.concat_tables([self._rest, columns])
        whole = len(rows) // ROWS_PER_GROUP * ROWS_PER_GROUP
        for first in range(0, whole, ROWS_PER_GROUP):
            self._write(rows.slice(first, ROWS_PER_GROUP))
        self._rest = rows.slice(whole)

    def _wait(self) -> None:
        if self._waiting is not None:
            self._waiting.result()
            self._waiting = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._wait()
                if len(self._rest):
                    self._write(self._rest)
        finally:
            self._pool.shutdown()
            self._close()
        if kind is None:
            self._half.replace(self._path)
        else:
            self._half.unlink(missing_ok=True)


def _parquet(path: Path) -> tuple[Callable[[Any], None], Callable[[], None]]:
    names = [field.name for field in SCHEMA if pa.types.is_dictionary(field.type)]
    writer = pq.ParquetWriter(
        path, SCHEMA, compression="zstd", compression_level=1, use_dictionary=names, store_decimal_as_integer=True,
        write_statistics=[SCHEMA.field(0).name],
    )  # fmt: skip

    def write(rows: Any) -> None:
        writer.write_table(_named_in_order(rows), row_group_size=ROWS_PER_GROUP)

    return write, writer.close


def _named_in_order(rows: Any) -> Any:
    """A row group whose names come in the order of its rows, each column in one piece."""
    from duixian.exchange.columns.result_columns import in_order_of_appearance

    columns = []
    for field, column in zip(rows.schema, rows.unify_dictionaries().combine_chunks().columns, strict=True):
        whole = column.combine_chunks()
        columns.append(in_order_of_appearance(whole) if pa.types.is_dictionary(field.type) else whole)
    return pa.table(columns, schema=rows.schema)


def _csv(path: Path) -> tuple[Callable[[Any], None], Callable[[], None]]:
    texts = pa.schema([pa.field(field.name, pa.string()) for field in SCHEMA])
    stream = path.open("wb")
    stream.write((",".join(SCHEMA.names) + "\n").encode())
    options = pa_csv.WriteOptions(include_header=False, quoting_style="needed")

    def write(rows: Any) -> None:
        columns = [_cells(column) for column in rows.combine_chunks().columns]
        pa_csv.write_csv(pa.table(columns, schema=texts), stream, options)

    return write, stream.close


def _cells(column: Any) -> Any:
    """A column as texts that no table program takes for formulas; what is unknown is empty."""
    type_ = column.type
    if pa.types.is_decimal(type_):
        return column.cast(pa.string()).fill_null("")
    if pa.types.is_dictionary(type_):
        array = column.combine_chunks()
        return (
            array.dictionary.take(array.indices).fill_null("")
            if _are_plain(array.dictionary)
            else _guarded(array.cast(pa.string()))
        )
    return column if _are_plain(column) else _guarded(column)


def _are_plain(texts: Any) -> bool:
    """Whether no text begins like a formula."""
    import pyarrow.compute as pc  # type: ignore[import-untyped]

    return not pc.any(pc.match_substring_regex(texts, "^'*[=+\\-@＝＋－＠\\t\\r\\n]")).as_py()


def _guarded(texts: Any) -> Any:
    return pa.array([guarded(text or "") for text in texts.to_pylist()], pa.string())
