"""The city's folder as one file (政策存档): what every run keeps, and from which it can be read again."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from duixian.office.city import UnreadableCity
from duixian.office.evidence.store import open_file
from duixian.rules.policy import City
from duixian.source.city import read_city

_THEN = (1980, 1, 1, 0, 0, 0)
"""The day that every file of an archive bears: the clock would change the bytes."""


def archive(files: dict[str, bytes]) -> bytes:
    """Files as a zip: the same files give the same bytes, since nothing is compressed and no time is told."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as made:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _THEN)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            made.writestr(entry, files[name])
    return into.getvalue()


def freeze_city(folder: Path) -> bytes:
    """Everything in the city's folder, but hidden files."""
    paths = [each for each in folder.rglob("*") if each.is_file()]
    inside = {each.relative_to(folder): each for each in paths}
    return archive(
        {
            name.as_posix(): path.read_bytes()
            for name, path in inside.items()
            if not any(part.startswith(".") for part in name.parts)
        }
    )


def city_from(archived: bytes) -> City:
    """The city that an archive holds.

    Raises:
        UnreadableCity: when a policy in it has an error.
    """
    with TemporaryDirectory(prefix="duixian-city-") as folder:
        with zipfile.ZipFile(io.BytesIO(archived)) as kept:
            kept.extractall(folder)
        reading = read_city(Path(folder))
    if reading.city is None or reading.has_errors:
        raise UnreadableCity("archived city")
    return reading.city


@lru_cache(maxsize=4)
def frozen_city(digest: str) -> City:
    """The city of a run, from the store."""
    with open_file(digest) as file:
        return city_from(file.read())
