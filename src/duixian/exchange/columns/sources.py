"""Where columns come from, piece by piece (列的来源): row groups of Parquet, batches of an Arrow file, tables in memory.

A piece is read by its number and for the columns that are asked for, by any thread; nothing that was read is kept.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO, Protocol, TypeVar

import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import ipc
from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

from duixian.exchange.columns.read_column import numbers_of
from duixian.exchange.columns.text_bytes import TextBytes
from duixian.exchange.tables.regular_file import FORMAT_NAMES, NotOpened, actual_format

ROWS_OF_A_PIECE = 1 << 18
"""How many rows of a table in memory are read at a time."""
BROKEN = (pa.ArrowException, OSError, ValueError, OverflowError)
"""What Arrow raises for a file that is damaged."""
LINE = "\ufdd0line"
"""The column of row numbers, where rows do not come in their order or not all of them."""
_ARROW = b"ARROW1"
_BEYOND_ASCII = 0x80

T = TypeVar("T")


class Source(Protocol):
    """A table in pieces (分段来源). Rows are numbered through all pieces."""

    @property
    def schema(self) -> Any:
        """The Arrow schema."""

    @property
    def pieces(self) -> int:
        """How many pieces there are."""

    @property
    def inflated(self) -> int:
        """About how many bytes all columns take in memory."""

    def read(self, piece: int, columns: Sequence[str]) -> Any:
        """One piece with these columns, each in one chunk; its texts and dictionaries are sound.

        Raises:
            NotOpened: when the file is damaged.
        """


class MemorySource:
    """A table in memory (内存表)."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self.schema = table.schema
        self.pieces = -(-table.num_rows // ROWS_OF_A_PIECE)
        self.inflated = int(table.nbytes)

    def read(self, piece: int, columns: Sequence[str]) -> Any:
        """So many rows, sharing memory with the table where it is in one chunk."""
        start = piece * ROWS_OF_A_PIECE
        return _sound(lambda: self._table.select(list(columns)).slice(start, ROWS_OF_A_PIECE))


class KeptSource:
    """Pieces of another source, read and found sound before, in memory (留存来源)."""

    def __init__(self, source: Source, pieces: Sequence[Any]) -> None:
        self.schema = source.schema
        self._pieces = [
            piece.slice(start, ROWS_OF_A_PIECE)
            for piece in pieces
            for start in range(0, piece.num_rows, ROWS_OF_A_PIECE)
        ]
        self.pieces = len(self._pieces)
        self.inflated = source.inflated

    def read(self, piece: int, columns: Sequence[str]) -> Any:
        """One piece, sharing the memory of all others who read it."""
        return self._pieces[piece].select(list(columns))


class ParquetSource:
    """A Parquet file, a piece for each row group (Parquet 来源).

    ``has_few_values`` says of which columns the texts are worth a list: a text that a million rows share is in memory once.

    Raises:
        NotOpened: when the file is something else, or damaged.
    """

    def __init__(self, stream: BinaryIO, has_few_values: Callable[[str], bool]) -> None:
        actual = actual_format(stream)
        if actual != "parquet":
            raise NotOpened("wrong-format", FORMAT_NAMES.get(actual, actual), "Parquet")
        self._file = _SharedFile(stream)
        try:
            file = ParquetFile(self._file.view())
        except BROKEN as error:
            raise NotOpened("corrupt-parquet") from error
        self.schema, self._metadata = file.schema_arrow, file.metadata
        self._lists = [
            each.name for each in self.schema if pa.types.is_string(each.type) and has_few_values(each.name)
        ]
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        self.pieces = len(groups)
        self.inflated = sum(group.total_byte_size for group in groups)

    def read(self, piece: int, columns: Sequence[str]) -> Any:
        """One row group. Its pages may hold fewer rows than the file says: then they are lost, and the file is damaged."""
        table = _sound(
            lambda: self._open().read_row_group(piece, columns=list(columns), use_threads=False), _is_sound
        )
        if len(table) != self._metadata.row_group(piece).num_rows:
            raise NotOpened("corrupt-parquet")
        return table

    def _open(self) -> Any:
        return self._file.once_a_thread(
            lambda view: ParquetFile(
                view, metadata=self._metadata, read_dictionary=self._lists, pre_buffer=False
            )
        )


class ArrowSource:
    """An Arrow file (IPC, Feather), a piece for each batch (Arrow 来源).

    Raises:
        NotOpened: when the file is something else, or damaged.
    """

    def __init__(self, stream: BinaryIO) -> None:
        if stream.read(len(_ARROW)) != _ARROW:
            stream.seek(0)
            actual = actual_format(stream)
            raise NotOpened("wrong-format", FORMAT_NAMES.get(actual, actual), "Arrow")
        self._file = _SharedFile(stream)
        try:
            file = ipc.open_file(self._file.view())
        except BROKEN as error:
            raise NotOpened("corrupt-parquet") from error
        self.schema = file.schema
        self.pieces = file.num_record_batches
        self.inflated = stream.seek(0, io.SEEK_END)

    def read(self, piece: int, columns: Sequence[str]) -> Any:
        """One batch."""
        # Columns are left out after reading: a batch is one stretch of the file.
        return _sound(lambda: pa.table(self._open().get_batch(piece)).select(list(columns)))

    def _open(self) -> Any:
        return self._file.once_a_thread(ipc.open_file)


class _SharedFile:
    """One open file for several threads, each with its own place in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._threads = threading.local()
        self.size = stream.seek(0, io.SEEK_END)

    def view(self) -> _View:
        """A file of its own over the same bytes."""
        return _View(self)

    def once_a_thread(self, make: Callable[[_View], T]) -> T:
        """What ``make`` makes of a view, made once by each thread."""
        if not hasattr(self._threads, "made"):
            self._threads.made = make(self.view())
        made: T = self._threads.made
        return made

    def read_at(self, place: int, count: int) -> bytes:
        """Bytes from a place on."""
        with self._lock:
            self._stream.seek(place)
            return self._stream.read(count)


class _View(io.RawIOBase):
    def __init__(self, file: _SharedFile) -> None:
        self._file = file
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._file.size}[whence]
        self._place = start + offset
        return self._place

    def read(self, size: int = -1) -> bytes:
        data = self._file.read_at(self._place, self._file.size - self._place if size < 0 else size)
        self._place += len(data)
        return data


def _sound(read: Callable[[], Any], is_sound: Callable[[Any], bool] = lambda column: False) -> Any:
    """A table that was read, looked through: a damaged file may hold places that no list has, and texts that are none."""
    try:
        table = read()
        for column in table.columns:
            if not all(is_sound(chunk) for chunk in column.chunks):
                column.validate(full=True)
        return table.combine_chunks()
    except BROKEN as error:
        raise NotOpened("corrupt-parquet") from error


def _is_sound(column: Any) -> bool:
    """Whether a column that the reader of Parquet put together holds nothing that could be unsound, seen at a glance."""
    if pa.types.is_string(column.type):
        return int(TextBytes.of(column).data.max(initial=0)) < _BEYOND_ASCII
    if pa.types.is_dictionary(column.type):
        column.dictionary.validate(full=True)
        places = numbers_of(column.indices)
        return not len(places) or 0 <= places.min() <= places.max() < len(column.dictionary)
    return False
