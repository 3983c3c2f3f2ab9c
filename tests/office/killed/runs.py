"""A run is started (认定): by the service, in several transactions; and by a request that may come twice, in one."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import QuerySet

from duixian.exchange.demo.write import write_demo_city
from duixian.office.api.models import KeptAnswer
from duixian.office.audit.models import AuditEvent
from duixian.office.registry.import_tables import import_tables
from duixian.office.registry.models import FactRecord
from duixian.office.runs.models import Run, RunState, StoredDetermination
from duixian.office.runs.start import start
from duixian.office.runs.verify import verify
from tests.office.killed.deed import Desk, State, person, tokens_file

_DAY = date(2026, 12, 31)


class Runs:
    """The service itself: the run is begun, everything is decided, all rows are kept (发起认定)."""

    name = "run"

    def open(self) -> None:
        """A demo city in the registry, once."""
        if not FactRecord.objects.exists():
            facts = write_demo_city(tokens_file().parent / "demo", enterprises=300).facts
            import_tables(person("maker"), "虚构城市", facts)

    def prepare(self, number: int) -> None:
        """Nothing: all runs are of the same day."""

    def do(self, number: int, desk: Desk) -> None:
        """Start the run. Started again it is another run, the same but for its number."""
        start(person("maker"), title=self._title(number), as_of=_DAY)
        desk.answered()

    def state(self, number: int) -> State:
        """What is finished, as if it was done once; and whether anything is left of what is not."""
        finished, others = self._finished(number), self._runs(number).exclude(state=RunState.FINISHED)
        return {
            "is begun": others.filter(state=RunState.STARTED).exists(),
            "rows of what is not finished": StoredDetermination.objects.filter(run__in=others).count(),
            "finished": sorted(
                {
                    f"{run.city_hash} {run.facts_hash} {run.results_hash} {run.counts['rows']} {run.determinations.count()}"
                    for run in finished
                }
            ),
            "events": sorted(set(self._events(number))),
        }

    def between(self, states: list[State]) -> list[tuple[int, State]]:
        """Not yet begun, begun, finished."""
        return [(0, states[0]), (0, states[0] | {"is begun": True}), (1, states[-1])]

    def wrong(self, number: int) -> list[str]:
        """Every run of this deed recomputed."""
        return [complaint for run in self._runs(number) for complaint in verify(run)]

    def _title(self, number: int) -> str:
        return f"{self.name} {number}。"

    def _runs(self, number: int) -> QuerySet[Run]:
        return Run.objects.filter(title=self._title(number)).order_by("pk")

    def _events(self, number: int) -> Counter[str]:
        keys = [str(run.pk) for run in self._finished(number)]
        found = AuditEvent.objects.filter(subject_type="Run", subject_id__in=keys)
        return Counter(found.values_list("action", flat=True))

    def _finished(self, number: int) -> QuerySet[Run]:
        return self._runs(number).filter(state=RunState.FINISHED)


class RequestedRuns(Runs):
    """The same asked for by a request, which may come twice and yet is one run (接口发起认定)."""

    name = "requested-run"

    def do(self, number: int, desk: Desk) -> None:
        """Ask for the run."""
        desk.post("maker", "/runs", {"title": self._title(number), "as_of": _DAY.isoformat()})

    def state(self, number: int) -> State:
        """The runs, counted."""
        return super().state(number) | {
            "runs": self._runs(number).count(),
            "counted events": sorted(self._events(number).items()),
            "answers": KeptAnswer.objects.filter(key__startswith=f"{self.name}-{number}-").count(),
        }

    def between(self, states: list[State]) -> list[tuple[int, State]]:
        """Not there, or finished: the request is one transaction."""
        return list(enumerate(states))
