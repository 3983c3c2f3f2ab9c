"""Trials of runs, rulings, calculations and documents; runs are real where something is told from what they froze."""

from __future__ import annotations

from duixian.office.awards.models import Award
from duixian.office.awards.open_awards import open_awards
from duixian.office.city import city
from duixian.office.registry.models import FactRecord
from duixian.office.runs.models import Ruling, Run
from duixian.office.runs.rulings import propose
from duixian.office.runs.start import start
from tests.office.awards.scene import CODE, DOCUMENT, MONDAY
from tests.office.treasury.world import COUNTY
from tests.office.trials.trial import Build, Stage, Trial, plain

FACT = {"称号": "专精特新小巨人", "级别": "国家级", "轮次": "获评", "日期": "2025-12-10"}
DOSSIER = {"values": {"所属地区": "东海县"}, "facts": [{"kind": "认定", "id": "R1", "values": FACT}]}


def _run(stage: Stage) -> Run:
    """A real run, of one fact of the first enterprise."""
    if not FactRecord.objects.filter(number="R1").exists():
        FactRecord.objects.create(
            kind="认定", number="R1", enterprise_id=CODE, happened_on="2025-12-10", values={"编号": "R1", **FACT},
            content_hash="R1", source=stage.scene.source,
        )  # fmt: skip
    return start(stage.scene.people.city, title="2026年第一批", as_of=MONDAY)


def _of_run(stage: Stage) -> Trial:
    return Trial({"run_id": _run(stage).pk}, is_nobodys=True)


def _row(stage: Stage) -> Trial:
    run = _run(stage)
    return Trial({"run_id": run.pk, "position": run.determinations.get(enterprise=CODE).position})


def _two(stage: Stage) -> Trial:
    return Trial({"old_id": _run(stage).pk, "run_id": _run(stage).pk}, is_nobodys=True)


def _award(stage: Stage) -> Award:
    (award,) = open_awards(stage.scene.people.city, _run(stage).pk)
    return award


def _proposal() -> dict[str, object]:
    asked = next(iter(city().interpretations.values()))
    return {
        "question": asked.name, "option": next(iter(asked.options)), "reason": "会商", "basis": "会议纪要", "effective_from": MONDAY,
    }  # fmt: skip


def _proposed(stage: Stage) -> Ruling:
    return propose(stage.scene.people.city, **_proposal())  # type: ignore[arg-type]


def _of_ruling(body: object = None) -> Build:
    return lambda stage: Trial({"ruling_id": _proposed(stage).pk}, body=body, is_nobodys=True)


def _batch(stage: Stage) -> Trial:
    world = stage.world
    world.grant(1_000_00)
    world.grant(1_000_00, level="county", area=COUNTY)
    return Trial({"batch_id": world.published([world.award(100_00)]).pk}, is_nobodys=True)


def _measure() -> str:
    return city().policy(DOCUMENT).measures[0].id


TRIALS: dict[str, Build] = {
    "GET /public/city": plain(),
    "GET /public/documents": plain(),
    "GET /public/documents/{number}": lambda stage: Trial({"number": DOCUMENT}),
    "GET /public/documents/{number}/measures/{measure_id}": lambda stage: Trial(
        {"number": DOCUMENT, "measure_id": _measure()}
    ),
    "GET /public/measures": plain(),
    "GET /public/notices": plain(),
    "GET /public/vocabulary": plain(),
    "POST /public/calculator": plain({"as_of": MONDAY, "dossier": DOSSIER}),
    "POST /evaluations": plain({"as_of": MONDAY, "dossier": DOSSIER}),
    "GET /runs": plain(),
    "POST /runs": plain({"title": "2026年第一批", "as_of": MONDAY}),
    "GET /runs/{run_id}": _of_run,
    "GET /runs/{run_id}/determinations": _of_run,
    "GET /runs/{run_id}/determinations/{position}": _row,
    "GET /runs/{run_id}/difference/{old_id}": _two,
    "GET /runs/{run_id}/verification": _of_run,
    "GET /rulings": plain(),
    "POST /rulings": lambda stage: Trial(body=_proposal(), is_nobodys=True),
    "GET /rulings/{ruling_id}": _of_ruling(),
    "POST /rulings/{ruling_id}/sign": _of_ruling({}),
    "POST /rulings/{ruling_id}/refuse": _of_ruling({"reason": "依据不足"}),
    "GET /notices/{notice_id}/document": lambda stage: Trial(
        {"notice_id": stage.scene.published().pk}, is_nobodys=True
    ),
    "GET /batches/{batch_id}/payment-table": _batch,
    "GET /awards/{award_id}/letter": lambda stage: Trial({"award_id": _award(stage).pk}),
}
