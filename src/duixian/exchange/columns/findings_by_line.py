"""Problems that are found out of order and told in order (按行汇总问题): a block of enterprises is no stretch of a file.

The reader of rows tells the first hundred of equal problems and counts the rest. Here they may come from any row at any
time, and those of the first rows are kept.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from duixian.errors import Place, Problem, Severity, sorted_problems
from duixian.exchange.tables.findings import ROOM, TOLD_ONE_BY_ONE, Findings

IN_THEIR_OWN_ORDER = frozenset({"repeated-row", "enterprise-twice", "duplicate-id", "enterprise-not-listed"})
"""Problems that are told by enterprise or by number, not by row."""

Tell: TypeAlias = Callable[[int], tuple[str, str, dict[str, str]]]
"""What was found in one of many rows, what was expected, and further details."""
_Key: TypeAlias = tuple[str, str, str, int]


@dataclass(slots=True)
class _Equal:
    """Equal problems: the first by rank, and how many more there are between which lines."""

    severity: Severity
    is_by_line: bool
    told: list[tuple[int, int, Problem]] = field(default_factory=list)
    seen: int = 0
    more: int = 0
    first: int = 0
    last: int = 0

    def is_told(self, line: int) -> bool:
        """Whether a problem in that line would be among the first."""
        return len(self.told) < TOLD_ONE_BY_ONE or (self.is_by_line and line < self.told[-1][0])

    def add(self, problem: Problem) -> None:
        self.seen += 1
        line = problem.place.line
        if self.is_told(line):
            insort(self.told, (line if self.is_by_line else 0, self.seen, problem), key=lambda each: each[:2])
            if len(self.told) <= TOLD_ONE_BY_ONE:
                return
            line = self.told.pop()[0]
        self.count(1, line, line)

    def count(self, number: int, first: int, last: int) -> None:
        self.more += number
        if self.is_by_line:
            self.first, self.last = min(self.first or first, first), max(self.last, last)
        else:
            self.first, self.last = self.first or first, last

    def rest(self, key: _Key) -> Problem:
        code, file, sheet, column = key
        detail = {"code": f"{ROOM}.{code}", "first": str(self.first), "last": str(self.last)}
        place = Place(file, self.first, column, sheet=sheet)
        return Problem(f"{ROOM}.more-of-the-same", place, self.severity, "", str(self.more), "", detail)


class FindingsByLine(Findings):
    """Problems of rows that come in any order (问题收集)."""

    def __init__(self) -> None:
        super().__init__()
        self._equal: dict[_Key, _Equal] = {}

    def add(
        self,
        code: str,
        place: Place,
        *,
        severity: Severity = Severity.ERROR,
        found: str = "",
        expected: str = "",
        **detail: str,
    ) -> None:
        """Put down one problem; ``code`` is written without its room."""
        problem = Problem(f"{ROOM}.{code}", place, severity, "", found, expected, detail)
        self._equals(code, place, severity).add(problem)

    def add_rows(
        self, code: str, table: Place, lines: npt.NDArray[np.int64], tell: Tell, severity: Severity
    ) -> None:
        """Put down the same problem for many rows of a table; ``tell`` is asked for those that are told one by one."""
        equal = self._equals(code, table, severity)
        order = np.argsort(lines, kind="stable") if equal.is_by_line else np.arange(len(lines))
        for done, row in enumerate(order.tolist()):
            line = int(lines[row])
            if not equal.is_told(line):
                equal.count(len(lines) - done, line, int(lines[order[-1]]))
                return
            found, expected, detail = tell(row)
            place = Place(table.file, line, sheet=table.sheet)
            equal.add(Problem(f"{ROOM}.{code}", place, severity, "", found, expected, detail))

    def _equals(self, code: str, place: Place, severity: Severity) -> _Equal:
        return self._equal.setdefault(
            (code, place.file, place.sheet, place.column), _Equal(severity, code not in IN_THEIR_OWN_ORDER)
        )

    @property
    def has_errors(self) -> bool:
        """Whether anything was left aside so far."""
        told = (each for equal in self._equal.values() for _, _, each in equal.told)
        return any(problem.is_error for problem in told)

    def problems(self) -> tuple[Problem, ...]:
        """All problems by place; each flood ends with one that counts the rest."""
        told = [problem for equal in self._equal.values() for _, _, problem in equal.told]
        rest = [equal.rest(key) for key, equal in self._equal.items() if equal.more]
        return tuple(sorted_problems([*told, *rest]))
