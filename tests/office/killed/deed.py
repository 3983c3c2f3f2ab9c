"""What an office does and is killed at (办理): a deed of several requests, and how far it has come, looked up in the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.test import Client

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import User
from duixian.office.accounts.tokens import issue

PEOPLE = ("maker", "publisher", "finance", "second", "auditor", "enterprise")
State = dict[str, Any]
"""Everything that one deed has left in the office, in words that are the same each time it is done."""


class Desk:
    """Who asks the office (经办), by requests that may come twice: the same deed done again asks under the same keys."""

    def __init__(self, name: str, answered: Callable[[], None]) -> None:
        tokens: Mapping[str, str] = json.loads(tokens_file().read_text("utf-8"))
        self._clients = {who: _client(token) for who, token in tokens.items()}
        self._name, self._asked, self.answered = name, 0, answered

    def post(self, who: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        """Ask for something to be done, and wait for the answer."""
        return self._ask(who, path, data=dict(body or {}), content_type="application/json")

    def send(self, who: str, path: str, **fields: object) -> Any:
        """Send a form with a file."""
        return self._ask(who, path, data=fields)

    def _ask(self, who: str, path: str, **request: Any) -> Any:
        self._asked += 1
        key = {"Idempotency-Key": f"{self._name}-{self._asked}"}
        answer = self._clients[who].post(f"/api/v1{path}", headers=key, **request)
        assert answer.status_code in (200, 201), f"{path}: {answer.content.decode()}"
        self.answered()
        return answer.json()


class Deed(Protocol):
    """Something that an office does in steps, each of them whole or not done (办理事项)."""

    @property
    def name(self) -> str:
        """What it is called in the report."""

    def open(self) -> None:
        """Make what all deeds of this kind need."""

    def prepare(self, number: int) -> None:
        """Make what the deed of this number works on."""

    def do(self, number: int, desk: Desk) -> None:
        """Do it, or go on with it, to its end."""

    def state(self, number: int) -> State:
        """How far it has come."""

    def between(self, states: list[State]) -> list[tuple[int, State]]:
        """Every state that may be seen from outside, with the number of answers before it; given are those after each answer."""

    def wrong(self, number: int) -> list[str]:
        """What its own part of the office has to say against it."""


def person(name: str) -> Actor:
    """One of the people of the office, to act by a service."""
    return actor_of(User.objects.get(username=f"treasury-{name}"))


def give_tokens() -> None:
    """Give each of them a token, and keep it where every process finds it."""
    tokens = {name: issue(person(name), "restart", days=30).text for name in PEOPLE}
    tokens_file().write_text(json.dumps(tokens), "utf-8")


def tokens_file() -> Path:
    """Where the tokens of those who ask are kept."""
    return Path(settings.HOME) / "tokens.json"


def _client(token: str) -> Client:
    client = Client(headers={"authorization": f"Bearer {token}", "host": "localhost"})
    client.handler.load_middleware()
    return client
