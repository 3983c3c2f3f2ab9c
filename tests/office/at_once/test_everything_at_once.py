"""Eight people do everything with the same things at the same time: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os

from tests.office.own_office import trial

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
ROUNDS = 10 if ON_POSTGRESQL else 3
"""SQLite has one writer at a time: there is less to be seen."""


def test_eight_people_leave_the_office_right() -> None:
    done = trial("tests.office.at_once", str(ROUNDS), *([] if ON_POSTGRESQL else ["--sqlite"]))
    assert done.returncode == 0, done.stdout + done.stderr
    told = {line.rsplit(" ", 1)[0].strip(): line.rsplit(" ", 1)[1] for line in done.stdout.splitlines()}
    assert told["wrong:"] == "0"
    for deed in ("ImportDesk.commit", "AwardDesk.approve", "TreasuryDesk.send", "TreasuryDesk.answer"):
        assert int(told[f"done {deed}"]) > 0, deed
