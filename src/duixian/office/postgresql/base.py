"""The connection (数据库连接): before the first query of a request Django makes sure that it still stands.

Django asks the server for that, a way there and back with every request. A server that has gone away has closed its end, which this
machine knows by itself.
"""

from __future__ import annotations

from selectors import EVENT_READ, DefaultSelector

from django.db.backends.postgresql.base import DatabaseWrapper as Django
from psycopg import Connection
from psycopg.pq import ConnStatus


class DatabaseWrapper(Django):
    """A connection to PostgreSQL."""

    def is_usable(self) -> bool:
        """Whether the connection still stands: nothing has come from the server unasked, or what has come is no farewell."""
        held: Connection[object] | None = self.connection
        if held is None or held.pgconn.status != ConnStatus.OK:
            return False
        with DefaultSelector() as ears:
            ears.register(held.pgconn.socket, EVENT_READ)
            is_silent = not ears.select(timeout=0)
        return is_silent or bool(super().is_usable())
