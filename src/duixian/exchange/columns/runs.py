"""Rows of one enterprise after another (企业行段): each code once, and the row with which its rows begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from duixian.exchange.columns.code_order import first_rows
from duixian.exchange.columns.codes import Codes

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Sorted rows by enterprise (企业行段): ``codes`` rise, the rows of each begin at ``starts``; there are ``rows`` in all."""

    codes: Codes
    starts: Rows
    rows: int

    @classmethod
    def of(cls, codes: Codes) -> Runs:
        """The runs of sorted codes, one for each row."""
        starts = first_rows(codes, are_sorted=True)
        return cls(codes.take(starts), starts, len(codes))

    @classmethod
    def of_each(cls, codes: Codes) -> Runs:
        """The runs of codes that rise from row to row."""
        return cls(codes, np.arange(len(codes)), len(codes))

    @property
    def lengths(self) -> Rows:
        """How many rows each enterprise has."""
        return np.diff(self.starts, append=self.rows)

    def end_of(self, code: bytes | None) -> int:
        """How many rows there are up to a code, those of that code included; all where there is none."""
        if code is None:
            return self.rows
        return self._row(int(np.searchsorted(self.codes, code, side="right")))

    def ends_of(self, codes: Codes) -> Rows:
        """For each of these codes how many rows there are up to it, its own included."""
        return np.append(self.starts, self.rows)[np.searchsorted(self.codes, codes, side="right")]

    def slice(self, start: int, end: int) -> Runs:
        """The runs of some rows, from a row with which an enterprise begins to one with which another ends."""
        first, last = np.searchsorted(self.starts, [start, end]).tolist()
        return Runs(self.codes[first:last], self.starts[first:last] - start, end - start)

    def code_of(self, row: int) -> str:
        """The code of a row."""
        return str(self.codes[np.searchsorted(self.starts, row, side="right") - 1].decode("ascii"))

    def rows_of(self, which: npt.NDArray[np.bool_]) -> Rows:
        """The rows of some of the enterprises."""
        starts, lengths = self.starts[which], self.lengths[which]
        return np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())

    def spread(
        self, values: npt.NDArray[Any], which: npt.NDArray[np.bool_] | None = None
    ) -> npt.NDArray[Any]:
        """A value for each enterprise, as one for each row; or for the rows of some of the enterprises."""
        if which is None:
            return values if len(values) == self.rows else np.repeat(values, self.lengths)
        return np.repeat(values[which], self.lengths[which])

    def _row(self, run: int) -> int:
        return int(self.starts[run]) if run < len(self.starts) else self.rows


def joined(parts: Sequence[Runs]) -> Runs:
    """The runs of stretches that follow each other; an enterprise may go on in the next, and in those after it."""
    codes: list[Codes] = []
    starts: list[Rows] = []
    rows, last = 0, None
    for part in parts:
        goes_on = len(part.codes) and part.codes[0] == last
        last = part.codes[-1] if len(part.codes) else last
        codes.append(part.codes[1:] if goes_on else part.codes)
        starts.append((part.starts[1:] if goes_on else part.starts) + rows)
        rows += part.rows
    return Runs(np.concatenate(codes), np.concatenate(starts), rows)
