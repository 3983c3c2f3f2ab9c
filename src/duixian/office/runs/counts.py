"""What a run comes to (批次汇总): determinations and fen by outcome, clause and area. Unknown amounts are counted, never added as zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from duixian.rules.determination import Outcome

_MONEY = ("ceiling_fen", "amount_fen", "city_fen", "county_fen")


def counts_of(rows: Any, enterprises: int, facts: int) -> dict[str, Any]:
    """The summary of rows, as JSON keeps it; sums are those of what is payable."""
    plain = pa.table({
        name: rows[name] if name in _MONEY else rows[name].cast(pa.string())
        for name in ("document", "clause", "area", "outcome", "enterprise", *_MONEY)
    })  # fmt: skip
    payable = pc.equal(plain["outcome"], str(Outcome.PAYABLE))
    for name in _MONEY:
        place = plain.column_names.index(name)
        plain = plain.set_column(place, name, pc.if_else(payable, plain[name], pa.scalar(None, pa.int64())))
    plain = plain.append_column("payable", payable.cast(pa.int64()))
    return {
        "rows": len(rows),
        "enterprises": enterprises,
        "facts": facts,
        "total": _groups(plain, ())[0] if len(rows) else {},
        "outcomes": _groups(plain, ("outcome",)),
        "clauses": _groups(plain, ("document", "clause")),
        "areas": _groups(plain, ("area",)),
    }


def _groups(plain: Any, by: Sequence[str]) -> list[dict[str, Any]]:
    sums = [(name, "sum") for name in (*_MONEY, "payable")]
    wanted = [("outcome", "count"), ("enterprise", "count_distinct"), *sums]
    found = plain.group_by(list(by), use_threads=False).aggregate(wanted)
    names = {"outcome_count": "count", "enterprise_count_distinct": "enterprises"}
    names |= {f"{name}_sum": name for name, _ in sums}
    rows = [{names.get(key, key): value for key, value in row.items()} for row in found.to_pylist()]
    for row in rows:
        # A sum of nothing is nothing given; that amounts are open is told by the outcomes.
        row.update({name: row[name] or 0 for name, _ in sums})
    return sorted(rows, key=lambda row: [str(row[name]) for name in by])
