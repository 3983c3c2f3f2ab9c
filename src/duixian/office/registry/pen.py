"""The pen of the registry (执笔): one writes at a time, as in a book of paper. Writes are short, or rare and long."""

from __future__ import annotations

from duixian.office.advisory_lock import wait_in_line


def take_the_pen() -> None:
    """Wait until nobody else writes into the registry; the pen is laid down with the transaction."""
    wait_in_line("registry")
