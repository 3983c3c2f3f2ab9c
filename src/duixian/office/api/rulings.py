"""Rulings through the API (口径决定接口)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from duixian.office.api.acts import acts
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.schemas_runs import NewRuling, RulingAnswer, Signed, ruling_answer
from duixian.office.api.signing_in import actor_of_request
from duixian.office.runs.models import Ruling
from duixian.office.runs.reading import ruling_of, rulings
from duixian.office.runs.rulings import propose, refuse, sign

router = Router(tags=["口径决定 rulings"])


@router.get("/rulings", response=Page[RulingAnswer])
@acts("ruling.read")
def list_rulings(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """All rulings, the newest first (口径决定)."""
    page = page_of(rulings(actor_of_request(request)), paging)
    return page | {"items": [ruling_answer(each) for each in _listed(page)]}


@router.get("/rulings/{ruling_id}", response=RulingAnswer)
@acts("ruling.read")
def read_ruling(request: HttpRequest, ruling_id: Id) -> dict[str, Any]:
    """One ruling (口径决定)."""
    return ruling_answer(ruling_of(actor_of_request(request), ruling_id))


@router.post("/rulings", response={201: RulingAnswer})
@acts("ruling.propose")
def propose_ruling(request: HttpRequest, wanted: NewRuling) -> Status[dict[str, Any]]:
    """Propose an answer to an open question (提出口径决定)."""
    return Status(201, ruling_answer(propose(actor_of_request(request), **wanted.dict())))


@router.post("/rulings/{ruling_id}/sign", response=RulingAnswer)
@acts("ruling.sign")
def sign_ruling(request: HttpRequest, ruling_id: Id, said: Signed) -> dict[str, Any]:
    """Sign a proposed ruling as another person (签署)."""
    return ruling_answer(sign(actor_of_request(request), ruling_id, reason=said.reason).ruling)


@router.post("/rulings/{ruling_id}/refuse", response=RulingAnswer)
@acts("ruling.refuse")
def refuse_ruling(request: HttpRequest, ruling_id: Id, said: Signed) -> dict[str, Any]:
    """Refuse a proposed ruling, with a reason (不同意)."""
    return ruling_answer(refuse(actor_of_request(request), ruling_id, reason=said.reason).ruling)


def _listed(page: dict[str, object]) -> list[Ruling]:
    items = page["items"]
    assert isinstance(items, list)
    return items
