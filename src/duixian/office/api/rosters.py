"""Lists through the API (名单接口): uploaded as published, columns named, rows looked at and decided, taken over or undone."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Query, Router, Status, UploadedFile
from pydantic import Field

from duixian.office.accounts.permissions import demand
from duixian.office.api.acts import acts
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.schema import Schema
from duixian.office.api.schemas_registry import (
    RegistryReasonIn,
    RosterAnswer,
    RosterRowAnswer,
    roster_answer,
    row_answer,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.evidence.store import demand_size
from duixian.office.refusal import Refusal
from duixian.office.registry.rosters import commit, decide_row, look, map_columns, preview, undo, upload

router = Router(tags=["名单 rosters"])
Name = Annotated[str, Field(min_length=1, max_length=40)]
Constants = Annotated[dict[Name, Annotated[str, Field(max_length=400)]], Field(max_length=40)]


class RosterIn(Schema):
    """What a list is (名单说明); ``constants`` is a JSON object of texts that hold for every row, ``corrects`` an earlier list."""

    kind: str = Field(min_length=1, max_length=40)
    title: str = Field(min_length=1, max_length=200)
    issuer: str = Field(min_length=1, max_length=120)
    document_number: str = Field("", max_length=120)
    published_on: date | None = None
    constants: str = Field("", max_length=8000)
    corrects: int | None = Field(None, ge=1, le=2**63 - 1)


class ColumnsIn(Schema):
    """Which column, counted from 1, holds which field (列对应)."""

    fields: Annotated[dict[Annotated[int, Field(ge=1, le=500)], Name], Field(min_length=1, max_length=60)]
    line: int | None = Field(None, ge=1, le=1000)
    constants: Constants | None = None


class RowsWanted(Paging):
    """Which rows are wanted (名单行查询)."""

    verdict: str = Field("", max_length=12)
    is_open: bool = False


class DecisionIn(Schema):
    """Which enterprise a row means, or that it is left out (确认)."""

    enterprise: str | None = Field(None, min_length=18, max_length=18)
    skip: bool = False


class SkipIn(Schema):
    """Of which verdict all waiting rows are left out (批量不入库)."""

    verdict: str = Field(max_length=12)


@router.get("/rosters", response=Page[RosterAnswer])
@acts("roster.read")
def list_rosters(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """All lists, the newest first (名单)."""
    return page_of(look.rosters(actor_of_request(request)), paging, roster_answer)


@router.post("/rosters", response={201: RosterAnswer})
@acts("roster.upload")
def upload_roster(
    request: HttpRequest, file: File[UploadedFile], wanted: Form[RosterIn]
) -> Status[dict[str, Any]]:
    """Upload a list; the same content again answers the first one (上传名单)."""
    actor = actor_of_request(request)
    demand(actor, "roster.upload")
    demand_size(file.size or 0)
    named = wanted.dict() | {"constants": _constants(wanted.constants)}
    found = upload.upload(actor, file.read(), file.name or "", **named)
    return Status(201, roster_answer(found))


@router.get("/rosters/{roster_id}", response=RosterAnswer)
@acts("roster.read")
def read_roster(request: HttpRequest, roster_id: Id) -> dict[str, Any]:
    """One list (名单)."""
    return roster_answer(look.roster(actor_of_request(request), roster_id))


@router.post("/rosters/{roster_id}/columns", response=RosterAnswer)
@acts("roster.map")
def map_roster_columns(request: HttpRequest, roster_id: Id, wanted: ColumnsIn) -> dict[str, Any]:
    """Say which column holds which field (对应列)."""
    actor = actor_of_request(request)
    return roster_answer(
        map_columns.map_columns(actor, roster_id, wanted.fields, line=wanted.line, constants=wanted.constants)
    )


@router.post("/rosters/{roster_id}/preview", response=RosterAnswer)
@acts("roster.preview")
def preview_roster(request: HttpRequest, roster_id: Id) -> dict[str, Any]:
    """Look at every row before anything is taken over (预览)."""
    return roster_answer(preview.preview(actor_of_request(request), roster_id))


@router.get("/rosters/{roster_id}/rows", response=Page[RosterRowAnswer])
@acts("roster.read")
def list_roster_rows(request: HttpRequest, roster_id: Id, wanted: Query[RowsWanted]) -> dict[str, Any]:
    """The rows as they were found (名单行)."""
    rows = look.roster_rows(actor_of_request(request), roster_id, wanted.verdict, is_open=wanted.is_open)
    return page_of(rows, wanted, row_answer)


@router.post("/roster-rows/{row_id}/decide", response=RosterRowAnswer)
@acts("roster.decide")
def decide_roster_row(request: HttpRequest, row_id: Id, wanted: DecisionIn) -> dict[str, Any]:
    """Say which enterprise a row means, or leave it out (确认名单行)."""
    actor = actor_of_request(request)
    return row_answer(decide_row.decide_row(actor, row_id, enterprise=wanted.enterprise, skip=wanted.skip))


@router.post("/rosters/{roster_id}/skip", response=RosterAnswer)
@acts("roster.decide")
def skip_roster_rows(request: HttpRequest, roster_id: Id, wanted: SkipIn) -> dict[str, Any]:
    """Leave out all waiting rows of one verdict (批量不入库)."""
    return roster_answer(decide_row.skip_rows(actor_of_request(request), roster_id, wanted.verdict))


@router.post("/rosters/{roster_id}/commit", response=RosterAnswer)
@acts("roster.commit")
def commit_roster(request: HttpRequest, roster_id: Id) -> dict[str, Any]:
    """Take the list over, all of it (入库)."""
    return roster_answer(commit.commit(actor_of_request(request), roster_id))


@router.post("/rosters/{roster_id}/undo", response=RosterAnswer)
@acts("roster.undo")
def undo_roster(request: HttpRequest, roster_id: Id, wanted: RegistryReasonIn) -> dict[str, Any]:
    """Undo a list; frozen runs and what came of them stay (撤销名单)."""
    return roster_answer(undo.undo(actor_of_request(request), roster_id, wanted.reason))


def _constants(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise Refusal(
            "constants-malformed", "统一取值的写法不对", why="应为字段到文字的 JSON 对象", fix="请检查格式"
        )
    return found
