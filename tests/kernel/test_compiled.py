"""Compiled code: kept on disk under the fingerprint of the sources, whole or not at all, and called without the compiler."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

import duixian.kernel
from duixian.kernel.compiled import cache_folder, compiled, is_compiled
from tests.kernel.demo import AS_OF, demo_dossiers, demo_kernel

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
    env = {**os.environ, "PYTHONPATH": str(sources), "NUMBA_CACHE_DIR": str(tmp_path)}
    run = "import sys; from duixian.kernel.calendar import year_end; print(year_end(1970), 'numba' in sys.modules)"
    said = [
        subprocess.run(
            [sys.executable, "-c", run], env=env, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert said == [["364", "True"], ["364", "False"]]


def test_code_that_was_cut_off_is_made_again(sources: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(sources), "NUMBA_CACHE_DIR": str(tmp_path)}
    run = "from duixian.kernel.calendar import year_end; assert year_end(1970) == 364"
    subprocess.run([sys.executable, "-c", run], env=env, check=True)
    (file,) = tmp_path.rglob("year_end-*.o")
    whole = file.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"{}\n" + whole):
        file.write_bytes(content)
        subprocess.run([sys.executable, "-c", run], env=env, check=True)
        assert file.read_bytes() == whole


def test_the_loop_is_compiled_once_it_has_run() -> None:
    demo_kernel().determine_dossiers(demo_dossiers()[:2], AS_OF)
    assert is_compiled()


@compiled
def three(number: int) -> tuple[int, bool, int]:
    """Several numbers at once."""
    return number, number > 0, -number


@compiled
def total(numbers: Any, rows: Any) -> int:
    """Over any whole numbers, and rows of them."""
    found = 0
    for place in range(numbers.shape[0]):
        found += numbers[place]
    for row in range(rows.shape[0]):
        for column in range(rows.shape[1]):
            found += rows[row, column]
    return found


@compiled
def doubled(numbers: Any) -> None:
    """In place."""
    for place in range(numbers.shape[0]):
        numbers[place] *= 2


@compiled
def raising(count: int) -> int:
    """What no function of the kernel does."""
    if count > 1:
        raise ValueError
    return count


def test_several_numbers_come_back_as_they_are() -> None:
    assert cast("Any", three)(np.int64(7)) == (7, True, -7)
    assert cast("Any", three)(0) == (0, False, 0)


def test_arrays_of_any_whole_numbers_and_any_layout_are_read() -> None:
    rows = np.arange(6, dtype=np.int64).reshape(2, 3)
    for type_ in (np.int8, np.uint8, np.int32, np.int64):
        numbers = np.arange(10, dtype=type_)
        assert total(numbers, rows) == 45 + 15
        assert total(numbers[::2], rows.T) == 20 + 15
        assert total(numbers[::-1], rows[:, 1:]) == 45 + 12


def test_arrays_are_written_in_place() -> None:
    numbers = np.arange(4)
    doubled(numbers[1:3])
    assert numbers.tolist() == [0, 2, 4, 3]


def test_code_that_fails_does_not_go_on() -> None:
    assert raising(1) == 1
    with pytest.raises(RuntimeError):
        raising(2)


@compiled
def printing(count: int) -> int:
    """What none can do: Python is not there."""
    print(count)
    return count


def test_what_needs_more_than_the_machine_is_not_compiled() -> None:
    with pytest.raises(TypeError, match="printing needs"):
        printing(1)


def test_only_whole_numbers_and_arrays_of_them_are_taken() -> None:
    for wrong in (1.5, "1", None, np.zeros(2), [1]):
        with pytest.raises(TypeError):
            doubled(wrong)
