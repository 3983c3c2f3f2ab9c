"""A run that is killed leaves no row and no half-truth behind, and the next one finishes."""

from __future__ import annotations

import time
from pathlib import Path

from tests.office.own_office import OwnOffice, own_office
from tests.office.runs.conftest import demo_facts

_FILL = """
from pathlib import Path
from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.models import User
from duixian.office.registry.import_tables import import_tables
user = User.objects.create(username="市级经办", role="city_officer")
import_tables(actor_of(user), "虚构城市", Path({facts!r}))
"""
_RUN = """
from datetime import date
from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.models import User
from duixian.office.runs.start import start
print("begins", flush=True)
run = start(actor_of(User.objects.get()), title="首批", as_of=date(2026, 12, 31))
print(run.counts["rows"])
"""
_LOOK = """
from duixian.office.audit.verify import verify as chain
from duixian.office.runs.models import Run, StoredDetermination
from duixian.office.runs.verify import verify
for run in Run.objects.order_by("id"):
    print(run.state, run.determinations.count(), verify(run))
print(chain([]), StoredDetermination.objects.exclude(run__state="finished").count())
"""
MOMENTS = 6


def _killed(office: OwnOffice, after: float) -> None:
    """Start a run and kill it so long after it began."""
    with office.started("-c", "import django; django.setup()\n" + _RUN) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after)
        process.kill()


def test_a_killed_run_leaves_nothing_half_done(tmp_path: Path) -> None:
    with own_office(tmp_path) as office:
        assert office.command("migrate").returncode == 0
        office.python(_FILL.format(facts=str(demo_facts())))
        begin = time.monotonic()
        rows = int(office.python(_RUN).split()[-1])
        whole = time.monotonic() - begin
        for moment in range(1, MOMENTS + 1):
            _killed(office, whole * moment / MOMENTS / 2)
        assert int(office.python(_RUN).split()[-1]) == rows
        *runs, last = office.python(_LOOK).splitlines()
        assert last == "[] 0"
        assert {line for line in runs if line.startswith("finished")} == {f"finished {rows} []"}
        assert {line for line in runs if not line.startswith("finished")} <= {"failed 0 []"}
        assert runs[-1] == f"finished {rows} []"
