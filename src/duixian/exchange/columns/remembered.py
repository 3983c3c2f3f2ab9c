"""Plain columns of the first pass, kept for the second (留存列): what fits into memory need not be read twice."""

from __future__ import annotations

import threading
from typing import Any


class Room:
    """How many bytes may still be kept (余量); asked by several threads."""

    def __init__(self, bytes_left: int) -> None:
        self._left = bytes_left
        self._lock = threading.Lock()

    def take(self, count: int) -> bool:
        """Take so many bytes, if there are."""
        with self._lock:
            is_enough = count <= self._left
            self._left -= count if is_enough else 0
            return is_enough


class Remembered:
    """Columns of one table, piece by piece, that hold nothing but plain codes, numbers or texts (留存列)."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._columns: dict[int, dict[str, Any]] = {}

    def keep(self, piece: int, name: str, array: Any) -> None:
        """Keep a column while there is room."""
        if self._room.take(array.nbytes):
            self._columns.setdefault(piece, {})[name] = array

    def give(self, piece: int) -> dict[str, Any]:
        """What was kept of a piece, by its names in the file; it is kept no longer."""
        return self._columns.pop(piece, {})
