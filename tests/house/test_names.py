"""A file is named by its idea, so that a newcomer finds the room of a thing by its name."""

from __future__ import annotations

from tests.house.tree import SRC, python_files, shown

# Names that say "several ideas live here".
NO_NAMES = {"base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
# Django looks for a database's connection under this name and no other.
NAMED_BY_OTHERS = {"src/duixian/office/postgresql/base.py"}


def test_no_module_has_a_name_without_an_idea() -> None:
    nameless = [
        shown(path)
        for path in python_files("src", "tests", "bench")
        if shown(path) not in NAMED_BY_OTHERS
        and NO_NAMES & {part.removesuffix(".py").removeprefix("_") for part in shown(path).split("/")}
    ]
    assert not nameless, "name the idea, in the field's own words:\n" + "\n".join(nameless)


def test_every_room_is_a_package() -> None:
    """Without ``__init__.py`` a folder is imported by luck, and the wall checks do not see it."""
    folders = {
        folder for path in python_files("src") for folder in path.parents if folder.is_relative_to(SRC)
    }
    open_rooms = sorted(shown(folder) for folder in folders if not (folder / "__init__.py").is_file())
    assert not open_rooms, f"without __init__.py: {open_rooms}"
