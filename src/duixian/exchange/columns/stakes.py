"""What hangs on open questions, over blocks (口径涉及金额汇总): for each other option, what it touches and how much it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]


@dataclass(slots=True)
class OptionSums:
    """What another option would do to the determinations that it touches (选项影响), in fen."""

    determinations: int = 0
    now_fen: int = 0
    then_fen: int = 0
    unknown: int = 0

    @property
    def change_fen(self) -> int:
        """How much more (or less) awards come to, at most, under this option."""
        return self.then_fen - self.now_fen


class StakesSoFar:
    """The money that hangs on each option of each open question, over all blocks added so far (累计口径影响)."""

    def __init__(self) -> None:
        self.options: dict[tuple[str, str], OptionSums] = {}

    def add(self, rows: Any) -> None:
        """Add a block's stake rows."""
        import polars as pl

        if not len(rows):
            return
        frame = pl.from_arrow(rows)
        assert isinstance(frame, pl.DataFrame)
        known = pl.col("now_fen").is_not_null() & pl.col("then_fen").is_not_null()
        sums = frame.group_by("interpretation", "option").agg(
            pl.len().alias("determinations"),
            pl.col("now_fen", "then_fen").filter(known).sum(),
            (~known).sum().alias("unknown"),
        )
        for row in sums.iter_rows(named=True):
            found = self.options.setdefault((row["interpretation"], row["option"]), OptionSums())
            found.determinations += row["determinations"]
            found.now_fen += row["now_fen"]
            found.then_fen += row["then_fen"]
            found.unknown += row["unknown"]


def stake_rows(table: Any, marks: Any) -> Any:
    """For every mark of a block whose determination it is, the question, the option, and what it gives now and would give."""
    result = marks["result"]
    return pa.table({
        "enterprise": table["enterprise"].take(result).cast(pa.large_string()),
        "interpretation": marks["interpretation"].cast(pa.string()),
        "option": marks["option"].cast(pa.string()),
        "now_fen": table["amount_fen"].take(result),
        "then_fen": marks["amount_fen"],
    })  # fmt: skip
