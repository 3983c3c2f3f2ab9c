"""What tests of lists share: uploading one in a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.registry.models import Roster
from duixian.office.registry.rosters.preview import preview
from duixian.office.registry.rosters.upload import upload


@pytest.fixture
def put(officer: Actor) -> Callable[..., Roster]:
    """Upload a list of recognitions."""

    def put_(content: bytes, name: str = "名单.csv", **named: Any) -> Roster:
        told = {
            "kind": "认定",
            "title": "专精特新名单",
            "issuer": "省工信厅",
            "document_number": "苏工信〔2026〕1号",
        }
        return upload(officer, content, name, **{**told, **named})

    return put_


@pytest.fixture
def see(officer: Actor, put: Callable[..., Roster]) -> Callable[..., Roster]:
    """Upload a list and look at it."""
    return lambda *arguments, **named: preview(officer, put(*arguments, **named).pk)
