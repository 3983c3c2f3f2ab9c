"""Many ask at the same time under the same keys: how many days are written then, and how many different answers told.

    python -m tests.office.api.at_once NAME

It makes a database of that name (a file for SQLite), and drops it at the end: in the tests' own there is one transaction, and on SQLite
one connection, so that everything would come in turn.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

ASKERS, ROUNDS = 8, 10


def ask_at_once() -> tuple[int, int]:
    """Days written, and different answers: both should be as many as there were keys."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import override_settings

    from duixian.office.accounts.actor import actor_of
    from duixian.office.accounts.models import Role, User
    from duixian.office.accounts.tokens import issue
    from duixian.office.awards.models import Holiday

    user = User.objects.create(username="经办", role=Role.CITY_OFFICER)
    token = issue(actor_of(user), "test").text

    def ask(number: int) -> bytes:
        try:
            client = Client(headers={"authorization": f"Bearer {token}", "host": "localhost"})
            key = {"idempotency-key": f"key-{number // ASKERS}"}
            answer: Any = client.post(
                "/probe/days", {"note": "同时"}, content_type="application/json", headers=key
            )
            assert answer.status_code == 201, answer.content
            told: bytes = answer.content
            return told
        finally:
            connection.close()

    with override_settings(ROOT_URLCONF="tests.office.api.probe"), ThreadPoolExecutor(ASKERS) as pool:
        answers = set(pool.map(ask, range(ASKERS * ROUNDS)))
    return Holiday.objects.count(), len(answers)


def main(name: str) -> None:
    """Make the database, ask, and tell."""
    import django
    from django.db import connection

    django.setup()
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        print(*ask_at_once())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1])
