"""The files of the project, for the tests that read them instead of running them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "duixian"

# The folders that .gitignore names are made, not written; git's own is neither.
_MADE = {".git"} | {
    line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines() if line.endswith("/")
}


def written_files() -> Iterator[Path]:
    """Every file that somebody wrote, wherever it stands (no git needed: an unpacked archive is tested too)."""
    for folder, below, names in os.walk(ROOT):
        below[:] = sorted(name for name in below if name not in _MADE)
        yield from (Path(folder, name) for name in sorted(names) if not name.endswith(".pyc"))


def python_files(*rooms: str) -> list[Path]:
    """The Python files of these folders (or single files), given from the project's root; migrations, which Django writes, are none."""
    found = [path for path in written_files() if path.suffix == ".py" and path.parent.name != "migrations"]
    return [path for path in found for room in rooms if path.is_relative_to(ROOT / room)]


def shown(path: Path) -> str:
    """The path as a reader knows it: from the project's root, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), filename=shown(path))
