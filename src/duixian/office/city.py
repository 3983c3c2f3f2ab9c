"""The city of this office (本市): its policies, read once and kept while the folder stays as it is.

Whether it has changed is looked up at most once a second: a request asks for the city many times, and looking costs more than answering.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from django.conf import settings

from duixian.rules.policy import City
from duixian.source.city import read_city

LOOK_AGAIN_SECONDS = 1
"""For so long a city is taken to be as it was last seen; a change of policies is in force by then."""


class UnreadableCity(Exception):
    """The city's folder has errors: ``duixian check`` tells them."""


def city() -> City:
    """The city whose folder the settings name.

    Raises:
        UnreadableCity: when a policy has an error.
    """
    global _seen
    named, now, seen = str(settings.CITY), perf_counter(), _seen
    if seen is not None and seen.named == named and now - seen.at < LOOK_AGAIN_SECONDS:
        return seen.city
    folder = Path(named)
    found = _read(folder, _stamp(folder))
    _seen = _Seen(named, now, found)
    return found


def look_again() -> None:
    """Let the next who asks see what has changed in the folder, however little time has passed."""
    global _seen
    _seen = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The city as it was last seen (最近所见): by which name, and when on a clock that only goes forward."""

    named: str
    at: float
    city: City


_seen: _Seen | None = None


def _stamp(folder: Path) -> int:
    """Changes when any file does."""
    return hash(
        tuple((str(file), file.stat().st_mtime_ns) for file in sorted(folder.rglob("*")) if file.is_file())
    )


@lru_cache(maxsize=2)
def _read(folder: Path, stamp: int) -> City:
    found = read_city(folder)
    if found.city is None:
        raise UnreadableCity(str(folder))
    return found.city
