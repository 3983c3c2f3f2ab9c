"""Eight people do the same things with the same awards at the same time, and each thing is done once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

from tests.office.awards.at_once import AWARDS, WORKERS

ROOT = Path(__file__).resolve().parents[3]
ONCE = ("open", "give_account", "accept", "county_check", "city_check", "publish", "end_notice", "approve")


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The address of an empty database: a file, or one more on the server that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'office.sqlite3'}"
        return
    address, name = os.environ["DATABASE_URL"], f"at_once_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_each_thing_is_done_once_for_each_award(tmp_path: Path) -> None:
    with _database(tmp_path) as address:
        environment = os.environ | {
            "DATABASE_URL": address,
            "DUIXIAN_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "tests.office.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        command = [sys.executable, "-m", "tests.office.awards.at_once"]
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    done = {line.rsplit(" ", 1)[0]: int(line.rsplit(" ", 1)[1]) for line in run.stdout.splitlines()}
    assert {action: done.get(action) for action in ONCE} == dict.fromkeys(ONCE, AWARDS)
    # Everybody who came second was told so, and nobody met an error.
    assert done["refused wrong-state"] >= (WORKERS - 1) * AWARDS
