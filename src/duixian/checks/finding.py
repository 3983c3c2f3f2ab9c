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


def quoted(text: str, longest: int = 40) -> str:
    """A piece of official text, short enough for a message."""
    one_line = "".join(text.split("\n"))
    return one_line if len(one_line) <= longest else one_line[: longest - 1] + "…"


def lines(*texts: str) -> str:
    """Several texts as a block of lines, for details that are tables."""
    return "\n".join(text for text in texts if text)
