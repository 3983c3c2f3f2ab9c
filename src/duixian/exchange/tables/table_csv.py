"""Fact tables as text (CSV): encoding and delimiter are found out, and told when they are not the usual ones."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO

from duixian.errors import Place
from duixian.exchange.tables.csv_rows import csv_rows
from duixian.exchange.tables.encoding import detect_encoding
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.regular_file import FORMAT_NAMES, NotOpened, actual_format
from duixian.exchange.tables.table import Table
from duixian.rules.vocabulary import FactKind

DELIMITERS = {",": ",", "\t": "TAB", ";": ";", "|": "|"}
_HEAD_CHARACTERS = 1 << 16
_HEAD_LINES = 10

Recognise = Callable[[Sequence[str]], int]
"""How many columns of a row are known headers."""


def open_csv(
    stream: BinaryIO, kind: FactKind, place: Place, recognise: Recognise, findings: Findings
) -> Iterator[Table]:
    """The table in a text file; the text is closed when the caller is done with it.

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
    errors = "replace" if encoding.is_broken else "strict"
    with TextIOWrapper(stream, encoding.codec, errors=errors) as text:
        delimiter = _delimiter(text, recognise)
        if delimiter != ",":
            findings.note("other-delimiter", place, found=DELIMITERS[delimiter], expected=DELIMITERS[","])
        yield Table(kind, place, csv_rows(text, delimiter))


def _delimiter(text: TextIOWrapper, recognise: Recognise) -> str:
    """The delimiter under which the first rows name most columns; the comma where that decides nothing."""
    head = text.read(_HEAD_CHARACTERS)
    text.seek(0)

    def known(delimiter: str) -> int:
        rows = csv.reader(head.splitlines(keepends=True), delimiter=delimiter)
        try:
            return max((recognise(row) for row in islice(rows, _HEAD_LINES)), default=0)
        except csv.Error:
            return 0

    return max(DELIMITERS, key=known)
