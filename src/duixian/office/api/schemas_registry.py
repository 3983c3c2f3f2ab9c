"""The registry as answers and as requests (企业库接口格式). Values are JSON: amounts whole fen, dates ISO, several names a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Path
from pydantic import Field, StrictBool, StrictInt, StrictStr

from duixian.credit_code import masked
from duixian.office.api.schema import Schema
from duixian.office.refusal import NotThere
from duixian.office.registry.import_tables import Imported
from duixian.office.registry.models import Attribute, FactRecord, Roster, RosterRow, Source

Text = Annotated[StrictStr, Field(max_length=400)]
Given = (
    StrictBool
    | Annotated[StrictInt, Field(ge=0, le=10**17)]
    | Text
    | Annotated[list[Text], Field(max_length=50)]
)
Values = Annotated[
    dict[Annotated[StrictStr, Field(max_length=40)], Given], Field(min_length=1, max_length=60)
]
CodeInPath = Annotated[str, Path(min_length=1, max_length=18, pattern=r"^[0-9A-Za-z]+$")]
RowNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
MOST_TOLD = 500
"""The most problems and names of an import that are told one by one; the numbers count all."""


class EnterpriseAnswer(Schema):
    """An enterprise in a list (企业)."""

    code: str
    name: str
    area: str


class WholeEnterpriseAnswer(EnterpriseAnswer):
    """What an enterprise was on a day (企业档案)."""

    on: date
    values: dict[str, Any]
    facts: int


class SourceAnswer(Schema):
    """A source (来源)."""

    id: int
    title: str
    issuer: str
    document_number: str
    published_on: date | None


class SourceIn(Schema):
    """A source that is to be put down (登记来源)."""

    title: str = Field(min_length=1, max_length=200)
    issuer: str = Field("", max_length=120)
    document_number: str = Field("", max_length=120)
    published_on: date | None = None


class AttributeAnswer(Schema):
    """A row of an attribute (企业属性); it counts when nothing supersedes it and it is no withdrawal."""

    id: int
    name: str
    value: Any
    valid_from: date | None
    valid_to: date | None
    source: SourceAnswer
    source_row: int | None
    recorded_at: datetime
    supersedes: int | None
    superseded_by: int | None
    is_withdrawal: bool


class FactAnswer(Schema):
    """A version of a fact (事实)."""

    id: int
    kind: str
    number: str
    enterprise: str
    happened_on: date | None
    values: dict[str, Any]
    source: SourceAnswer
    source_row: int | None
    recorded_at: datetime
    supersedes: int | None
    superseded_by: int | None
    is_withdrawal: bool


class AttributesIn(Schema):
    """What an enterprise was from one day to another (登记企业信息)."""

    source: Key
    values: Values
    valid_from: date | None = None
    valid_to: date | None = None
    row: RowNumber | None = None


class ChangeIn(Schema):
    """What is otherwise from a day on (登记变更)."""

    source: Key
    name: str = Field(min_length=1, max_length=40)
    value: Given
    since: date
    row: RowNumber | None = None


class CorrectionIn(Schema):
    """What should have been recorded (更正登记)."""

    source: Key
    value: Given
    valid_from: date | None = None
    valid_to: date | None = None


class FactIn(Schema):
    """A fact that is to be recorded (登记事实)."""

    source: Key
    kind: str = Field(min_length=1, max_length=40)
    number: str = Field(min_length=1, max_length=80)
    values: Values
    row: RowNumber | None = None


class RegistryReasonIn(Schema):
    """Why (理由)."""

    reason: str = Field(min_length=1, max_length=400)


class RemarkAnswer(Schema):
    """What was wrong with a table or a row (问题)."""

    code: str
    severity: str
    file: str
    sheet: str
    line: int
    column: int
    found: str
    expected: str
    what: str
    why: str
    fix: str


class UncertainAnswer(Schema):
    """A row whose enterprise a person has to name (待确认名称)."""

    line: int
    kind: str
    number: str
    name: str
    why: str
    candidates: list[dict[str, str]]


class ImportedAnswer(Schema):
    """What became of an import (导入结果): the numbers count all, of problems and names the first 500 are told."""

    counts: dict[str, int]
    problems: list[RemarkAnswer]
    uncertain: list[UncertainAnswer]
    sources: list[int]


class RosterAnswer(Schema):
    """A list (名单)."""

    id: int
    title: str
    kind: str
    issuer: str
    document_number: str
    published_on: date | None
    file_name: str
    state: str
    state_name: str
    columns: dict[str, Any]
    constants: dict[str, str]
    corrects: int | None
    counts: dict[str, int]
    problems: list[RemarkAnswer]
    uploaded_by: str
    uploaded_at: datetime


class RosterRowAnswer(Schema):
    """A row of a list as it was found (名单行)."""

    id: int
    number: int
    cells: list[str]
    values: dict[str, Any]
    verdict: str
    verdict_name: str
    enterprise: str | None
    candidates: list[dict[str, Any]]
    problems: list[RemarkAnswer]
    is_skipped: bool
    is_decided: bool
    fact: int | None


def source_named(number: int) -> Source:
    """A source by its number.

    Raises:
        NotThere: when there is none.
    """
    found = Source.objects.filter(pk=number).first()
    if found is None:
        raise NotThere("source-not-there", "没有这个来源", why="每条信息都要说明从何而来", fix="请先登记来源")
    return found


def attribute_answer(row: Attribute) -> dict[str, Any]:
    """A row of an attribute as an answer."""
    return {
        "id": row.pk, "name": row.name, "value": row.value, "valid_from": row.valid_from, "valid_to": row.valid_to,
        **_versions(row),
    }  # fmt: skip


def fact_answer(row: FactRecord) -> dict[str, Any]:
    """A version of a fact as an answer."""
    return {
        "id": row.pk, "kind": row.kind, "number": row.number, "enterprise": row.enterprise_id, "happened_on": row.happened_on,
        "values": row.values, **_versions(row),
    }  # fmt: skip


def imported_answer(found: Imported) -> dict[str, Any]:
    """What became of an import as an answer."""
    return {
        "counts": found.counts,
        "problems": found.problems[:MOST_TOLD],
        "uncertain": [
            {
                "line": each.place.line, "kind": each.kind, "number": each.fact, "name": each.name, "why": each.match.why,
                "candidates": [{"code": masked(one.code), "name": one.name} for one in each.match.candidates],
            }
            for each in found.uncertain[:MOST_TOLD]
        ],
        "sources": [each.pk for each in found.sources],
    }  # fmt: skip


def roster_answer(roster: Roster) -> dict[str, Any]:
    """A list as an answer."""
    named = (
        "title",
        "kind",
        "issuer",
        "document_number",
        "published_on",
        "file_name",
        "state",
        "constants",
        "counts",
        "problems",
    )
    return {
        "id": roster.pk,
        **{name: getattr(roster, name) for name in named},
        "state_name": roster.get_state_display(),
        "columns": roster.mapping,
        "corrects": roster.corrects_id,
        "uploaded_by": roster.uploaded_by.username,
        "uploaded_at": roster.uploaded_at,
    }


def row_answer(row: RosterRow) -> dict[str, Any]:
    """A row of a list as an answer."""
    return {
        "id": row.pk, "number": row.number, "cells": row.cells, "values": row.values, "verdict": row.verdict,
        "verdict_name": row.get_verdict_display(), "enterprise": row.enterprise_id, "candidates": row.candidates,
        "problems": row.problems, "is_skipped": row.is_skipped, "is_decided": row.decided_by_id is not None, "fact": row.fact_id,
    }  # fmt: skip


def _versions(row: Attribute | FactRecord) -> Mapping[str, Any]:
    later = getattr(row, "successor", None)
    return {
        "source": row.source, "source_row": row.source_row, "recorded_at": row.recorded_at, "supersedes": row.supersedes_id,
        "superseded_by": later.pk if later is not None else None, "is_withdrawal": row.is_withdrawal,
    }  # fmt: skip
