"""Trials of evidence: attached to a draft of the first enterprise."""

from __future__ import annotations

import json

from duixian.office.awards.open_awards import open_awards
from duixian.office.evidence.attach import attach
from duixian.office.evidence.models import Evidence, EvidenceStop
from duixian.office.evidence.store import keep
from tests.office.awards.scene import OTHER_CODE
from tests.office.trials.trial import Build, Stage, Trial, plain

IDENTITY = {"发票代码": "3200182130", "发票号码": "00123456"}
PDF = b"%PDF-1.7\n%%EOF\n"


def _piece(stage: Stage) -> Evidence:
    award = stage.scene.draft()
    return attach(
        stage.scene.people.enterprise, award.pk, "invoice", "发票.pdf", IDENTITY, keep(PDF, "发票.pdf")
    )


def _stop(stage: Stage) -> Trial:
    scene, first = stage.scene, _piece(stage)
    scene.determination("A09", code=OTHER_CODE)
    other = next(each for each in open_awards(scene.people.city, scene.run.pk) if each.pk != first.award_id)
    attach(scene.people.other_enterprise, other.pk, "invoice", "发票.pdf", IDENTITY)
    body = {"ruling": "allowed", "reason": "分批付款"}
    return Trial({"stop_id": EvidenceStop.objects.get().pk}, body=body, is_nobodys=True)


TRIALS: dict[str, Build] = {
    "GET /awards/{award_id}/evidence": lambda stage: Trial({"award_id": _piece(stage).award_id}),
    "POST /awards/{award_id}/evidence": lambda stage: Trial(
        {"award_id": stage.scene.draft().pk}, form={"kind": "invoice", "identity": json.dumps(IDENTITY)}
    ),
    "POST /evidence/{evidence_id}/withdraw": lambda stage: Trial(
        {"evidence_id": _piece(stage).pk}, body={"reason": "换一张"}
    ),
    "GET /evidence/{evidence_id}/file": lambda stage: Trial({"evidence_id": _piece(stage).pk}),
    "GET /evidence-stops": plain(),
    "POST /evidence-stops/{stop_id}/rule": _stop,
}
