"""No step outside of an array: the kernel as plain Python over checked arrays tells what the compiled one tells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from duixian.kernel.checked import CheckedWords, checked, checked_words
from tests.kernel import checked_run

ROOT = Path(__file__).resolve().parents[2]


def without_compilation(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A child process in which nothing is compiled, and every warning is an error."""
    env = {
        **os.environ,
        "NUMBA_DISABLE_JIT": "1",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
    }
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)


def test_plain_checked_python_tells_what_compiled_code_tells() -> None:
    child = without_compilation("-m", checked_run.__name__)
    assert child.returncode == 0, child.stderr[-3000:]
    mine = list(checked_run.lines())
    theirs = child.stdout.splitlines()
    assert len(mine) > 1_500
    for one, other in zip(mine, theirs, strict=True):
        assert one == other


def test_without_compilation_every_array_of_a_compiled_function_is_checked() -> None:
    run = (
        "import numpy as np\n"
        "from duixian.kernel.compiled import compiled\n"
        "from duixian.kernel.pointers import words_of\n"
        "@compiled\n"
        "def look(words, place): return inner(words_of(words), place)\n"
        "@compiled\n"
        "def inner(words, place): return int(words[place])\n"
        "words = np.arange(5)\n"
        "assert look(words, 4) == 4\n"
        "for place in (-1, 5):\n"
        "    try: look(words, place)\n"
        "    except IndexError: continue\n"
        "    raise AssertionError(place)\n"
    )
    child = without_compilation("-c", run)
    assert child.returncode == 0, child.stderr


@pytest.mark.parametrize("place", [-1, -5, 5, 2**40, (-1, 0), (0, -1), (0, 1)])
def test_a_place_outside_is_refused_for_reading_and_writing(place: object) -> None:
    words = np.arange(5).view(CheckedWords)
    with pytest.raises(IndexError):
        words[place]
    with pytest.raises(IndexError):
        words[place] = 7


def test_all_inside_is_as_it_is_and_over_the_same_memory() -> None:
    plain = np.arange(6).reshape(2, 3)
    words = checked_words(plain)
    assert isinstance(words, CheckedWords)
    words[1, 2] = 9
    assert plain[1, 2] == words[1, 2] == 9
    assert list(words[0][1:]) == list(words[0][:-1] + 1) == [1, 2]
    assert checked_words(words) is words
    assert checked_words(7) == 7


def test_a_checked_function_sees_its_arrays_so() -> None:
    assert checked(lambda words, place: words[place])(np.arange(3), np.int64(2)) == 2
    with pytest.raises(IndexError, match="-1"):
        checked(lambda words, place: words[place])(np.arange(3), np.int64(-1))
