"""Large text tables as columns (CSV 列式读入): told and numbered as ``table_csv`` does, parsed all at once where lines are plain."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
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
from duixian.exchange.tables.encoding import detect_encoding
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.header import FIRST_ROWS, Header
from duixian.exchange.tables.regular_file import FORMAT_NAMES, NotOpened, actual_format
from duixian.exchange.tables.rows import MOST_ROWS
from duixian.exchange.tables.table import Broken, Row
from duixian.exchange.tables.table_csv import DELIMITERS

_HEAD_CHARACTERS = 1 << 16
_WRITTEN = ipc.IpcWriteOptions(compression="lz4")


def open_text(stream: BinaryIO, place: Place, findings: Findings) -> TextIOWrapper:
    """A stream as the text that it is; an encoding that is not the usual one is told.

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
    return TextIOWrapper(stream, encoding.codec, errors="replace" if encoding.is_broken else "strict")


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

    def go_on_after(self, row: int) -> bool:
        """Set the text to what follows a row; not where a row before it is broken: its lines are counted in no simple way."""
        if not all(number in self._after for number in range(1, row + 1)):
            return False
        self._text.seek(0)
        for _ in range(self._after[row]):
            self._text.readline()
        return True


def column_names(header: Header) -> list[str]:
    """The names of a text's columns as columns: their places, since a header may come twice."""
    return [str(place) for place in range(header.width)]


def parse(text: TextIO, delimiter: str, header: Header, odd: list[Row]) -> Iterator[Any]:
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
    for cut in LineCutter(text, delimiter, header.width, header.line + 1):
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
