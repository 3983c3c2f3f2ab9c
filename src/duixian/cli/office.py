"""``duixian office``: the office's own commands (办公室), handed on as they were typed."""

from __future__ import annotations

from collections.abc import Sequence


def run_office(args: Sequence[str]) -> int:
    """Run a command of the office; gives its exit code."""
    from duixian.office.commands import run

    return run(args)
