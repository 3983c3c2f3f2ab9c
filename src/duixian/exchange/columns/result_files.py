"""Results out by blocks (结果分块写出): written in the background while the next block is decided, and put in place whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from duixian.exchange.columns.result_csv import CsvResults
from duixian.exchange.columns.result_parquet import ParquetResults


class _Format(Protocol):
    def write(self, results: Any) -> None: ...

    def close(self) -> None: ...


PARQUET, CSV = "determinations.parquet", "determinations.csv"
FORMATS: Mapping[str, type[ParquetResults] | type[CsvResults]] = {PARQUET: ParquetResults, CSV: CsvResults}
"""The files that can be written, and what writes each."""


class ResultFiles:
    """The files of a run, open for block after block (结果文件).

    Used as a context: when it ends well, every file is put in place under its name; otherwise nothing is, and what stood there
    before stays whole. One block is written while the next is on its way; no more are kept in memory.

    Raises:
        OSError: when a file cannot be written; from :meth:`write`, or when the context ends.
    """

    def __init__(self, folder: Path, names: Iterable[str] = (PARQUET,)) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.paths = tuple(folder / name for name in names)
        self.rows = 0
        self._halves = [path.with_name(f".{path.name}.part") for path in self.paths]
        self._files: list[_Format] = []
        self._background = ThreadPoolExecutor(1, thread_name_prefix="duixian-results")
        self._writing: Future[None] | None = None

    def __enter__(self) -> Self:
        self._files = [FORMATS[path.name](half) for path, half in zip(self.paths, self._halves, strict=True)]
        return self

    def write(self, results: Any) -> None:
        """Write the results of one block; waits until the block before is written."""
        self._wait()
        self.rows += results.num_rows
        self._writing = self._background.submit(self._write, results)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as at_last:
            for half in self._halves:
                at_last.callback(half.unlink, missing_ok=True)
            for file in self._files:
                at_last.callback(file.close)
            at_last.callback(self._background.shutdown)
            if kind is None:
                self._wait()
                for file in self._files:
                    file.close()
                for half, path in zip(self._halves, self.paths, strict=True):
                    half.replace(path)

    def _write(self, results: Any) -> None:
        for file in self._files:
            file.write(results)

    def _wait(self) -> None:
        if self._writing is not None:
            self._writing.result()


def write_blocks(blocks: Iterable[Any], folder: Path, names: Iterable[str] = (PARQUET,)) -> tuple[Path, ...]:
    """Write result tables, one for each block, into the files of a folder; gives their paths.

    Raises:
        OSError: when a file cannot be written; one already there stays whole.
    """
    with ResultFiles(folder, names) as files:
        for results in blocks:
            files.write(results)
    return files.paths
