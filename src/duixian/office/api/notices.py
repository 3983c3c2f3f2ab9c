"""Public notices and objections through the API (公示与异议接口)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Status

from duixian.office.api.acts import acts
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.schema import Schema
from duixian.office.api.schemas_batches import Key
from duixian.office.api.signing_in import actor_of_request
from duixian.office.awards import notice_board, objections
from duixian.office.awards.models import PublicNotice
from duixian.office.awards.notices import end_notice, publish, withdraw_notice

router = Router(tags=["公示 notices"])


class NoticeAnswer(Schema):
    """A notice (公示)."""

    id: int
    title: str
    document: str
    opens_on: date
    closes_on: date
    working_days: int
    contact: str
    published_at: datetime
    withdrawn_at: datetime | None
    withdrawal_reason: str


class ItemAnswer(Schema):
    """A line of a notice (公示项), as it was shown."""

    id: int
    award: int
    enterprise_name: str
    measure: str
    amount_fen: int


class WholeNoticeAnswer(NoticeAnswer):
    """A notice with its lines."""

    items: list[ItemAnswer]


class EndedAnswer(Schema):
    """Which awards go on (公示期满的事项)."""

    awards: list[int]


class NewNotice(Schema):
    """A notice to publish (公示): the awards of one document."""

    awards: list[Key] = Field(max_length=5000)
    title: str = Field(max_length=200)
    contact: str = Field(max_length=200)
    working_days: int | None = Field(None, ge=1, le=366)


class Withdrawal(Schema):
    """Why a notice is withdrawn (撤回理由)."""

    reason: str = Field("", max_length=2000)


class NewObjection(Schema):
    """An objection, with a real name (异议)."""

    objector: str = Field(max_length=120)
    contact: str = Field(max_length=120)
    text: str = Field(max_length=10_000)


class NewAnswer(Schema):
    """An answer (答复); when the objection is upheld, ``then`` is ``correct`` or ``refuse``."""

    text: str = Field(max_length=10_000)
    is_upheld: bool
    then: str = Field("", max_length=10)


class ObjectionAnswer(Schema):
    """An objection (异议); masked for who need not know whose it is."""

    id: int
    item: int
    award: int
    objector: str
    contact: str
    text: str
    received_at: datetime
    answer: str
    is_upheld: bool | None
    answered_at: datetime | None


class WantedObjections(Paging):
    """Which objections are wanted: all, those without an answer, or those with one."""

    is_open: bool | None = None


@router.get("/notices", response=Page[NoticeAnswer])
@acts("notice.read")
def list_notices(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """All notices, the newest first (公示)."""
    return page_of(notice_board.notices(actor_of_request(request)), paging)


@router.get("/notices/{notice_id}", response=WholeNoticeAnswer)
@acts("notice.read")
def read_notice(request: HttpRequest, notice_id: Id) -> dict[str, Any]:
    """One notice with its lines (公示)."""
    return _whole(notice_board.notice(actor_of_request(request), notice_id))


@router.post("/notices", response={201: WholeNoticeAnswer})
@acts("notice.publish")
def publish_notice(request: HttpRequest, wanted: NewNotice) -> Status[dict[str, Any]]:
    """Publish checked awards (发布公示)."""
    given = wanted.dict()
    return Status(201, _whole(publish(actor_of_request(request), given.pop("awards"), **given)))


@router.post("/notices/{notice_id}/end", response=EndedAnswer)
@acts("notice.end")
def end_public_notice(request: HttpRequest, notice_id: Id) -> dict[str, list[int]]:
    """Let everything go on that may, after the notice has run (公示期满)."""
    return {"awards": [each.pk for each in end_notice(actor_of_request(request), notice_id)]}


@router.post("/notices/{notice_id}/withdraw", response=NoticeAnswer)
@acts("notice.withdraw")
def withdraw_public_notice(request: HttpRequest, notice_id: Id, said: Withdrawal) -> PublicNotice:
    """Take a notice back (撤回公示)."""
    return withdraw_notice(actor_of_request(request), notice_id, reason=said.reason)


@router.post("/notice-items/{item_id}/objections", response={201: ObjectionAnswer})
@acts("objection.receive")
def receive_objection(
    request: HttpRequest, item_id: Id, given: NewObjection
) -> Status[objections.ObjectionView]:
    """Take an objection to a line of a notice, while it stands (提出异议)."""
    actor = actor_of_request(request)
    return Status(201, objections.view(actor, objections.receive(actor, item_id, **given.dict())))


@router.get("/objections", response=Page[ObjectionAnswer])
@acts("objection.read")
def list_objections(request: HttpRequest, wanted: Query[WantedObjections]) -> dict[str, Any]:
    """The objections that the account may know of (异议)."""
    return page_of(objections.objections(actor_of_request(request), is_open=wanted.is_open), wanted)


@router.post("/objections/{objection_id}/answer", response=ObjectionAnswer)
@acts("objection.answer")
def answer_objection(request: HttpRequest, objection_id: Id, given: NewAnswer) -> objections.ObjectionView:
    """Answer an objection (答复异议)."""
    actor = actor_of_request(request)
    return objections.view(actor, objections.answer(actor, objection_id, **given.dict()))


def _whole(notice: PublicNotice) -> dict[str, Any]:
    told = {name: getattr(notice, name) for name in NoticeAnswer.model_fields}
    items = [
        {"id": each.pk, "award": each.award_id, **{name: getattr(each, name) for name in _SHOWN}}
        for each in notice.items.order_by("pk")
    ]
    return told | {"items": items}


_SHOWN = ("enterprise_name", "measure", "amount_fen")
