"""Killed at any point of import, run and payment: nothing half-done, nothing lost, nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.office.own_office import ROOT

POINTS = 10


def test_an_office_that_is_killed_goes_on_where_it_was() -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DUIXIAN_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.office.killed", str(POINTS), "--small"],
        cwd=ROOT,
        env=ours | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    kinds = ("run", "requested-run", "roster", "tables", "payment")
    assert [line.split(":")[0] for line in done.stdout.splitlines()[:-1]] == list(kinds)
