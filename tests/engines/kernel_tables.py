"""The kernel over typed fact tables: all dossiers of a docket in columns, answers in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from duixian.kernel.kernel import Kernel
from duixian.rules.determination import Mark, Outcome
from tests.engines.decides import ALL, MARKS, Docket, Reference, Rows, Told
from tests.engines.fact_tables import JOINT, fact_tables

UNTOLD = {"reason_clause", "rate", "is_exact", "basis"}
"""Columns that the table has not, or has in words."""
AS_IT_IS = (
    "enterprise", "document", "measure_id", "row", "fact_kind", "fact", "outcome", "ceiling_fen", "base_fen", "amount_fen",
    "reason", "year", "city_fen", "county_fen",
)  # fmt: skip


@dataclass(slots=True)
class KernelTables:
    """The kernel as a run over tables asks it; ``entangled`` counts what it left to the reference engine.

    One thread has all enterprises in one range, so that its blocks are full; two have many ranges, each of a few enterprises.
    """

    has_marks: bool = False
    is_strict: bool = False
    threads: int = 2
    entangled: int = 0

    @property
    def name(self) -> str:
        """Which of its ways."""
        ways = {"one thread": self.threads == 1, "with marks": self.has_marks, "strict": self.is_strict}
        return ", ".join(("kernel over tables", *(way for way, is_taken in ways.items() if is_taken)))

    @property
    def tells(self) -> frozenset[str]:
        """What stands in the table, and marks only when asked for."""
        return ALL - UNTOLD - (frozenset() if self.has_marks or self.is_strict else MARKS)

    def decide(self, docket: Docket) -> Sequence[Rows]:
        """What the kernel tells; of the dossiers that it leaves open, what the law tells."""
        kernel = Kernel(docket.city, docket.rulings, strict=self.is_strict)
        tables = fact_tables(docket.city, docket.dossiers)
        found = kernel.determine(tables, docket.as_of, threads=self.threads, with_marks=self.has_marks)
        by_code: dict[str, list[Told]] = {}
        for row in _rows(found.table, found.marks):
            by_code.setdefault(row.enterprise, []).append(row)
        told = {code: tuple(rows) for code, rows in by_code.items()}
        self.entangled += len(found.entangled)
        left = tuple(each for each in docket.dossiers if each.code in found.entangled)
        law = Reference(self.has_marks, self.is_strict)
        rest = law.decide(Docket(docket.city, docket.rulings, left, docket.as_of))
        told |= {each.code: rows for each, rows in zip(left, rest, strict=True)}
        return [told.get(each.code, ()) for each in docket.dossiers]


def _rows(table: Any, marks: Any) -> list[Told]:
    """The rows of a result table; what it does not hold is empty."""
    columns = {name: table[name].to_pylist() for name in (*AS_IT_IS, "missing", "questions")}
    marks_of: dict[int, list[Mark]] = {}
    for each in marks.to_pylist():
        outcome = Outcome(each["outcome"])
        mark = Mark(each["interpretation"], each["option"], outcome, each["amount_fen"], each["city_fen"])
        marks_of.setdefault(each["result"], []).append(mark)
    rows = []
    for place in range(table.num_rows):
        cells: dict[str, Any] = {name: columns[name][place] for name in AS_IT_IS}
        parts: dict[str, Any] = {name: _split(columns[name][place]) for name in ("missing", "questions")}
        marked = tuple(marks_of.get(place, ()))
        rows.append(
            Told(**cells, **parts, rate=None, is_exact=None, reason_clause=None, basis="", marks=marked)
        )
    return rows


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(JOINT)) if text else ()
