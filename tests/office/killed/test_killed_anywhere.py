"""Killed at any point of import, run and payment: nothing half-done, nothing lost, nothing twice."""

from __future__ import annotations

from tests.office.own_office import trial

POINTS = 10


def test_an_office_that_is_killed_goes_on_where_it_was() -> None:
    done = trial("tests.office.killed", str(POINTS), "--small")
    assert done.returncode == 0, done.stdout + done.stderr
    kinds = ("run", "requested-run", "roster", "tables", "payment")
    assert [line.split(":")[0] for line in done.stdout.splitlines()[:-1]] == list(kinds)
