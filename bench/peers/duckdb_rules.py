"""The rules as tables for SQL (规则表): measures are rows that facts are joined with, so that a plan does not grow with them.

A recognition meets one row for each document, which knows the other document's sum for it too: what one fact gets under both is then
settled in that row, without a window. A project meets one row that carries both documents side by side.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]

from bench.peers.workload import (
    FACTORY,
    FIRST_ONLY,
    FREE_OF_BAR,
    NO_ROW,
    ONE_A_YEAR,
    ONE_EVER,
    OTHER_ROUND,
    SOFTWARE,
    SUM_A_YEAR,
    SUM_EVER,
    A,
    B,
    rules,
)
from bench.world.columns import Int64
from bench.world.happenings import CATEGORIES, RECOGNITIONS


def title_rules() -> pa.Table:
    """One row for each title at a level and a grade (``title``), each round, and each document whose measures name the title.

    ``refuses`` says that the row does not pay for such a fact at all. ``rival_*`` is the other document's line for the same fact, so
    that 就高不重复 is settled within one row; a title that no measure names has one row with measure -1.
    """
    return pa.Table.from_pylist([each for part in (B, A) for each in _title_rows(part)], schema=_TITLE_SCHEMA)


_FLAGS = (
    "refuses", "may_be_barred", "rival_refuses", "rival_may_be_barred", "wants_first", "wants_factory", "wants_software", "counted",
    "summed", "a_year", "is_factory",
)  # fmt: skip
_TITLE_SCHEMA = pa.schema(
    [(name, pa.int8()) for name in ("title", "round", "document", "measure", "row", "first_row")]
    + [(name, pa.bool_()) for name in _FLAGS]
    + [(name, pa.int64()) for name in ("fen", "rival_fen", "most_fen")]
    + [(name, pa.string()) for name in ("name", "level", "grade", "round_name", "measure_id", "row_id")]
)


def _title_rows(document: int) -> Iterator[dict[str, object]]:
    known = rules()
    for title, each in enumerate(RECOGNITIONS):
        for round_, round_name in enumerate(("获评", "复评")):
            place = (document, round_, title)
            measure, row = int(known.title_measure[place]), int(known.title_row[place])
            rival = (1 - document, round_, title)
            is_nobodys = known.title_measure[rival] < 0 and measure < 0
            if measure < 0 and not (is_nobodys and document == A):
                continue
            way, limit = known.title_way[place], known.measure_limit[measure] if measure >= 0 else 0
            yield {
                "title": title, "round": round_, "document": document, "measure": measure, "row": row, "fen": _fen(place),
                "refuses": bool(way in (NO_ROW, OTHER_ROUND)), "may_be_barred": _may_be_barred(place),
                "rival_fen": _fen(rival), "rival_may_be_barred": _may_be_barred(rival),
                "rival_refuses": bool(known.title_measure[rival] < 0) or known.title_way[rival] in (NO_ROW, OTHER_ROUND),
                "wants_first": bool(way == FIRST_ONLY), "wants_factory": _is(measure, FACTORY), "wants_software": _is(measure, SOFTWARE),
                "counted": limit in (ONE_A_YEAR, ONE_EVER), "summed": limit in (SUM_A_YEAR, SUM_EVER),
                "a_year": limit in (ONE_A_YEAR, SUM_A_YEAR), "most_fen": known.measure_limit_fen[measure] if measure >= 0 else -1,
                "first_row": known.first_row[title] if document == A else -1,
                "is_factory": document == A and bool(known.is_factory[title]),
                "name": each.title, "level": each.level, "grade": each.grade, "round_name": round_name,
                "measure_id": known.measure_ids[measure] if measure >= 0 else "", "row_id": known.row_ids[row] if row >= 0 else "",
            }  # fmt: skip


def _fen(place: tuple[int, int, int]) -> int:
    row = rules().title_row[place]
    return int(rules().row_fen[row]) if row >= 0 else -1


def _may_be_barred(place: tuple[int, int, int]) -> bool:
    return place[0] == B and not _is(int(rules().title_measure[place]), FREE_OF_BAR)


def _is(measure: int, name: str) -> bool:
    return measure == rules().measure_ids.index(name)


def project_rules() -> pa.Table:
    """One row for each category: measure, row, rate in basis points, threshold and cap under B and under A."""
    known = rules()
    columns: dict[str, Int64] = {"category": np.arange(len(CATEGORIES))}
    for document, letter in ((B, "b"), (A, "a")):
        row = known.project_row[document].astype(np.int64)
        columns |= {
            f"measure_{letter}": known.project_measure[document].astype(np.int64),
            f"row_{letter}": row,
            f"bp_{letter}": known.row_bp[row].astype(np.int64),
            f"least_{letter}": known.row_threshold_fen[row],
            f"cap_{letter}": known.row_cap_fen[row],
        }
    return pa.table({name: _small(name, each) for name, each in columns.items()} | {"name": list(CATEGORIES)})


def _small(name: str, values: Int64) -> npt.NDArray[np.integer]:
    """Codes and flags in a byte, sums in eight: narrow tables are joined and kept faster."""
    return (
        values if name.partition("_")[0] in ("fen", "most", "bp", "least", "cap") else values.astype(np.int8)
    )
