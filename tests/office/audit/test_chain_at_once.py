"""Many write the chain at the same time, and it is one chain, with what was told together standing together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from duixian.office.append_only import _statements, _undoing
from duixian.office.audit.models import AuditEvent
from tests.house.tree import ROOT
from tests.office.audit.at_once import write_at_once
from tests.office.audit.chained import write

if connection.vendor == "sqlite":

    def test_eight_writers_at_once_make_one_chain(tmp_path: Path) -> None:
        """In a process of its own: the database of the tests is in memory, where threads see each other otherwise than in a file."""
        environ = os.environ | {
            "DUIXIAN_HOME": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "duixian.office.settings",
        }
        command = [sys.executable, "-m", "tests.office.audit.at_once"]
        answer = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
        assert answer.stdout.strip() == "[]", answer.stderr

else:

    @pytest.fixture
    def unguarded_end(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
        """The database as it is, committed to; the append-only tables cannot be emptied by Django, so the test does it."""
        with django_db_blocker.unblock():
            yield
            for statement in _undoing("audit_event", connection.vendor):
                write(statement)
            AuditEvent.objects.all().delete()
            for statement in _statements("audit_event", connection.vendor):
                write(statement)

    def test_eight_writers_at_once_make_one_chain_on_postgresql(unguarded_end: None) -> None:
        assert write_at_once() == []
