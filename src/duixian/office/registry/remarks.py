"""Remarks (提示): what was wrong with a table or row, in one form for all edges, whoever found it.

The rooms below tell of problems as values; the registry adds its own findings, whose codes begin with ``registry.`` and stand in
``docs/reference/refusals.md``.
"""

from __future__ import annotations

from typing import Any

from duixian.errors import Problem, Severity
from duixian.wording import Language, problem_words

ERROR, WARNING, NOTE = Severity.ERROR.value, Severity.WARNING.value, Severity.NOTE.value


def told(problem: Problem) -> dict[str, Any]:
    """A problem as a remark, with its words."""
    words, place = problem_words(problem, Language.CHINESE), problem.place
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": place.file,
        "sheet": place.sheet,
        "line": place.line,
        "column": place.column,
        "found": problem.found,
        "expected": problem.expected,
        "what": words.what,
        "why": words.why,
        "fix": words.fix,
    }


def remark(
    code: str,
    severity: str,
    what: str,
    *,
    why: str = "",
    fix: str = "",
    line: int = 0,
    column: int = 0,
    file: str = "",
    found: str = "",
    expected: str = "",
) -> dict[str, Any]:
    """A finding of the registry's own; ``code`` is written without its room."""
    return {
        "code": f"registry.{code}",
        "severity": severity,
        "file": file,
        "sheet": "",
        "line": line,
        "column": column,
        "found": found,
        "expected": expected,
        "what": what,
        "why": why,
        "fix": fix,
    }
