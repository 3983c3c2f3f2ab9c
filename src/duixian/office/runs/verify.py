"""Verifying a run (复算): everything again from its frozen files alone, to the same bytes and the same rows; what differs is told.

A complaint is a sentence for an officer. None at all means that the run is what it says it is.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from duixian.office.audit.models import AuditEvent
from duixian.office.city import UnreadableCity
from duixian.office.evidence.store import is_whole, open_file
from duixian.office.refusal import NotThere
from duixian.office.runs.decide import EngineName, Law, decide
from duixian.office.runs.frozen_city import frozen_city
from duixian.office.runs.frozen_facts import facts_of
from duixian.office.runs.keep_rows import kept_rows
from duixian.office.runs.models import Run, RunState
from duixian.office.runs.receipt import read_receipt
from duixian.office.runs.rows import COLUMNS, text_of


def verify(run: Run) -> list[str]:
    """What is wrong with a run, [] when nothing is. One that is not finished must have no rows at all."""
    if run.state != RunState.FINISHED:
        rows = run.determinations.count()
        return [f"批次 {run.pk} 没有完成，却有 {rows} 条结果"] if rows else []
    broken = list(_broken_files(run))
    if broken:
        return broken
    receipt = read_receipt(_content(run.fingerprints["receipt"]))
    return [*_unlike_receipt(run, receipt), *_unlike_computed(run, receipt)]


def _broken_files(run: Run) -> Iterator[str]:
    named = {"政策": run.city_hash, "事实": run.facts_hash, "结果": run.results_hash}
    named["凭据"] = run.fingerprints.get("receipt", "")
    for what, digest in named.items():
        try:
            if not is_whole(digest):
                yield f"批次 {run.pk} 的{what}存档缺失或已被改动"
        except NotThere:
            yield f"批次 {run.pk} 没有{what}存档"


def _unlike_receipt(run: Run, receipt: dict[str, Any]) -> Iterator[str]:
    """Where the run's own row says other than its receipt, or the receipt is not the one that the audit chain knows."""
    told = {
        "政策": (run.city_hash, receipt["city"]),
        "事实": (run.facts_hash, receipt["facts"]),
        "结果": (run.results_hash, receipt["results"]),
        "基准日": (run.as_of.isoformat(), receipt["as_of"]),
        "口径": (run.rulings, receipt["rulings"]),
        "严格模式": (run.is_strict, receipt["strict"]),
        "引擎": (run.engine, receipt["engine"]),
        "结果指纹": (run.fingerprints.get("rows"), receipt["rows_sha256"]),
        "条数": (run.counts.get("rows"), receipt["rows"]),
    }
    yield from (f"批次 {run.pk} 的{what}与凭据不符" for what, (one, two) in told.items() if one != two)
    ends = AuditEvent.objects.filter(subject_type="Run", subject_id=str(run.pk), action="run.finish")
    if [each.detail.get("receipt") for each in ends] != [run.fingerprints["receipt"]]:
        yield f"批次 {run.pk} 的凭据与审计记录不符"


def _unlike_computed(run: Run, receipt: dict[str, Any]) -> Iterator[str]:
    """Where recomputing gives something else than what the run has kept."""
    try:
        city = frozen_city(run.city_hash)
    except UnreadableCity:
        yield f"批次 {run.pk} 的政策存档读不通"
        return
    law = Law(city, receipt["rulings"], date.fromisoformat(receipt["as_of"]), receipt["strict"])
    rows = decide(facts_of(run.facts_hash), law, EngineName(receipt["engine"])).rows
    computed = text_of(rows)
    if gzip.decompress(_content(run.results_hash)) != computed:
        yield f"批次 {run.pk} 复算的结果与结果存档不同"
    if hashlib.sha256(computed).hexdigest() != receipt["rows_sha256"]:
        yield f"批次 {run.pk} 复算的结果与凭据不同"
    yield from _unlike_kept(run, rows, computed)


def _unlike_kept(run: Run, rows: Any, computed: bytes) -> Iterator[str]:
    kept = kept_rows(run.pk)
    numbers = kept["position"].to_numpy()
    if len(kept) != len(rows) or (numbers != np.arange(1, len(rows) + 1)).any():
        yield f"批次 {run.pk} 库中有 {len(kept)} 条结果，复算得 {len(rows)} 条"
        return
    if text_of(kept.select(COLUMNS)) != computed:
        places = _first_differing(rows, kept)
        yield f"批次 {run.pk} 库中的结果与复算不同，第一处在第 {places} 条"


def _first_differing(rows: Any, kept: Any) -> int:
    columns = [(rows[name].to_pylist(), kept[name].to_pylist()) for name in COLUMNS]
    for place in range(len(rows)):
        if any(one[place] != two[place] for one, two in columns):
            return place + 1
    raise AssertionError("texts differ, rows do not")


def _content(digest: str) -> bytes:
    with open_file(digest) as file:
        return file.read()
