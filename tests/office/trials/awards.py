"""Trials of awards, notices, objections and time limits: each about an award of the first enterprise, in its county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from duixian.office.accounts.actor import SYSTEM
from duixian.office.awards.apply import submit
from duixian.office.awards.check import city_check, correct, county_check
from duixian.office.awards.confirm import decline
from duixian.office.awards.exclusions import check_exclusions
from duixian.office.awards.guides import start_guide_clocks
from duixian.office.awards.models import Award, PublicNotice
from duixian.office.awards.objections import receive
from duixian.office.awards.scoring import record_score
from duixian.office.awards.windows import open_window
from tests.office.awards.scene import APPLIED, DOCUMENT, MONDAY, SCORED, Scene
from tests.office.trials.trial import Build, Stage, Trial, plain

OBJECTION = {"objector": "张某", "contact": "13800000000", "text": "该企业的设备是租来的"}
BECAUSE = {"reason": "材料不全"}


def _on(build: Callable[[Scene], Award], body: object = None) -> Build:
    """A request about an award that has come so far."""
    return lambda stage: Trial({"award_id": build(stage.scene).pk}, body=body)


def _ready(scene: Scene, measure: str = APPLIED) -> Award:
    """A draft with evidence, while its window is open."""
    award = scene.draft(measure)
    scene.evidence(award)
    open_window(scene.people.city, document=DOCUMENT, measure_id=measure, opens_on=MONDAY, closes_on=MONDAY)
    return award


def _corrected(scene: Scene) -> Award:
    return correct(scene.people.county, scene.accepted().pk, reason="请补充材料")


def _checked(scene: Scene) -> Award:
    """An application that is to be selected, checked by county and city."""
    award = submit(scene.people.enterprise, _ready(scene, SCORED).pk)
    county_check(scene.people.county, award.pk)
    return city_check(scene.people.city, award.pk)


def _scored(scene: Scene) -> Award:
    award = _checked(scene)
    for expert in "甲乙丙":
        record_score(scene.people.second_city, award.pk, expert=expert, points=80, reason="可推广")
    return award


def _with_finding(stage: Stage) -> Trial:
    scene = stage.scene
    award = scene.city_checked()
    scene.fact("负面记录", on=date(2025, 6, 1))
    check = check_exclusions(scene.people.city, award, "payment")
    return Trial({"award_id": award.pk}, body={"check_id": check.pk, "reason": "已信用修复"})


def _to_apply(stage: Stage) -> Trial:
    return Trial({"determination_id": stage.scene.determination(APPLIED).pk})


def _ended(stage: Stage) -> Trial:
    award = stage.scene.offered()
    decline(stage.scene.people.enterprise, award.pk)
    return Trial({"determination_id": award.determination_id}, body=BECAUSE)


def _renewed(stage: Stage) -> Trial:
    award = stage.scene.offered()
    newer = stage.scene.determination(run=stage.scene.another_run(), fact=award.fact, amount=1)
    return Trial({"award_id": award.pk}, body={"determination_id": newer.pk, "reason": "数据更正"})


def _run(stage: Stage) -> Trial:
    stage.scene.determination()
    return Trial({"run_id": stage.scene.run.pk}, is_nobodys=True)


def _notice(stage: Stage) -> PublicNotice:
    return stage.scene.published()


def _of_notice(body: object = None) -> Build:
    return lambda stage: Trial({"notice_id": _notice(stage).pk}, body=body, is_nobodys=True)


def _to_publish(stage: Stage) -> Trial:
    body = {"awards": [stage.scene.city_checked().pk], "title": "公示", "contact": "0518-00000000"}
    return Trial(body=body, is_nobodys=True)


def _ran(stage: Stage) -> Trial:
    notice = _notice(stage)
    stage.scene.let_pass(6)
    return Trial({"notice_id": notice.pk}, is_nobodys=True)


def _to_object(stage: Stage) -> Trial:
    return Trial({"item_id": stage.scene.on_notice().notice_items.get().pk}, body=OBJECTION, is_nobodys=True)


def _objected(stage: Stage) -> Trial:
    item = stage.scene.on_notice().notice_items.get()
    objection = receive(SYSTEM, item.pk, **OBJECTION)
    return Trial({"objection_id": objection.pk}, body={"text": "经核实，设备为自有", "is_upheld": False})


def _guide(stage: Stage) -> Trial:
    start_guide_clocks(stage.scene.people.city)
    return Trial(body={"document": DOCUMENT, "measure_id": "A03"}, is_nobodys=True)


TRIALS: dict[str, Build] = {
    "GET /awards": plain(),
    "GET /awards/{award_id}": _on(Scene.accepted),
    "GET /awards/{award_id}/account": _on(Scene.accepted),
    "POST /awards/{award_id}/account": _on(
        Scene.offered, {"holder": "连云港东海晶体有限公司", "bank": "某银行", "number": "3200123456789012"}
    ),
    "POST /awards/{award_id}/accept": _on(lambda scene: scene.account(scene.offered())),
    "POST /awards/{award_id}/decline": _on(Scene.offered, BECAUSE),
    "POST /awards/{award_id}/submit": _on(_ready),
    "POST /awards/{award_id}/resubmit": _on(_corrected, {"reason": "已补充"}),
    "POST /awards/{award_id}/county-check": _on(Scene.accepted, {}),
    "POST /awards/{award_id}/stand-in": _on(Scene.accepted, BECAUSE),
    "POST /awards/{award_id}/city-check": _on(Scene.county_checked, {}),
    "POST /awards/{award_id}/approve": _on(Scene.notice_ended, {}),
    "POST /awards/{award_id}/correct": _on(Scene.accepted, BECAUSE),
    "POST /awards/{award_id}/refuse": _on(Scene.accepted, BECAUSE),
    "POST /awards/{award_id}/renew": _renewed,
    "POST /awards/{award_id}/scores": _on(_checked, {"expert": "甲", "points": 80, "reason": "可推广"}),
    "POST /awards/{award_id}/finish-scoring": _on(_scored),
    "POST /awards/{award_id}/exclusion-checks": _on(Scene.city_checked, {"stage": "payment"}),
    "POST /awards/{award_id}/override-exclusion": _with_finding,
    "POST /determinations/{determination_id}/apply": _to_apply,
    "POST /determinations/{determination_id}/reopen": _ended,
    "POST /runs/{run_id}/awards": _run,
    "GET /runs/{run_id}/award-differences": _run,
    "GET /rankings": plain(query=f"document={DOCUMENT}&measure_id={SCORED}"),
    "GET /notices": plain(),
    "GET /notices/{notice_id}": _of_notice(),
    "POST /notices": _to_publish,
    "POST /notices/{notice_id}/end": _ran,
    "POST /notices/{notice_id}/withdraw": _of_notice({"reason": "名单有误"}),
    "POST /notice-items/{item_id}/objections": _to_object,
    "GET /objections": plain(),
    "POST /objections/{objection_id}/answer": _objected,
    "GET /windows": plain(),
    "POST /windows": plain(
        {"document": DOCUMENT, "measure_id": APPLIED, "opens_on": "2026-03-02", "closes_on": "2026-04-30"}
    ),
    "GET /clocks": plain(),
    "POST /guides/start": plain(),
    "POST /guides/publish": _guide,
    "POST /holidays/{year}": lambda stage: Trial(
        {"year": 2027}, body={"off": ["2027-01-01"], "notice": "国办发明电"}, is_nobodys=True
    ),
}
