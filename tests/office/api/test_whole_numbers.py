"""Money and keys are whole numbers as JSON writes them: nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from duixian.office.accounts.models import Role

pytestmark = pytest.mark.django_db
CHANGE = {
    "year": 2026,
    "document": "连政办规〔2025〕6号",
    "level": "city",
    "amount_fen": 100,
    "reason": "年初预算",
}


@pytest.mark.parametrize("amount", [True, "100", None, 10**30])
def test_an_amount_is_a_whole_number_and_nothing_else(client_of: Callable[..., Client], amount: Any) -> None:
    finance = client_of(Role.FINANCE)
    answer = finance.post(
        "/api/v1/budget-changes", {**CHANGE, "amount_fen": amount}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["facts"]["problems"][0]["where"]) == (422, "body.amount_fen")


@pytest.mark.parametrize("award", [True, "1", 0, 2**70])
def test_a_key_is_a_whole_number_that_a_database_can_hold(
    client_of: Callable[..., Client], award: Any
) -> None:
    notice = {"awards": [award], "title": "公示", "contact": "0518-00000000"}
    answer = client_of(Role.CITY_OFFICER).post("/api/v1/notices", notice, content_type="application/json")
    assert (answer.status_code, answer.json()["facts"]["problems"][0]["where"]) == (422, "body.awards.0")


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v1/awards/1/accept/"])
def test_a_write_to_no_address_is_told_like_a_read(client_of: Callable[..., Client], path: str) -> None:
    client = client_of(Role.CITY_OFFICER)
    client.handler.enforce_csrf_checks = True
    for ask in (client.post, client.delete, client.get):
        assert (ask(path).status_code, ask(path).json()["code"]) == (404, "no-such-address")
