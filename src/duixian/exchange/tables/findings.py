"""What a reading of tables found wrong (问题收集): every problem with its place, a flood of equal ones told once.

One wrong column of a long table would give a hundred thousand equal problems. The first hundred are told one by one,
the rest as a number with the rows between which they stand: nothing is left out in silence, and memory stays bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from duixian.errors import Place, Problem, Severity, sorted_problems

ROOM = "exchange"
TOLD_ONE_BY_ONE = 100

_Kind: TypeAlias = tuple[str, str, str, int]


@dataclass(slots=True)
class _Flood:
    """How many equal problems came, and the rows of the first and last that were only counted."""

    severity: Severity
    told: int = 0
    first_line: int = 0
    last_line: int = 0
    counted: int = 0


@dataclass(slots=True)
class Findings:
    """The problems so far (问题). Equal means: same code, file, sheet and column."""

    _told: list[Problem] = field(default_factory=list)
    _floods: dict[_Kind, _Flood] = field(default_factory=dict)

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
        """Put down one problem; ``code`` is written without its room (``bad-date``)."""
        key = (code, place.file, place.sheet, place.column)
        flood = self._floods.setdefault(key, _Flood(severity))
        if flood.told < TOLD_ONE_BY_ONE:
            flood.told += 1
            self._told.append(Problem(f"{ROOM}.{code}", place, severity, "", found, expected, detail))
            return
        flood.first_line = flood.first_line or place.line
        flood.last_line = place.line
        flood.counted += 1

    def warn(self, code: str, place: Place, *, found: str = "", expected: str = "", **detail: str) -> None:
        """Put down a warning: the row or table is still read."""
        self.add(code, place, severity=Severity.WARNING, found=found, expected=expected, **detail)

    def note(self, code: str, place: Place, *, found: str = "", expected: str = "", **detail: str) -> None:
        """Put down a note: nothing is wrong, but a reader should know."""
        self.add(code, place, severity=Severity.NOTE, found=found, expected=expected, **detail)

    @property
    def has_errors(self) -> bool:
        """Whether anything was left aside so far."""
        return any(problem.is_error for problem in self._told)

    def problems(self) -> tuple[Problem, ...]:
        """All problems by place; each flood ends with one that counts the rest."""
        return tuple(
            sorted_problems(
                self._told + [self._rest(*item) for item in self._floods.items() if item[1].counted]
            )
        )

    def _rest(self, kind: _Kind, flood: _Flood) -> Problem:
        code, file, sheet, column = kind
        detail = {"code": f"{ROOM}.{code}", "first": str(flood.first_line), "last": str(flood.last_line)}
        place = Place(file, flood.first_line, column, sheet=sheet)
        return Problem(f"{ROOM}.more-of-the-same", place, flood.severity, "", str(flood.counted), "", detail)
