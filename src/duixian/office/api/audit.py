"""The audit chain over the API (审计接口): searched by the auditor, verified and anchored by who keeps it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from duixian.office.api.acts import acts
from duixian.office.api.paging import Page, Paging, page_of
from duixian.office.api.schema import Schema
from duixian.office.api.signing_in import actor_of_request
from duixian.office.audit.anchor import Anchor, cast_anchor
from duixian.office.audit.search import Question, search
from duixian.office.audit.verify import verify_as

router = Router(tags=["审计 audit"])


class Wanted(Paging):
    """Which events are wanted (查询条件): what is left out does not count; both days belong to it."""

    subject_type: str = Field("", max_length=80)
    subject_id: str = Field("", max_length=120)
    enterprise: str = Field("", max_length=18)
    actor: str = Field("", max_length=150)
    action: str = Field("", max_length=80)
    first_day: date | None = None
    last_day: date | None = None


class EventAnswer(Schema):
    """One event of the chain (审计事件)."""

    number: int
    at: datetime
    actor: str
    action: str
    subject_type: str
    subject_id: str
    enterprise: str
    detail: dict[str, Any]
    algorithm: str
    previous_hash: str
    hash: str


class FindingsAnswer(Schema):
    """What verifying found (核验结果): nothing when the chain is whole."""

    is_whole: bool
    findings: list[str]


class AnchorAnswer(Schema):
    """The end of the chain (链头), to be kept elsewhere."""

    number: int
    hash: str
    at: str
    signature: str


@router.get("/audit/events", response=Page[EventAnswer])
@acts("audit.read")
def search_events(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, object]:
    """The events that answer a question, the newest first (查询审计事件)."""
    question = Question(**wanted.model_dump(exclude={"page", "size"}))
    return page_of(search(actor_of_request(request), question), wanted)


@router.post("/audit/verify", response=FindingsAnswer)
@acts("audit.verify")
def verify_chain(request: HttpRequest) -> FindingsAnswer:
    """Verify the whole chain against the anchors that are kept (核验审计链)."""
    findings = verify_as(actor_of_request(request))
    return FindingsAnswer(is_whole=not findings, findings=findings)


@router.post("/audit/anchors", response=AnchorAnswer)
@acts("audit.anchor")
def anchor_chain(request: HttpRequest) -> Anchor:
    """Note the end of the chain, and give it out to be kept elsewhere (固定链头)."""
    return cast_anchor(actor_of_request(request))
