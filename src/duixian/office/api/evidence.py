"""Evidence through the API (佐证接口): attached to claims, downloaded as files, stopped and ruled upon where it comes twice."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile
from pydantic import Field

from duixian.office.api.acts import acts
from duixian.office.api.openapi import answers_file
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.schema import Schema
from duixian.office.api.signing_in import actor_of_request
from duixian.office.evidence import attach, reading, ruling
from duixian.office.evidence.file_types import TAKEN
from duixian.office.evidence.models import Evidence, EvidenceStop
from duixian.office.evidence.store import demand_size
from duixian.office.refusal import Refusal

router = Router(tags=["佐证 evidence"])


class EvidenceAnswer(Schema):
    """A piece of evidence (佐证)."""

    id: int
    award: int
    kind: str
    kind_name: str
    name: str
    identity: dict[str, str]
    media_type: str
    size: int
    added_at: datetime
    withdrawn_at: datetime | None


class ClaimAnswer(Schema):
    """One side of a stop (重复一方)."""

    evidence: int
    award: int
    enterprise: str
    area: str
    document: str
    measure_id: str
    added_at: datetime
    is_withdrawn: bool


class StopAnswer(Schema):
    """Two claims that rest on the same evidence (重复佐证)."""

    id: int
    kind: str
    identity: dict[str, str]
    first: ClaimAnswer
    second: ClaimAnswer
    found_at: datetime
    ruling: str
    reason: str
    ruled_at: datetime | None


class EvidenceIn(Schema):
    """What a piece of evidence is (佐证说明); ``identity`` is a JSON object of texts, such as 发票代码 and 发票号码."""

    kind: str = Field(max_length=12)
    name: str = Field("", max_length=200)
    identity: str = Field("", max_length=2000)


class EvidenceReasonIn(Schema):
    """Why (理由)."""

    reason: str = Field(min_length=1, max_length=400)


class RulingIn(Schema):
    """Which claim keeps the evidence, and why (处理)."""

    ruling: Annotated[str, Field(pattern="^(allowed|first|second)$")]
    reason: str = Field(min_length=1, max_length=1000)


class StopsWanted(Paging):
    """Which stops are wanted (重复佐证查询); all when not said."""

    is_open: bool | None = None


@router.get("/awards/{award_id}/evidence", response=Page[EvidenceAnswer])
@acts("evidence.read")
def list_evidence(request: HttpRequest, award_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """The evidence of a claim, withdrawn pieces too (佐证)."""
    return page_of(reading.evidence_of(actor_of_request(request), award_id), paging, evidence_answer)


@router.post("/awards/{award_id}/evidence", response={201: EvidenceAnswer})
@acts("evidence.attach")
def attach_evidence(
    request: HttpRequest, award_id: Id, wanted: Form[EvidenceIn], file: File[UploadedFile | None] = None
) -> Status[dict[str, Any]]:
    """Attach a piece of evidence; the same again answers the first one (提交佐证)."""
    if file is not None:
        demand_size(file.size or 0)
    name = (file.name if file is not None else "") or wanted.name
    content = file.read() if file is not None else None
    piece = attach.attach_upload(
        actor_of_request(request), award_id, wanted.kind, name, _identity(wanted.identity), content
    )
    return Status(201, evidence_answer(piece))


@router.post("/evidence/{evidence_id}/withdraw", response=EvidenceAnswer)
@acts("evidence.withdraw")
def withdraw_evidence(request: HttpRequest, evidence_id: Id, wanted: EvidenceReasonIn) -> dict[str, Any]:
    """Take a piece of evidence back (撤回佐证)."""
    return evidence_answer(attach.withdraw(actor_of_request(request), evidence_id, wanted.reason))


@router.get("/evidence/{evidence_id}/file", openapi_extra=answers_file(*TAKEN))
@acts("evidence.open")
def download_evidence(request: HttpRequest, evidence_id: Id) -> HttpResponse:
    """The file of a piece of evidence, to be saved (下载佐证文件)."""
    return reading.download(actor_of_request(request), evidence_id)


@router.get("/evidence-stops", response=Page[StopAnswer])
@acts("stop.read")
def list_evidence_stops(request: HttpRequest, wanted: Query[StopsWanted]) -> dict[str, Any]:
    """The stops in which one's area has a part (重复佐证)."""
    return page_of(
        ruling.stops_before(actor_of_request(request), is_open=wanted.is_open), wanted, stop_answer
    )


@router.post("/evidence-stops/{stop_id}/rule", response=StopAnswer)
@acts("stop.rule")
def rule_evidence_stop(request: HttpRequest, stop_id: Id, wanted: RulingIn) -> dict[str, Any]:
    """Rule on a stop (处理重复佐证)."""
    return stop_answer(ruling.rule(actor_of_request(request), stop_id, wanted.ruling, wanted.reason))


def evidence_answer(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as an answer."""
    return {
        "id": piece.pk, "award": piece.award_id, "kind": piece.kind, "kind_name": piece.get_kind_display(), "name": piece.name,
        "identity": piece.identity, "media_type": piece.file.media_type if piece.file else "",
        "size": piece.file.size if piece.file else 0, "added_at": piece.added_at, "withdrawn_at": piece.withdrawn_at,
    }  # fmt: skip


def stop_answer(stop: EvidenceStop) -> dict[str, Any]:
    """A stop as an answer."""
    return {
        "id": stop.pk, "kind": stop.second.kind, "identity": stop.second.identity, "first": _claim(stop.first),
        "second": _claim(stop.second), "found_at": stop.found_at, "ruling": stop.ruling, "reason": stop.reason,
        "ruled_at": stop.ruled_at,
    }  # fmt: skip


def _claim(piece: Evidence) -> dict[str, Any]:
    award = piece.award
    return {
        "evidence": piece.pk, "award": award.pk, "enterprise": award.enterprise_id, "area": award.area, "document": award.document,
        "measure_id": award.measure_id, "added_at": piece.added_at, "is_withdrawn": piece.withdrawn_at is not None,
    }  # fmt: skip


def _identity(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise Refusal(
            "identity-malformed", "识别要素的写法不对", why="应为要素到文字的 JSON 对象", fix="请检查格式"
        )
    return found
