"""The audit chain over the API: searched, verified, anchored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.tokens import issue
from duixian.office.audit.anchor import anchor_of
from tests.office.audit.chained import chain_of, unguarded, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(make_actor: Callable[..., Actor], settings: LazySettings, tmp_path: Path) -> dict[str, Any]:
    """The auditor's headers, over a chain of four events and that of the token."""
    settings.HOME = tmp_path
    chain_of(4)
    return {"Authorization": f"Bearer {issue(make_actor(Role.AUDITOR), '测试').text}"}


def test_events_are_searched_in_pages_the_newest_first(client: Client, auditor: dict[str, Any]) -> None:
    found = client.get("/api/v1/audit/events?subject_type=Award&size=3", headers=auditor).json()
    assert (found["total"], [each["number"] for each in found["items"]]) == (4, [4, 3, 2])
    found = client.get("/api/v1/audit/events?enterprise=E2", headers=auditor).json()
    assert [each["detail"] for each in found["items"]] == [{"n": 2}]


def test_verifying_says_what_is_wrong(client: Client, auditor: dict[str, Any]) -> None:
    assert client.post("/api/v1/audit/verify", headers=auditor).json() == {"is_whole": True, "findings": []}
    with unguarded():
        write("UPDATE audit_event SET actor = 'x' WHERE number = 2")
        found = client.post("/api/v1/audit/verify", headers=auditor).json()
        assert found == {"is_whole": False, "findings": ["第 2 号的内容与哈希不符"]}


def test_the_end_of_the_chain_is_given_out_as_an_anchor(client: Client, auditor: dict[str, Any]) -> None:
    anchor = anchor_of(client.post("/api/v1/audit/anchors", headers=auditor).content.decode())
    assert (anchor.number, anchor.is_ours) == (5, True)
