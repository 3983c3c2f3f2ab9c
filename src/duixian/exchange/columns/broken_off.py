"""Files that break off (读到一半损坏): what to do when a file proves damaged after rows of it may have been handed on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from duixian.errors import Place, Problem
from duixian.exchange.tables.findings import ROOM
from duixian.exchange.tables.regular_file import NotOpened


class BrokenOff(Exception):
    """A file turned out to be damaged when it was too late to leave it aside; ``problem`` says which.

    Only files that are too large to be looked through beforehand can break off. What was made of their rows is void.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@contextmanager
def too_late(place: Place) -> Iterator[None]:
    """Within it, a table that cannot be read on breaks the whole reading off.

    Raises:
        BrokenOff: instead of ``NotOpened``.
    """
    try:
        yield
    except NotOpened as refusal:
        found, expected = refusal.found, refusal.expected
        raise BrokenOff(Problem(f"{ROOM}.{refusal.code}", place, found=found, expected=expected)) from refusal
