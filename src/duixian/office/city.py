"""The city of this office (本市): its policies, read once and kept while the folder stays as it is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from duixian.rules.policy import City
from duixian.source.city import read_city


class UnreadableCity(Exception):
    """The city's folder has errors: ``duixian check`` tells them."""


def city() -> City:
    """The city whose folder the settings name.

    Raises:
        UnreadableCity: when a policy has an error.
    """
    folder = Path(settings.CITY)
    return _read(folder, _stamp(folder))


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
