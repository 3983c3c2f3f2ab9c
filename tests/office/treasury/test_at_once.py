"""Eight workers order, pay and take results of the same things at the same time: nothing is paid twice, nothing is overdrawn."""

from __future__ import annotations

import os
from pathlib import Path

from tests.office.own_office import own_office

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
ROUNDS = 10 if ON_POSTGRESQL else 3
"""SQLite has one writer at a time: there is less to be seen."""


def test_eight_workers_leave_the_books_right(tmp_path: Path) -> None:
    with own_office(tmp_path) as office:
        with office.started("-m", "tests.office.treasury.at_once", str(ROUNDS)) as process:
            out, err = process.communicate()
        assert process.returncode == 0, err
    told = {name: int(count) for name, count in (line.rsplit(" ", 1) for line in out.splitlines())}
    assert told["batches"] == 2 * ROUNDS
    assert told["paid"] == told["settled"] > ROUNDS
    assert told["wrong in the chain"] == 0
