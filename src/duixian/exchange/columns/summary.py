"""Running sums over blocks of results (分块汇总): by clause, measure, area, treasury, year and outcome, without keeping a row.

An enterprise is whole within a block, so each counts once per group. Unknown amounts are counted, never added as zero. Every row is
looked at once, under the finest groups that occur; all coarser ones are added up from those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from duixian.exchange.columns.groups import Groups, combined, listed, owners_in_groups, run_starts
from duixian.exchange.columns.read_column import Mask
from duixian.exchange.columns.table_columns import one_chunk
from duixian.rules.determination import Outcome

Key = tuple[str, ...]
Sums = npt.NDArray[np.int64]
"""One row for each sum, one column for each group."""


class By(StrEnum):
    """What results are grouped by (汇总口径)."""

    CLAUSE = "clause"
    MEASURE = "measure"
    AREA = "area"
    TREASURY = "treasury"
    YEAR = "year"
    OUTCOME = "outcome"
    ALL = "all"


_KEYS: Mapping[By, tuple[str, ...]] = {
    By.CLAUSE: ("document", "clause"),
    By.MEASURE: ("document", "clause", "measure_id", "measure"),
    By.AREA: ("area",),
    By.TREASURY: ("basis",),
    By.YEAR: ("year",),
    By.OUTCOME: ("outcome",),
    By.ALL: (),
}
_PAYABLE_ONLY = frozenset({By.TREASURY})
_FINEST = ("document", "clause", "measure_id", "measure", "area", "basis", "year", "outcome")
_OUTCOME = _FINEST.index("outcome")
_PARTS = {by: [_FINEST.index(name) for name in names] for by, names in _KEYS.items()}
_MONEY = ("ceiling_fen", "amount_fen", "city_fen", "county_fen")
_SUMS = ("count", "unknown", *_MONEY, "undivided_fen")


@dataclass(slots=True)
class Totals:
    """The sums of a group (汇总行): numbers of determinations by outcome and of enterprises; of the payable ones fen.

    ``undivided_fen`` is the part of ``amount_fen`` whose bearer is not known (分担待定); ``unknown`` counts amounts that are not known.
    """

    count: int = 0
    enterprises: int = 0
    unknown: int = 0
    ceiling_fen: int = 0
    amount_fen: int = 0
    city_fen: int = 0
    county_fen: int = 0
    undivided_fen: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    def add(self, outcome: Outcome, numbers: Mapping[str, int]) -> None:
        """Add the sums of determinations with one outcome."""
        for name, number in numbers.items():
            setattr(self, name, getattr(self, name) + number)
        self.outcomes[outcome] += numbers["count"]


class RunningSummary:
    """Sums over all blocks added so far (累计汇总)."""

    def __init__(self) -> None:
        self._groups: dict[By, dict[Key, Totals]] = {by: {} for by in By}

    def add(self, table: Any) -> None:
        """Add a block of results. ``owner`` numbers its enterprises."""
        if not len(table):
            return
        finest = combined([listed(one_chunk(table.column(name))) for name in _FINEST])
        is_payable = np.array([name == Outcome.PAYABLE for name in finest.lists[_OUTCOME]])
        payable = is_payable[finest.parts[_OUTCOME]]
        sums = _sums(table, finest, payable)
        for by in By:
            self._add_sums(by, finest, sums * payable if by in _PAYABLE_ONLY else sums)
        self._count_enterprises(table, finest, payable)

    def by(self, by: By) -> dict[Key, Totals]:
        """The sums of each group, by key."""
        return dict(sorted(self._groups[by].items()))

    @property
    def whole(self) -> Totals:
        """The sums of everything."""
        return self._groups[By.ALL].get((), Totals())

    def _add_sums(self, by: By, finest: Groups, sums: Sums) -> None:
        """Add up the finest groups to wider ones; those without a determination stay out."""
        groups = finest.wider([*_PARTS[by], _OUTCOME])
        wide = np.zeros((len(groups), len(sums)), np.int64)
        np.add.at(wide, groups.places, sums.T)
        for names, numbers in zip(groups.names, wide.tolist(), strict=True):
            if not numbers[0]:
                continue
            totals = self._groups[by].setdefault(names[:-1], Totals())
            totals.add(Outcome(names[-1]), dict(zip(_SUMS, numbers, strict=True)))

    def _count_enterprises(self, table: Any, finest: Groups, payable: Mask) -> None:
        owners, rows = one_chunk(table.column("owner")).to_numpy(), finest.places
        if (owners[1:] < owners[:-1]).any():
            order = np.argsort(owners, kind="stable")
            owners, rows = owners[order], rows[order]
        paid = np.flatnonzero(payable[rows])
        starts, starts_of_paid, rows_paid = run_starts(owners), run_starts(owners[paid]), rows[paid]
        for by, parts in _PARTS.items():
            wider = finest.wider(parts)
            names = wider.names
            if by in _PAYABLE_ONLY:
                counts = owners_in_groups(starts_of_paid, wider.places[rows_paid], len(names))
            else:
                counts = owners_in_groups(starts, wider.places[rows], len(names))
            for key, count in zip(names, counts.tolist(), strict=True):
                if count:
                    self._groups[by][key].enterprises += count


def _sums(table: Any, finest: Groups, payable: Mask) -> Sums:
    """The sums of each of the finest groups, in the order of :data:`_SUMS`."""
    money = {name: pl.Series(name, pl.from_arrow(one_chunk(table.column(name)))) for name in _MONEY}
    frame = pl.DataFrame({"group": finest.places, **money})
    sums = np.zeros((len(_SUMS), len(finest)), np.int64)
    sums[0] = np.bincount(finest.places, minlength=len(finest))
    sums[1] = np.bincount(finest.places[money["amount_fen"].is_null().to_numpy()], minlength=len(finest))
    divided = pl.col("city_fen").is_not_null() & pl.col("county_fen").is_not_null()
    paid = frame.filter(payable[finest.places], pl.col("amount_fen").is_not_null())
    found = paid.group_by("group").agg(
        pl.col("ceiling_fen", "amount_fen").sum(),
        pl.col("city_fen", "county_fen").filter(divided).sum(),
        pl.col("amount_fen").filter(~divided).sum().alias("undivided_fen"),
    )
    sums[2:, found["group"].to_numpy()] = found.drop("group").to_numpy().T
    return sums
