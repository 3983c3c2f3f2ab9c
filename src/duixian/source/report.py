"""The report of a reading (问题收集): every problem is put down with its place, and the reading goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from duixian.errors import Place, Problem, Severity, sorted_problems

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Report:
    """What was found wrong so far."""

    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        place: Place,
        found: str = "",
        expected: str = "",
        *,
        clause: str = "",
        severity: Severity = Severity.ERROR,
        **detail: str,
    ) -> None:
        """Put down one problem; ``code`` is written without its room (``unknown-title``)."""
        problem = Problem(f"source.{code}", place, severity, clause, found, expected, detail)
        self.problems.append(problem)

    def sorted(self) -> tuple[Problem, ...]:
        """The problems by place, each once."""
        seen: list[Problem] = []
        for problem in sorted_problems(self.problems):
            if problem not in seen[-3:]:
                seen.append(problem)
        return tuple(seen)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like ``word`` (did you mean), or nothing when none comes near."""
    matches = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return matches[0] if matches else ""


def listed(words: Iterable[str], most: int = 12) -> str:
    """Words as one line of a message: 甲、乙、丙…"""
    words = list(words)
    return "、".join(words[:most]) + ("…" if len(words) > most else "")
