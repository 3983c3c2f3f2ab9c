"""An office of its own (独立办公室): another database and another home, in processes that can be killed; nothing of it is rolled back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[2]
_BEGIN = "import django; django.setup()\n"


def trial(module: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of the tests to its end, in a process that knows nothing of the office at hand but where PostgreSQL is."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DUIXIAN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=ours | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@dataclass(frozen=True)
class OwnOffice:
    """Such an office: its folder, and the environment that leads to it."""

    home: Path
    environment: Mapping[str, str]

    def started(self, *words: str) -> subprocess.Popen[str]:
        """Start Python with these words."""
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run ``duixian office …`` to its end."""
        return self._finished("-m", "duixian.cli", "office", *words)

    def python(self, program: str) -> str:
        """Run a program that may use the office; what it printed."""
        done = self._finished("-c", _BEGIN + program)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _finished(self, *words: str) -> subprocess.CompletedProcess[str]:
        with self.started(*words) as process:
            out, err = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, out, err)


@contextmanager
def own_office(home: Path) -> Iterator[OwnOffice]:
    """An empty office without tables: SQLite in its folder, or a new database beside the one that ``DATABASE_URL`` names."""
    with _database(home) as address:
        environment = {
            "DUIXIAN_HOME": str(home),
            "DUIXIAN_CITY": str(ROOT / "policies" / "lianyungang"),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "duixian.office.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PYTHONIOENCODING": "utf-8",
        }
        yield OwnOffice(home, environment)


@contextmanager
def _database(home: Path) -> Iterator[str]:
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{home / 'office.sqlite3'}"
        return
    name = f"own_{uuid4().hex}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        yield psycopg_address(given, name)
    finally:
        with psycopg.connect(given, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def psycopg_address(address: str, name: str) -> str:
    """The address of another database on the same server."""
    head, _, query = address.partition("?")
    scheme, _, rest = head.partition("://")
    host = rest.partition("/")[0]
    return f"{scheme}://{host}/{name}" + (f"?{query}" if query else "")
