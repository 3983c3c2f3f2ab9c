"""One malformed input: how it is made, what has to be said about it, and which good rows survive it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[[Path], None]


@dataclass(frozen=True)
class Malformed:
    """An input with something wrong (坏表). ``problems`` are ``code place``, in order; ``kept`` the numbers of good rows."""

    name: str
    make: Make
    problems: tuple[str, ...]
    kept: str


def malformed(kept: str, *problems: str) -> Callable[[Make], Malformed]:
    """Turn a function that makes the input into a case."""
    return lambda make: Malformed(make.__name__.replace("_", " "), make, problems, kept)
