"""Who is not signed in is counted by his address; a header that anybody can write changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from duixian.office.accounts.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.office.api.probe")]


def _codes(client: Client, times: int, **named: str) -> list[int]:
    return [client.get("/probe/open", **named).status_code for _ in range(times)]  # type: ignore[arg-type]


@time_machine.travel("2026-03-02 10:00:05+08:00", tick=False)
def test_an_address_is_stopped_after_its_share_and_another_is_not(nobody: Client) -> None:
    assert _codes(nobody, 4) == [200, 200, 200, 429]
    assert _codes(nobody, 1, REMOTE_ADDR="203.0.113.9") == [200]


def test_the_next_minute_begins_anew(nobody: Client) -> None:
    with time_machine.travel("2026-03-02 10:00:05+08:00", tick=False):
        assert _codes(nobody, 4)[-1] == 429
        assert nobody.get("/probe/open")["Retry-After"] == "55"
    with time_machine.travel("2026-03-02 10:01:00+08:00", tick=False):
        assert _codes(nobody, 1) == [200]


@time_machine.travel("2026-03-02 10:00:05+08:00", tick=False)
def test_nobody_talks_himself_out_of_it(nobody: Client) -> None:
    assert [
        nobody.get("/probe/open", headers={"x-forwarded-for": f"203.0.113.{each}"}).status_code
        for each in range(4)
    ][-1] == 429
    assert nobody.get("/probe/open", headers={"authorization": "Bearer x"}).status_code == 429


@time_machine.travel("2026-03-02 10:00:05+08:00", tick=False)
def test_who_is_signed_in_is_not_counted(client_of: Callable[..., Client]) -> None:
    assert set(_codes(client_of(Role.AUDITOR), 6)) == {200}
