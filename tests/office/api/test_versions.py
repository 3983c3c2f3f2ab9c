"""A single thing tells its version, and a write says which one it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from duixian.office.accounts.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.office.api.probe")]


@pytest.fixture
def officer(client_of: Callable[..., Client]) -> Client:
    return client_of(Role.CITY_OFFICER)


def put(client: Client, version: str | None) -> Any:
    headers = {} if version is None else {"if-match": version}
    return client.put("/probe/things/1", headers=headers)


def test_a_thing_tells_its_version(officer: Client) -> None:
    assert officer.get("/probe/things/1")["ETag"] == '"7"'


def test_a_version_is_no_word_on_what_else_is_told(officer: Client) -> None:
    answer = officer.get("/probe/things/1", headers={"if-none-match": '"6", "7"'})
    assert (answer.status_code, answer["ETag"]) == (200, '"7"')
    assert answer.content


@pytest.mark.parametrize(("version", "said"), [(None, "None"), ("*", "None"), ('"7"', "7")])
def test_a_write_of_the_right_version_is_done(officer: Client, version: str | None, said: str) -> None:
    answer = put(officer, version)
    assert (answer.status_code, answer.json()) == (200, {"said": said})


def test_a_write_of_an_old_version_is_refused(officer: Client) -> None:
    answer = put(officer, '"6"')
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")


@pytest.mark.parametrize("version", ["7", 'W/"7"', '"x"', '"7", "8"', '"07"', '"-1"', '"99999999999"'])
def test_a_version_that_is_none_is_refused(officer: Client, version: str) -> None:
    answer = put(officer, version)
    assert (answer.status_code, answer.json()["code"]) == (422, "version-malformed")
