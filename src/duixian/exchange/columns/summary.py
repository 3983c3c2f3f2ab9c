"""Running sums over blocks of results (分块汇总): by clause, measure, area, treasury, year and outcome, without keeping a row.

An enterprise is whole within a block, so each counts once per group. Unknown amounts are counted, never added as zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from duixian.rules.determination import Outcome

Key = tuple[str, ...]


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

    def add(self, numbers: Mapping[str, Any]) -> None:
        """Add the sums of one more block."""
        for name in (
            "count",
            "enterprises",
            "unknown",
            "ceiling_fen",
            "amount_fen",
            "city_fen",
            "county_fen",
            "undivided_fen",
        ):
            setattr(self, name, getattr(self, name) + int(numbers[name] or 0))
        for outcome in Outcome:
            self.outcomes[outcome] += int(numbers[outcome])


class RunningSummary:
    """Sums over all blocks added so far (累计汇总)."""

    def __init__(self) -> None:
        self._groups: dict[By, dict[Key, Totals]] = {by: {} for by in By}

    def add(self, table: Any) -> None:
        """Add a block of results."""
        import polars as pl

        columns = sorted({name for keys in _KEYS.values() for name in keys} - {"outcome"})
        wanted = [*columns, "outcome", "owner", "ceiling_fen", "amount_fen", "city_fen", "county_fen"]
        frame = pl.from_arrow(table.select(wanted))
        assert isinstance(frame, pl.DataFrame)
        frame = frame.with_columns(is_payable=pl.col("outcome").cast(pl.String) == Outcome.PAYABLE.value)
        for by, keys in _KEYS.items():
            rows = frame.filter("is_payable") if by in _PAYABLE_ONLY else frame
            sums = rows.group_by(keys).agg(_sums(pl)) if keys else rows.select(_sums(pl))
            for numbers in sums.iter_rows(named=True):
                key = tuple("" if numbers[name] is None else str(numbers[name]) for name in keys)
                self._groups[by].setdefault(key, Totals()).add(numbers)

    def by(self, by: By) -> dict[Key, Totals]:
        """The sums of each group, by key."""
        return dict(sorted(self._groups[by].items()))

    @property
    def whole(self) -> Totals:
        """The sums of everything."""
        return self._groups[By.ALL].get((), Totals())


def _sums(pl: Any) -> list[Any]:
    payable = pl.col("is_payable")

    def of_payable(name: str) -> Any:
        return pl.col(name).filter(payable).sum().alias(name)

    outcome = pl.col("outcome").cast(pl.String)
    return [
        pl.len().alias("count"),
        pl.col("owner").n_unique().alias("enterprises"),
        pl.col("amount_fen").null_count().alias("unknown"),
        *(of_payable(name) for name in ("ceiling_fen", "amount_fen", "city_fen", "county_fen")),
        pl.col("amount_fen").filter(payable & pl.col("city_fen").is_null()).sum().alias("undivided_fen"),
        *((outcome == each.value).sum().alias(each) for each in Outcome),
    ]
