"""Waiting in line (排队): whoever does the same kind of thing at the same time comes one after the other.

For rows that are not there yet, which no row lock can hold. On PostgreSQL a lock that ends with the transaction; SQLite has one writer
anyway, from the first statement of its transaction on.
"""

from __future__ import annotations

import hashlib

from django.db import connection


def wait_in_line(*names: str) -> None:
    """Hold what each name stands for until the transaction at hand ends; several are held in one order, so that nobody waits in a ring.

    Raises:
        RuntimeError: outside of a transaction, where nothing would be held.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a line holds within a transaction only")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for number in sorted({_number(name) for name in names}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
