"""The first pass (摸底): which rows cannot stay in their columns, and where among all enterprises each piece stands.

Two columns are read of every table, the number and the credit code. After it is known which numbers come twice, which rows name
their enterprise instead of giving its code, whether rows go by enterprise, and where blocks may be cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from duixian.exchange.columns.code_order import first_rows, rise
from duixian.exchange.columns.codes import Codes, code_bytes
from duixian.exchange.columns.column_table import ColumnTable
from duixian.exchange.columns.keys import RowKeys, Span, keys_of, span_of
from duixian.exchange.columns.read_column import valid_of
from duixian.exchange.columns.table_columns import Lines

MARKED_EVERY = 1 << 12
"""After so many enterprises of a piece one is marked, so that a block may end with it."""
_NO_ROWS = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Mark:
    """A code after which a block may end (分块标记), with the enterprises and rows since the mark before."""

    code: bytes
    enterprises: int
    rows: int


@dataclass(frozen=True, slots=True)
class PieceCensus:
    """What the first pass found in a piece (段摸底).

    ``numbers`` are those of the facts, or the codes where rows describe enterprises. ``uncoded`` are the rows of a list without a
    code that can be read.
    """

    rows: int
    first: bytes
    last: bytes
    is_sorted: bool
    marks: tuple[Mark, ...]
    numbers: Span | RowKeys
    uncoded: Lines


def census_of(table: ColumnTable, piece: int) -> PieceCensus:
    """The first pass over one piece of a table.

    Raises:
        NotOpened: when the file is damaged.
    """
    roles = table.roles
    raw = table.source.read(piece, table.columns_of({roles.code, roles.id}))
    codes = table.field(raw, roles.code, piece)
    with_code = valid_of(codes)
    known = code_bytes(codes if with_code is None else codes.drop_null())
    ordered = known.take(first_rows(known))
    is_sorted = rise(ordered)
    if not is_sorted:
        ordered.sort()
    first, last = (bytes(ordered[0]), bytes(ordered[-1])) if len(ordered) else (b"", b"")
    if table.kind.is_subject:
        is_each_once = is_sorted and len(ordered) == raw.num_rows
        numbers = Span(first, last) if is_each_once else keys_of(codes)
    else:
        own = table.field(raw, roles.id, piece)
        numbers = span_of(own) or keys_of(own)
    return PieceCensus(
        raw.num_rows,
        first,
        last,
        is_sorted,
        tuple(_marks(ordered, len(known))),
        numbers,
        np.flatnonzero(~with_code) if roles.may_be_roster and with_code is not None else _NO_ROWS,
    )


def keys_in(table: ColumnTable, piece: int) -> RowKeys:
    """The keys of the numbers of a piece, where it turns out that their order does not tell them apart.

    Raises:
        NotOpened: when the file is damaged.
    """
    name = table.roles.code if table.kind.is_subject else table.roles.id
    return keys_of(table.field(table.source.read(piece, table.columns_of({name})), name))


def are_sorted(pieces: Sequence[PieceCensus]) -> bool:
    """Whether the rows of a table go by enterprise from its first piece to its last."""
    filled = [each for each in pieces if each.last]
    return all(one.last <= two.first for one, two in pairwise(filled)) and all(
        each.is_sorted for each in pieces
    )


def _marks(ordered: Codes, rows: int) -> Iterator[Mark]:
    """Marks over the enterprises of a piece; how many rows lie between two is near enough."""
    for start in range(0, len(ordered), MARKED_EVERY):
        end = min(start + MARKED_EVERY, len(ordered))
        yield Mark(bytes(ordered[end - 1]), end - start, rows * (end - start) // len(ordered))
