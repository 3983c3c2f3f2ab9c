"""What a kernel tells, as tuples that compare: from determinations, and from the tables of a batch."""

from __future__ import annotations

from typing import Any, NamedTuple

from duixian.kernel.batch import Batch
from duixian.rules.determination import Determination

JOINT = "；"


class Told(NamedTuple):
    """One determination with its marks; amounts in fen, None while unknown."""

    enterprise: str
    document: str
    clause: str
    measure_id: str
    measure: str
    row: str
    fact_kind: str
    fact: str
    outcome: str
    ceiling_fen: int | None
    base_fen: int | None
    amount_fen: int | None
    year: int | None
    reason: str
    missing: str
    city_fen: int | None
    county_fen: int | None
    questions: str
    marks: tuple[tuple[str, str, str, int | None, int | None], ...]


AS_IT_IS = Told._fields[:-1]


def told(each: Determination) -> Told:
    """A determination of either engine."""
    share = each.share
    marks = tuple(
        (mark.interpretation, mark.option, str(mark.outcome), mark.amount_fen, mark.city_fen)
        for mark in each.marks
    )
    return Told(
        each.enterprise, each.document, each.clause, each.measure_id, each.measure, each.row, each.fact_kind, each.fact,
        str(each.outcome), each.ceiling_fen, each.base_fen, each.amount_fen, each.year, each.reason.code,
        JOINT.join(each.missing), share.city_fen if share else None, share.county_fen if share else None,
        JOINT.join(dict.fromkeys(mark[0] for mark in marks)), marks,
    )  # fmt: skip


def told_by(batch: Batch) -> list[Told]:
    """The rows of a batch."""
    marks: dict[int, list[Any]] = {}
    for mark in batch.marks.to_pylist():
        marks.setdefault(mark["result"], []).append(
            (mark["interpretation"], mark["option"], mark["outcome"], mark["amount_fen"], mark["city_fen"])
        )
    columns = [batch.table[name].to_pylist() for name in AS_IT_IS]
    rows: list[Any] = list(zip(*columns, strict=True))
    return [Told._make((*row, tuple(marks.get(place, ())))) for place, row in enumerate(rows)]


def unmarked(rows: list[Told]) -> list[Told]:
    """The same without what open questions change; awards that only another option knows of are left out."""
    return [row._replace(questions="", marks=()) for row in rows if row.reason != "match.out-of-scope"]
