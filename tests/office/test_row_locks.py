"""Rows are held for a change of anything but their key: who only refers to one, in a row of his own, does not wait for it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from duixian.office.accounts.models import Role, User
from duixian.office.api.models import KeptAnswer
from tests.house.tree import parsed, python_files, shown


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


if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    def test_an_answer_is_kept_while_its_account_is_being_changed(make_user: Callable[..., User]) -> None:
        user = make_user(Role.CITY_OFFICER)

        def keep() -> int:
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '5s'")
                KeptAnswer.objects.create(user=user, key="k", request_hash="", status=200)
                return KeptAnswer.objects.count()
            finally:
                connection.close()

        with transaction.atomic(), ThreadPoolExecutor(1) as beside:
            User.objects.select_for_update(no_key=True).get(pk=user.pk)
            assert beside.submit(keep).result() == 1
