"""All rows of one kind in a block (块内同类行): from however many tables, by columns or by rows, sorted by enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from duixian.exchange.columns.codes import CODE_TYPE
from duixian.exchange.columns.odd_records import OddRecord
from duixian.exchange.columns.runs import Runs, joined
from duixian.exchange.columns.table_columns import Lines
from duixian.exchange.columns.typed import typed_table
from duixian.rules.vocabulary import FactKind

_FEW = 64


@dataclass(frozen=True, slots=True)
class KindRows:
    """Typed rows of one kind by enterprise (同类行), and where each comes from.

    ``tables`` holds the place of each row's table among those that were read, ``lines`` its line there.
    """

    kind: FactKind
    table: Any
    runs: Runs
    tables: npt.NDArray[np.int32]
    lines: Lines

    def __len__(self) -> int:
        return self.runs.rows

    def slice(self, start: int, end: int) -> KindRows:
        """Some of these rows, sharing their memory."""
        return KindRows(
            self.kind,
            self.table.slice(start, end - start),
            self.runs.slice(start, end),
            self.tables[start:end],
            self.lines[start:end],
        )


def rows_of_records(kind: FactKind, records: Sequence[OddRecord]) -> KindRows:
    """Records of one kind as rows, by enterprise."""
    ordered = sorted(records, key=lambda each: each.record.code)
    return KindRows(
        kind,
        typed_table(kind, [each.record.values for each in ordered]),
        Runs.of(np.array([each.record.code for each in ordered], CODE_TYPE)),
        np.array([each.table for each in ordered], np.int32),
        np.array([each.record.place.line for each in ordered], np.int64),
    )


def concatenated(parts: Sequence[KindRows]) -> KindRows:
    """The rows of stretches that follow each other."""
    if len(parts) == 1:
        return parts[0]
    return KindRows(
        parts[0].kind,
        _joined([each.table for each in parts]),
        joined([each.runs for each in parts]),
        np.concatenate([each.tables for each in parts]),
        np.concatenate([each.lines for each in parts]),
    )


def merged(parts: Sequence[KindRows]) -> KindRows:
    """The rows of several parts of one kind by enterprise; those of one enterprise in the order of the parts."""
    whole = parts[0]
    for part in parts[1:]:
        whole = _with(whole, part)
    return whole


def _with(rows: KindRows, more: KindRows) -> KindRows:
    codes = [each.runs.spread(each.runs.codes) for each in (rows, more)]
    places = rows.runs.ends_of(codes[1])
    order = np.insert(np.arange(len(rows)), places, np.arange(len(more)) + len(rows))
    return KindRows(
        rows.kind,
        _inserted(rows.table, places, more.table, order),
        Runs.of(np.concatenate(codes)[order]),
        np.concatenate([rows.tables, more.tables])[order],
        np.concatenate([rows.lines, more.lines])[order],
    )


def _inserted(table: Any, places: npt.NDArray[np.intp], more: Any, order: Lines) -> Any:
    """The rows of both tables in ``order``: those of the second stand before the ``places`` of the first."""
    if len(places) > _FEW:
        return _joined([table, more]).take(pa.array(order))
    # A few rows leave the others where they are in memory.
    starts = [0, *places.tolist()]
    pieces = [table.slice(start, end - start) for start, end in pairwise(starts)]
    between = [more.slice(row, 1) for row in range(len(places))]
    ordered = [each for pair in zip(pieces, between, strict=True) for each in pair]
    return _joined([*ordered, table.slice(starts[-1])])


def _joined(tables: Sequence[Any]) -> Any:
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries()
