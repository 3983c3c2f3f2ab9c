"""A connection whose server has gone is noticed before it is used; as long as nothing has happened the server is not asked."""

from __future__ import annotations

import time

import pytest
from django.db import connection

if connection.vendor == "postgresql":
    from duixian.office.postgresql.base import DatabaseWrapper

    def _another() -> DatabaseWrapper:
        made = connection.copy("default")
        assert isinstance(made, DatabaseWrapper)
        made.connect()
        return made

    @pytest.mark.django_db
    def test_a_connection_that_the_server_has_ended_is_not_usable() -> None:
        lost = _another()
        assert lost.is_usable()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [lost.connection.info.backend_pid])
        until = time.monotonic() + 30
        while lost.is_usable() and time.monotonic() < until:
            time.sleep(0.01)
        assert not lost.is_usable()
        lost.close()

    @pytest.mark.django_db
    def test_a_word_from_the_server_is_no_farewell() -> None:
        told = _another()
        told.connection.execute("LISTEN duixian")
        told.connection.execute("NOTIFY duixian")
        assert told.is_usable()
        told.close()

    @pytest.mark.django_db
    def test_a_connection_that_was_closed_here_is_not_usable() -> None:
        closed = _another()
        closed.connection.close()
        assert not closed.is_usable()
        closed.close()
        assert not closed.is_usable()
