"""What stands in the way from outside is told as such; what is a fault of the office stays one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from duixian.office.city import UnreadableCity
from duixian.office.obstacles import is_out_of_reach, refusal_of
from tests.office.own_office import own_office

_ASKS = """
from django.test import Client
answer = Client().get("/api/v1/public/notices", headers={"host": "localhost"})
print(answer.status_code, answer.json()["code"])
"""


def test_a_request_is_told_that_the_database_is_away(tmp_path: Path) -> None:
    with own_office(tmp_path) as office:
        away = {**office.environment, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
        assert replace(office, environment=away).python(_ASKS) == "503 database-not-reached\n"


@pytest.mark.django_db
def test_a_statement_that_is_wrong_is_our_fault() -> None:
    with pytest.raises(DatabaseError) as wrong, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert not is_out_of_reach(wrong.value)
    assert refusal_of(wrong.value) is None


def test_any_other_error_is_ours_too() -> None:
    assert refusal_of(ValueError("wrong")) is None
    told = refusal_of(UnreadableCity("a folder"))
    assert told is not None
    assert "duixian check a folder" in told.fix
