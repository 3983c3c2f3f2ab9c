"""The same inputs give the same bytes: on another engine, after another reading, under another hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

from hypothesis import given

from duixian.evaluate.engine import Engine
from duixian.source.city import read_city
from tests.laws import bytes_of_all_cases
from tests.laws.real_city import FOLDER, engine
from tests.laws.runs import Run, examples, real_runs


@cache
def other_engine() -> Engine:
    """An engine over the same files, read anew."""
    city = read_city(FOLDER).city
    assert city is not None
    return Engine(city)


@given(real_runs())
@examples(100)
def test_two_readings_of_the_same_files_say_the_same(run: Run) -> None:
    one, two = (each.determine(run.dossier, run.as_of) for each in (engine(), other_engine()))
    assert repr(one) == repr(two)
    assert hash(one) == hash(two)


def test_a_second_run_says_the_same() -> None:
    assert bytes_of_all_cases.digest() == bytes_of_all_cases.digest()


def said_under(hash_seed: str) -> str:
    """The digest from a fresh interpreter."""
    command = [sys.executable, "-m", bytes_of_all_cases.__name__]
    paths = os.pathsep.join(sys.path)
    around = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths, "PYTHONUTF8": "1"}
    return subprocess.run(command, env=around, capture_output=True, text=True, check=True).stdout


def test_another_hash_seed_says_the_same() -> None:
    assert said_under("1") == said_under("4242")
