"""One run at a time (一次一批): whoever holds the lock knows that no other run is under way, so that what looks like one was broken off.

The lock ends with the process or the connection that holds it: a run that was killed blocks nothing.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from duixian.office.refusal import Clash

LOCK = 0x6475_6979
"""The number under which PostgreSQL keeps runs apart."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock of runs.

    Raises:
        Clash: when another run is under way.
    """
    with _lock_of_postgresql() if connection.vendor == "postgresql" else _lock_of_file():
        yield


@contextmanager
def _lock_of_postgresql() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise _under_way()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _lock_of_file() -> Iterator[None]:
    """With SQLite all processes are on one machine, and the system lets go of a file's lock when its process ends."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    file = os.open(settings.HOME / "runs.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _under_way() from None
        yield
    finally:
        os.close(file)


def _under_way() -> Clash:
    return Clash("run-under-way", "另一批认定正在进行", why="一次只进行一批认定", fix="等它结束后再发起")
