"""Large text tables as columns (CSV 列式读入): told and numbered as ``table_csv`` does, parsed all at once where lines are plain."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv as arrow_csv
from pyarrow import ipc

from duixian.errors import Place
from duixian.exchange.columns.csv_lines import LineCutter
from duixian.exchange.columns.sources import LINE
from duixian.exchange.tables.csv_rows import csv_rows
from duixian.exchange.tables.encoding import Encoding, detect_encoding
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.header import FIRST_ROWS, Header
from duixian.exchange.tables.regular_file import FORMAT_NAMES, NotOpened, actual_format
from duixian.exchange.tables.rows import MOST_ROWS
from duixian.exchange.tables.table import Broken, Row
from duixian.exchange.tables.table_csv import DELIMITERS

_HEAD_CHARACTERS = 1 << 16
BYTES_AT_ONCE = 1 << 24
_WRITTEN = ipc.IpcWriteOptions(compression="lz4")


def find_encoding(stream: BinaryIO, place: Place, findings: Findings) -> Encoding:
    """The encoding of a text; one that is not the usual one is told.

    Raises:
        NotOpened: when it is no text, or in no known encoding.
    """
    actual = actual_format(stream)
    if actual != "text":
        raise NotOpened("wrong-format", FORMAT_NAMES.get(actual, actual), "CSV")
    encoding = detect_encoding(stream)
    if encoding is None:
        raise NotOpened("unknown-encoding", expected="UTF-8")
    if not encoding.is_utf8:
        findings.warn("other-encoding", place, found=encoding.name, expected="UTF-8")
    return encoding


def as_text(stream: BinaryIO, encoding: Encoding) -> TextIOWrapper:
    """A stream as text from its beginning."""
    stream.seek(0)
    return TextIOWrapper(stream, encoding.codec, errors="replace" if encoding.is_broken else "strict")


def chunks_of(stream: BinaryIO, encoding: Encoding, first_line: int) -> Iterator[bytes]:
    """A text from a line on (the first is 0), in chunks of UTF-8 whose only line break is LF."""
    chunks = (
        _plain_chunks(stream) if encoding.is_utf8 and not encoding.is_broken else _recoded(stream, encoding)
    )
    for chunk in chunks:
        rest = chunk
        while first_line and rest:
            _, found, rest = rest.partition(b"\n")
            first_line -= bool(found)
        if rest:
            yield rest


def _plain_chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    mark = stream.read(len(codecs.BOM_UTF8))
    held = b"" if mark == codecs.BOM_UTF8 else mark
    while chunk := stream.read(BYTES_AT_ONCE):
        chunk = held + chunk
        # A return at the end may be the first half of a line break.
        held = b"\r" if chunk.endswith(b"\r") else b""
        yield _with_plain_breaks(chunk[: len(chunk) - len(held)])
    yield _with_plain_breaks(held)


def _with_plain_breaks(chunk: bytes) -> bytes:
    return chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in chunk else chunk


def _recoded(stream: BinaryIO, encoding: Encoding) -> Iterator[bytes]:
    text = as_text(stream, encoding)
    try:
        while chunk := text.read(BYTES_AT_ONCE):
            yield chunk.encode("utf-8")
    finally:
        text.detach()


def find_delimiter(
    text: TextIO, count_known: Callable[[Sequence[str]], int], place: Place, findings: Findings
) -> str:
    """The delimiter under which the first rows name most columns; one that is not the comma is told."""
    head = text.read(_HEAD_CHARACTERS)
    text.seek(0)

    def known(delimiter: str) -> int:
        rows = csv.reader(head.splitlines(keepends=True), delimiter=delimiter)
        try:
            return max(map(count_known, islice(rows, FIRST_ROWS)), default=0)
        except csv.Error:
            return 0

    delimiter = max(DELIMITERS, key=known)
    if delimiter != ",":
        findings.note("other-delimiter", place, found=DELIMITERS[delimiter], expected=DELIMITERS[","])
    return delimiter


class HeadRows:
    """The first rows of a text (表首各行), and how many of its lines each of them ends with."""

    def __init__(self, text: TextIO, delimiter: str) -> None:
        self._text = text
        self._lines = 0
        self._after: dict[int, int] = {}
        self._rows = csv_rows(self, delimiter)  # type: ignore[arg-type]

    def readline(self, size: int = -1) -> str:
        """One more line of the text."""
        self._lines += 1
        return self._text.readline(size)

    def __iter__(self) -> Iterator[Row]:
        """The rows, as ``csv_rows`` gives them."""
        for number, cells in self._rows:
            if number <= FIRST_ROWS and not isinstance(cells, Broken):
                self._after[number] = self._lines
            yield number, cells

    def lines_until(self, row: int) -> int | None:
        """How many lines the rows to this one have; None where one of them is broken: its lines are counted in no simple way."""
        if not all(number in self._after for number in range(1, row + 1)):
            return None
        return self._after[row]


def column_names(header: Header) -> list[str]:
    """The names of a text's columns as columns: their places, since a header may come twice."""
    return [str(place) for place in range(header.width)]


def parse(chunks: Iterable[bytes], delimiter: str, header: Header, odd: list[Row]) -> Iterator[Any]:
    """The plain rows below the header as tables of texts with their lines; the others are put into ``odd``.

    Raises:
        NotOpened: when more rows are odd than the reader of rows takes.
    """
    names = column_names(header)
    options = {
        "read_options": arrow_csv.ReadOptions(column_names=names),
        "parse_options": arrow_csv.ParseOptions(delimiter=delimiter),
        "convert_options": arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    }
    yield pa.schema([*((name, pa.string()) for name in names), (LINE, pa.int64())]).empty_table()
    for cut in LineCutter(delimiter, header.width, header.line + 1).cut(chunks):
        odd += cut.odd
        if len(odd) > MOST_ROWS:
            raise NotOpened("too-many-rows", expected=str(MOST_ROWS))
        if len(cut.numbers):
            parsed = arrow_csv.read_csv(pa.BufferReader(cut.plain), **options)
            yield parsed.append_column(LINE, pa.array(cut.numbers))


def spooled(tables: Iterator[Any], path: Path) -> BinaryIO:
    """Tables of one schema put into an Arrow file, which is open again for reading."""
    first = next(tables)
    with ipc.new_file(path, first.schema, options=_WRITTEN) as file:
        for table in tables:
            file.write_table(table.combine_chunks())
    return path.open("rb")
