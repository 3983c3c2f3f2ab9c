"""Compiled code: kept on disk under the fingerprint of the sources, without Python's lock and without Python's objects."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import duixian.kernel
from duixian.kernel.compiled import cache_folder

KERNEL = Path(duixian.kernel.__file__).parent
ASK = "from duixian.kernel.compiled import cache_folder, is_compiled; print(cache_folder(), is_compiled())"


def ask(sources: Path, **environment: str) -> tuple[Path, bool]:
    """Where compiled code is kept for a copy of the sources, and whether there is some, as a new process says it."""
    env = {**os.environ, "PYTHONPATH": str(sources), **environment}
    said = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True, check=True)
    folder, is_there = said.stdout.rsplit(maxsplit=1)
    return Path(folder), is_there == "True"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the kernel's sources in which one may write."""
    copy = tmp_path_factory.mktemp("sources")
    shutil.copytree(KERNEL.parent, copy / "duixian", ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_the_folder_is_named_by_the_sources(sources: Path, tmp_path: Path) -> None:
    cache = {"NUMBA_CACHE_DIR": str(tmp_path)}
    here, is_there = ask(sources, **cache)
    assert here.name == cache_folder().name
    assert here.parent == tmp_path / "duixian"
    assert not is_there
    assert ask(sources, **cache)[0] == here


def test_a_changed_file_has_another_folder_and_the_old_file_its_old_one(
    sources: Path, tmp_path: Path
) -> None:
    cache = {"NUMBA_CACHE_DIR": str(tmp_path)}
    before, file = ask(sources, **cache)[0], sources / "duixian" / "kernel" / "words.py"
    text = file.read_bytes()
    file.write_bytes(text + b"\n")
    assert ask(sources, **cache)[0] != before
    file.write_bytes(text)
    assert ask(sources, **cache)[0] == before


def test_without_a_setting_it_lies_in_the_user_s_cache(sources: Path, tmp_path: Path) -> None:
    empty = {"NUMBA_CACHE_DIR": ""}
    assert ask(sources, **empty, XDG_CACHE_HOME=str(tmp_path))[0].is_relative_to(tmp_path / "duixian")
    assert ask(sources, **empty, XDG_CACHE_HOME="", HOME=str(tmp_path))[0].is_relative_to(tmp_path / ".cache")


def test_what_was_compiled_is_found_by_the_next_process(sources: Path, tmp_path: Path) -> None:
    cache = {"NUMBA_CACHE_DIR": str(tmp_path)}
    env = {**os.environ, "PYTHONPATH": str(sources), **cache}
    run = "from duixian.kernel.calendar import year_end; assert year_end(1970) == 364"
    subprocess.run([sys.executable, "-c", run], env=env, check=True)
    assert ask(sources, **cache)[1]


def dispatchers() -> dict[str, Any]:
    """Every compiled function of the kernel."""
    found = {}
    for file in sorted(KERNEL.glob("*.py")):
        if file.stem.startswith("spark"):
            continue
        module = importlib.import_module(f"duixian.kernel.{file.stem}")
        for name, each in vars(module).items():
            if hasattr(each, "targetoptions") and each.__module__ == module.__name__:
                found[f"{file.stem}.{name}"] = each
    return found


def test_nothing_is_compiled_with_python_s_objects_or_under_its_lock() -> None:
    found = dispatchers()
    assert len(found) > 50
    for name, each in found.items():
        assert each.targetoptions["nopython"], name
        assert each.targetoptions["nogil"], name
        assert each._cache.cache_path.startswith(str(cache_folder())), name
