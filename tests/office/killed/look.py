"""Looking through an office after a restart (重启后核验): its books, its chain, its files."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from duixian.office.audit import verify as chain
from duixian.office.evidence.models import StoredFile
from duixian.office.evidence.store import is_whole
from duixian.office.treasury import verify as treasury

_PATIENCE = 60
"""Seconds that a server has to notice that its client is dead."""


def wrong() -> list[str]:
    """What is wrong in the office: its books, its chain, its files."""
    kept = StoredFile.objects.values_list("digest", flat=True)
    broken = [f"file {digest} is named and not whole" for digest in kept if not is_whole(digest)]
    broken += [
        f"file {path.name} is there and not whole" for path in stored_files() if _hash(path) != path.name
    ]
    return [*treasury.verify(), *chain.verify(), *broken]


def stored_files() -> Iterator[Path]:
    """The files in the store, whether a row names them or not."""
    return (path for path in Path(settings.FILES).glob("??/??/*") if path.is_file())


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unfinished_files() -> Iterator[Path]:
    """What a process that was killed had begun to write; no part of the store, and named by nothing."""
    return (Path(settings.FILES) / ".waiting").glob("*")


def wait_for_the_dead() -> float:
    """Wait until the server has noticed that whoever was killed is gone, how many seconds; SQLite has no server."""
    begin = time.monotonic()
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        while time.monotonic() - begin < _PATIENCE:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return time.monotonic() - begin
            time.sleep(0.01)
    raise TimeoutError("the server still works for a process that is dead")
