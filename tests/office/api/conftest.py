"""What tests of the API share: a client in a role, by token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.models import User
from duixian.office.accounts.tokens import issue


@pytest.fixture(autouse=True)
def _nobody_asked_yet(settings: Any) -> Iterator[None]:
    """The counts of throttling live in the cache."""
    settings.PROBES_PER_MINUTE = 3
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client_of(make_user: Callable[..., User]) -> Callable[..., Client]:
    """A client that signs in by token: ``client_of(Role.CITY_OFFICER)``."""

    def make(role: str, name: str = "", **named: str) -> Client:
        text = issue(actor_of(make_user(role, name, **named)), "test").text
        return Client(headers={"authorization": f"Bearer {text}", "host": "localhost"})

    return make


@pytest.fixture
def nobody() -> Client:
    """A client that is not signed in."""
    return Client(headers={"host": "localhost"})
