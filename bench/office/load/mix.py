"""What is asked (请求构成): shares of each kind of request, as of a working day in which everybody is at it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

SHARES: Mapping[str, int] = {
    "evaluate a dossier": 20,
    "public page": 15,
    "search enterprises": 15,
    "one enterprise": 15,
    "list awards": 8,
    "one award": 7,
    "explain a determination": 5,
    "give account": 5,
    "accept": 2,
    "county check": 2,
    "city check": 1,
    "ledger report": 5,
}
"""In hundredths, by the routes' names in the report."""
USED_UP = {"accept": "accept", "county": "county check", "city": "city check"}
"""Writes that each need an award that nobody did that to, and what there is of these by name."""
_CITIZENS = 4_000
"""From so many addresses the public pages are asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request (请求), ready to be sent, and the statuses that are right for it."""

    route: str
    content: bytes
    expected: tuple[int, ...]


def needed(requests: int) -> dict[str, int]:
    """How many awards there must be for each kind of write, with some to spare: requests are drawn."""
    return {name: requests * SHARES[route] * 11 // 1000 + 8 for name, route in USED_UP.items()}


class Mix:
    """Makes requests of what an office holds (出题); each write meets an award of its own."""

    def __init__(self, known: Mapping[str, Any], seed: int) -> None:
        self._known, self._chance = known, random.Random(seed)
        self._left = {name: list(known[name]) for name in ("accept", "county", "city", "account")}
        self._routes, self._weights = list(SHARES), list(SHARES.values())
        self._number = 0

    def next(self) -> Asked:
        """The next request."""
        self._number += 1
        (route,) = self._chance.choices(self._routes, self._weights)
        asked: Asked = getattr(self, "_" + route.replace(" ", "_"))(route)
        return asked

    def _evaluate_a_dossier(self, route: str) -> Asked:
        body = {"as_of": "2026-12-31", "dossier": self._any("dossiers")}
        return self._post(route, "/evaluations", self._any("officers"), body)

    def _public_page(self, route: str) -> Asked:
        number = quote("连政办规〔2025〕6号")
        path = self._chance.choices(
            ["/public/measures?size=20", "/public/notices", "/public/city", f"/public/documents/{number}"], [4, 4, 1, 1]
        )[0]  # fmt: skip
        citizen = self._chance.randrange(_CITIZENS)
        headers = {"X-Forwarded-For": f"10.1.{citizen // 250}.{citizen % 250 + 1}"}
        return self._get(route, path, headers)

    def _search_enterprises(self, route: str) -> Asked:
        asked: dict[str, Any] = {"size": 20, "page": self._chance.randint(1, 5)}
        if self._chance.random() < 0.7:
            asked["text"] = self._any(self._chance.choice(("names", "codes")))
        return self._get(route, f"/enterprises?{urlencode(asked)}", self._bearer(self._any("officers")))

    def _one_enterprise(self, route: str) -> Asked:
        path = f"/enterprises/{self._any('codes')}{self._chance.choice(('', '/facts'))}"
        return self._get(route, path, self._bearer(self._any("readers")))

    def _list_awards(self, route: str) -> Asked:
        state = self._chance.choice(("", "offered", "accepted", "county_checked"))
        asked = urlencode({"size": 20, "page": self._chance.randint(1, 3), "state": state})
        return self._get(route, f"/awards?{asked}", self._bearer(self._any("officers")))

    def _one_award(self, route: str) -> Asked:
        return self._get(route, f"/awards/{self._any('awards')}", self._bearer(self._any("readers")))

    def _explain_a_determination(self, route: str) -> Asked:
        position = self._chance.randint(1, self._known["rows"] - 1)
        path = f"/runs/{self._known['run']}/determinations/{position}"
        return self._get(route, path, self._bearer(self._any("readers")))

    def _give_account(self, route: str) -> Asked:
        given = self._chance.choice(self._left["account"])
        return self._post(route, f"/awards/{given['award']}/account", given["token"], given["body"])

    def _accept(self, route: str) -> Asked:
        return self._decide(route, "accept", "accept")

    def _county_check(self, route: str) -> Asked:
        return self._decide(route, "county", "county-check")

    def _city_check(self, route: str) -> Asked:
        return self._decide(route, "city", "city-check")

    def _ledger_report(self, route: str) -> Asked:
        path = self._chance.choice(
            ("/reports/execution?year=2026", "/reports/trial-balance", "/entries?size=20")
        )
        return self._get(route, path, self._bearer(self._known["finance"]))

    def _decide(self, route: str, left: str, action: str) -> Asked:
        given = self._left[left].pop()
        return self._post(route, f"/awards/{given['award']}/{action}", given["token"], {})

    def _any(self, name: str) -> Any:
        return self._chance.choice(self._known[name])

    def _bearer(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"}

    def _get(
        self, route: str, path: str, headers: Mapping[str, str], expected: tuple[int, ...] = (200,)
    ) -> Asked:
        return Asked(route, _written("GET", path, headers, b""), expected)

    def _post(self, route: str, path: str, token: str, body: Any) -> Asked:
        headers = self._bearer(token) | {"Content-Type": "application/json"}
        if not path.startswith("/evaluations"):
            headers["Idempotency-Key"] = f"bench-{self._number}"
        return Asked(
            route, _written("POST", path, headers, json.dumps(body, ensure_ascii=False).encode()), (200, 201)
        )


def _written(method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [
        f"{method} /api/v1{path} HTTP/1.1",
        "Host: localhost",
        *(f"{name}: {text}" for name, text in headers.items()),
    ]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def asked(known: Mapping[str, Any], number: int, seed: int) -> Iterator[Asked]:
    """So many requests."""
    mix = Mix(known, seed)
    return (mix.next() for _ in range(number))
