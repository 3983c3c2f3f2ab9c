"""Starting a run (发起认定): freeze what is known, decide, keep every row; or leave nothing behind but the word that it failed.

The way of a run: begin → freeze → decide → keep. Only the last step writes rows, in one transaction with the end of the run.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.evidence.store import keep_own
from duixian.office.refusal import Refusal
from duixian.office.registry.typed_tables import counted, typed_tables
from duixian.office.runs.counts import counts_of
from duixian.office.runs.decide import Decided, Law, decide
from duixian.office.runs.frozen_city import city_from, freeze_city
from duixian.office.runs.frozen_facts import freeze_facts
from duixian.office.runs.keep_rows import keep_rows
from duixian.office.runs.models import Run, RunState
from duixian.office.runs.one_at_a_time import one_at_a_time
from duixian.office.runs.receipt import digest_of, receipt_bytes
from duixian.office.runs.rows import text_of
from duixian.office.runs.rulings import rulings_in_force
from duixian.office.runs.snapshot import snapshot

_ZIP, _GZIP, _JSON = "application/zip", "application/gzip", "application/json"


@dataclass(frozen=True, slots=True)
class Work:
    """What a run came to before anything of it is kept (批次所得)."""

    law: Law
    city: bytes
    facts: bytes
    enterprises: int
    fact_count: int
    decided: Decided


def start(actor: Actor, *, title: str, as_of: date, is_strict: bool = False) -> Run:
    """Decide what all policies give on a day, for everybody that the registry knows.

    Earlier runs stay as they are; the last one that finished is the one to compare with. With ``is_strict`` an award that an open
    question touches is 待定.

    Raises:
        Refusal: when the run has no title, or the registry has facts that the city's words do not know.
        Clash: when another run is under way.
    """
    demand(actor, "run.start")
    if not title.strip():
        raise Refusal("title-missing", "没有写批次名称", why="批次要有名称才能辨认", fix="请填写批次名称")
    with one_at_a_time():
        run = _begin(actor, title.strip(), as_of, is_strict=is_strict)
        try:
            return _finish(actor, run, _work(run))
        except BaseException as broken:
            _fail(actor, run, broken)
            raise


def _begin(actor: Actor, title: str, as_of: date, *, is_strict: bool) -> Run:
    with acting():
        demand(actor, "run.start")
        # Nobody else holds the lock: a run that has only started was broken off.
        for left in Run.objects.select_for_update(no_key=True).filter(state=RunState.STARTED):
            _say_failed(actor, left, "broken-off")
        run = Run.objects.create(
            title=title,
            as_of=as_of,
            is_strict=is_strict,
            rulings=rulings_in_force(as_of),
            previous=Run.objects.filter(state=RunState.FINISHED).order_by("-id").first(),
            started_by_id=actor.account_id,
        )
        tell(actor, "run.start", run, detail={"as_of": as_of.isoformat(), "strict": is_strict})
        return run


def _work(run: Run) -> Work:
    city = freeze_city(Path(settings.CITY))
    law = Law(city_from(city), run.rulings, run.as_of, run.is_strict)
    with snapshot():
        tables = typed_tables(run.as_of, law.city)
    enterprises, facts = counted(tables, law.city)
    return Work(law, city, freeze_facts(tables), enterprises, facts, decide(tables, law))


def _finish(actor: Actor, run: Run, work: Work) -> Run:
    """Keep the files and all rows, and end the run, in one transaction."""
    rows = work.decided.rows
    text = text_of(rows)
    results = gzip.compress(text, 1, mtime=0)
    hashes = {
        "city": digest_of(work.city),
        "facts": digest_of(work.facts),
        "results": digest_of(results),
        "rows_sha256": digest_of(text),
    }
    receipt = receipt_bytes(work.law, work.decided.engine, hashes, len(rows))
    with acting():
        for content, kind in ((work.city, _ZIP), (work.facts, _ZIP), (results, _GZIP), (receipt, _JSON)):
            keep_own(content, kind)
        keep_rows(run.pk, rows)
        run.engine = str(work.decided.engine)
        run.city_hash, run.facts_hash, run.results_hash = hashes["city"], hashes["facts"], hashes["results"]
        run.fingerprints = {"receipt": digest_of(receipt), "rows": hashes["rows_sha256"]}
        run.counts = counts_of(rows, work.enterprises, work.fact_count)
        run.state, run.finished_at = RunState.FINISHED, timezone.now()
        run.save()
        tell(actor, "run.finish", run, detail={"receipt": run.fingerprints["receipt"], "rows": len(rows)})
    return run


def _fail(actor: Actor, run: Run, broken: BaseException) -> None:
    """Say that a run failed, by the kind of the fault alone: its words may hold data."""
    code = broken.code if isinstance(broken, Refusal) else type(broken).__name__
    with acting():
        _say_failed(actor, Run.objects.select_for_update(no_key=True).get(pk=run.pk), code)


def _say_failed(actor: Actor, run: Run, code: str) -> None:
    counts: dict[str, Any] = {"failure": code}
    run.state, run.counts, run.finished_at = RunState.FAILED, counts, timezone.now()
    run.save(update_fields=["state", "counts", "finished_at"])
    tell(actor, "run.fail", run, detail=counts)
