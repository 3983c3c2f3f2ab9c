"""Waiting in line (排队): whoever does the same kind of thing at the same time comes one after the other.

For rows that are not there yet, which no row lock can hold. On PostgreSQL a lock that ends with the transaction; SQLite has one writer
anyway, from the first statement of its transaction on.
"""

from __future__ import annotations

import hashlib

from django.db import connection


def wait_in_line(*names: str, before: str = "") -> None:
    """Hold what each name stands for until the transaction at hand ends; several are held in one order, so that nobody waits in a ring.

    ``before`` are statements for PostgreSQL that come first, in the same message: a way to the server and back less.

    Raises:
        RuntimeError: outside of a transaction, where nothing would be held.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a line holds within a transaction only")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        locks = [f"SELECT pg_advisory_xact_lock({number})" for number in sorted(map(_number, {*names}))]
        cursor.execute("; ".join([*([before] if before else []), *locks]))


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
