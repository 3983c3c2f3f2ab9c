"""Comparing runs (批次对比): what a later run gives that an earlier one did not, what it no longer gives, what it gives otherwise."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from duixian.office.evidence.store import open_file
from duixian.office.refusal import Clash
from duixian.office.runs.models import Run, RunState
from duixian.office.runs.rows import COLUMNS, rows_of_text

KEY = ("enterprise", "document", "measure_id", "fact_kind", "fact")
"""What makes two determinations of different runs the same one."""
FIELDS = tuple(name for name in COLUMNS if name not in KEY)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A determination that both runs have (变化的结果): its key, and for each field that differs what it was and what it is."""

    key: tuple[str, ...]
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class ClauseMoney:
    """Payable money of a clause in both runs (条款金额变化), in fen."""

    document: str
    clause: str
    old_fen: int
    new_fen: int

    @property
    def change_fen(self) -> int:
        """How much more it comes to, at most."""
        return self.new_fen - self.old_fen


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two runs (批次差异); ``clauses`` are all that give anything in either."""

    added: tuple[Row, ...]
    gone: tuple[Row, ...]
    changed: tuple[Changed, ...]
    clauses: tuple[ClauseMoney, ...]

    @property
    def is_none(self) -> bool:
        """Whether both runs say the same."""
        return not (self.added or self.gone or self.changed)


def difference(old: Run, new: Run) -> Difference:
    """What differs between two finished runs.

    Raises:
        Clash: when one of them is not finished.
    """
    before, after = _frame(old), _frame(new)
    both = before.join(after, on=list(KEY), suffix="_new")
    differs = pl.any_horizontal([~pl.col(name).eq_missing(pl.col(f"{name}_new")) for name in FIELDS])
    return Difference(
        added=tuple(
            after.join(before, on=list(KEY), how="anti", maintain_order="left").iter_rows(named=True)
        ),
        gone=tuple(before.join(after, on=list(KEY), how="anti", maintain_order="left").iter_rows(named=True)),
        changed=tuple(map(_changed, both.filter(differs).sort(KEY).iter_rows(named=True))),
        clauses=_clauses(before, after),
    )


def _changed(row: Row) -> Changed:
    pairs = {name: (row[name], row[f"{name}_new"]) for name in FIELDS}
    return Changed(
        tuple(row[name] for name in KEY), {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    )


def _clauses(before: pl.DataFrame, after: pl.DataFrame) -> tuple[ClauseMoney, ...]:
    old, new = _by_clause(before), _by_clause(after)
    keys = sorted(key for key in set(old) | set(new) if old.get(key) or new.get(key))
    return tuple(ClauseMoney(*key, old.get(key, 0), new.get(key, 0)) for key in keys)


def _by_clause(frame: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Payable fen by clause; what is not known yet is in no sum, and stands among the changes."""
    payable = frame.filter(pl.col("outcome") == "可兑付")
    sums = payable.group_by("document", "clause").agg(pl.col("amount_fen").sum())
    return {(document, clause): fen for document, clause, fen in sums.iter_rows()}


def _frame(run: Run) -> pl.DataFrame:
    if run.state != RunState.FINISHED:
        raise Clash(
            "run-not-finished", "认定批次没有完成", why="没有完成的批次没有结果", fix="请另选已完成的批次"
        )
    return _results(run.results_hash)


@lru_cache(maxsize=2)
def _results(digest: str) -> pl.DataFrame:
    with open_file(digest) as file:
        rows = rows_of_text(gzip.decompress(file.read()))
    frame = pl.from_arrow(rows)
    assert isinstance(frame, pl.DataFrame)
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))
