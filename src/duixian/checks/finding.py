"""One finding of a check (检查发现): a Problem whose severity stands with its words, so that both are decided in one place."""

from __future__ import annotations

from duixian.errors import Place, Problem, Severity
from duixian.wording import problem_catalogue


def finding(
    code: str, place: Place, found: str = "", expected: str = "", *, clause: str = "", **detail: str
) -> Problem:
    """A problem of a policy; ``code`` is one of ``wording/problems/checks.toml``."""
    severity = Severity(problem_catalogue()[code]["severity"])
    return Problem(code, place, severity, clause, found, expected, detail)
