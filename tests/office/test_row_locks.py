"""Rows are held for a change of anything but their key: who only refers to one, in a row of his own, does not wait for it."""

from __future__ import annotations

import ast
from pathlib import Path

from django.db import connection

from tests.house.tree import parsed, python_files, shown
from tests.office.own_office import own_office


def test_no_row_is_held_against_those_who_refer_to_it() -> None:
    against = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files("src/duixian/office")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
        and "no_key" not in [each.arg for each in node.keywords]
    ]
    assert not against, (
        "select_for_update(no_key=True): a foreign key to the row is checked at commit, perhaps within the chain's lock"
    )


_HELD = """
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from duixian.office.accounts.models import User
from duixian.office.api.models import KeptAnswer

user = User.objects.create(username="市局甲", role="city_officer")

def keep():
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    KeptAnswer.objects.create(user=user, key="k", request_hash="", status=200)
    connection.close()

with transaction.atomic(), ThreadPoolExecutor(1) as beside:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    beside.submit(keep).result()
print(KeptAnswer.objects.count())
"""

if connection.vendor == "postgresql":

    def test_an_answer_is_kept_while_its_account_is_being_changed(tmp_path: Path) -> None:
        with own_office(tmp_path) as office:
            assert office.command("migrate").returncode == 0
            assert office.python(_HELD) == "1\n"
