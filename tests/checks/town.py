"""The small town that the tests of the checks use: two documents without an error, and ways to change them.

Whatever a test changes in policy.md was published so: original.txt is written anew, unless the test is about that.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from duixian.checks.all_checks import check_city
from duixian.errors import Problem, Severity
from duixian.rules.policy import City
from duixian.source.blocks import without_blocks
from duixian.source.city import read_city

TOWN = Path(__file__).parent / "data" / "town"
STEEL, GREEN = "steel-2024", "green-2025"
EQUIPMENT, MANUFACTURING = "equipment-2023", "manufacturing-2025"
CITY = Path(__file__).resolve().parents[2] / "policies" / "lianyungang"
"""The real policies."""


@cache
def town() -> City:
    """The town as it is."""
    return read(TOWN)


@cache
def lianyungang() -> City:
    """The real city."""
    return read(CITY)


def read(folder: Path) -> City:
    """A city that its reader finds no fault with."""
    reading = read_city(folder)
    assert not reading.problems, reading.problems
    assert reading.city is not None
    return reading.city


def copy_of_town(folder: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(TOWN, folder / "town"))


def publish(folder: Path) -> None:
    """Make every original.txt the text of its policy.md."""
    for policy in folder.glob("*/policy.md"):
        policy.with_name("original.txt").write_text(without_blocks(policy.read_text("utf-8")), "utf-8")


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first ``old``, which must be there."""
    text = file.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1), "utf-8")


def changed(tmp_path: Path, document: str, *edits: tuple[str, str]) -> City:
    """The town with words of one document's policy.md replaced, text and rules alike."""
    folder = copy_of_town(tmp_path)
    for old, new in edits:
        edit(folder / document / "policy.md", old, new)
    publish(folder)
    return read(folder)


def changed_lianyungang(tmp_path: Path, document: str, *edits: tuple[str, str]) -> City:
    """The real city with words of one document's policy.md replaced."""
    folder = Path(shutil.copytree(CITY, tmp_path / "lianyungang"))
    for old, new in edits:
        edit(folder / document / "policy.md", old, new)
    publish(folder)
    return read(folder)


def faults(city: City) -> list[str]:
    """The codes of all errors and warnings, without their room."""
    return codes([problem for problem in check_city(city) if problem.severity is not Severity.NOTE])


def codes(problems: list[Problem]) -> list[str]:
    """The codes of problems, without their room."""
    return [problem.code.removeprefix("checks.") for problem in problems]
