"""Which Duixian this is (版本)."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_of_duixian() -> str:
    """The installed version; ``source`` when it runs without being installed."""
    try:
        return version("duixian")
    except PackageNotFoundError:
        return "source"
