"""Runs, their rows and rulings as answers (认定批次答复). Money is whole fen, null while unknown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from duixian.office.api.schema import Schema
from duixian.office.runs.compare import KEY, Changed, Difference
from duixian.office.runs.models import Ruling, Run


class RulingAnswer(Schema):
    """A ruling (口径决定): ``state`` is proposed, signed or refused; it holds from ``effective_from`` on once it is signed."""

    id: int
    question: str
    document: str
    option: str
    reason: str
    basis: str
    effective_from: date
    proposed_at: datetime
    proposed_by: str
    state: str
    settled_at: datetime | None
    settled_by: str | None
    settled_reason: str


class RunAnswer(Schema):
    """A run (认定批次). The hashes are those of the files that it can be recomputed from."""

    id: int
    title: str
    as_of: date
    is_strict: bool
    state: str
    engine: str
    rulings: dict[str, str]
    city_hash: str
    facts_hash: str
    results_hash: str
    fingerprints: dict[str, str]
    counts: dict[str, Any]
    previous_id: int | None
    started_at: datetime
    finished_at: datetime | None
    started_by: str


class RowAnswer(Schema):
    """A determination of a run (认定结果)."""

    id: int
    position: int
    enterprise: str
    name: str
    area: str
    document: str
    clause: str
    measure_id: str
    measure: str
    row: str
    fact_kind: str
    fact: str
    outcome: str
    ceiling_fen: int | None
    base_fen: int | None
    amount_fen: int | None
    year: int | None
    reason: str
    reason_text: str
    missing: list[str]
    city_fen: int | None
    county_fen: int | None
    basis: str
    questions: list[str]


class StepAnswer(Schema):
    """A step of the calculation (计算步骤)."""

    step: str
    clause: str
    words: str


class ExplanationAnswer(Schema):
    """A determination with everything that led to it (计算说明)."""

    row: RowAnswer
    clause_name: str
    sentence: str
    enterprise: str
    fact: str
    steps: list[StepAnswer]
    reason: str
    basis: str
    marks: list[str]


class FieldChange(Schema):
    """A field that differs (变化栏目)."""

    field: str
    old: int | str | None
    new: int | str | None


class ChangeAnswer(Schema):
    """A determination that is in one of two runs only, or differs between them (差异): ``kind`` is added, gone or changed."""

    kind: str
    enterprise: str
    document: str
    measure_id: str
    fact_kind: str
    fact: str
    fields: list[FieldChange]


class ClauseChange(Schema):
    """Payable fen of a clause in both runs (条款金额变化)."""

    document: str
    clause: str
    old_fen: int
    new_fen: int
    change_fen: int


class DifferenceAnswer(Schema):
    """What differs between two runs (批次差异): how many, a page of them, and the money of each clause."""

    old: int
    new: int
    added: int
    gone: int
    changed: int
    clauses: list[ClauseChange]
    items: list[ChangeAnswer]
    total: int
    page: int
    size: int


class VerificationAnswer(Schema):
    """What recomputing a run found (复算结果): no complaints means the same bytes and the same rows."""

    run: int
    is_whole: bool
    complaints: list[str]


class NewRun(Schema):
    """A run to be started (发起认定)."""

    title: str = Field(min_length=1, max_length=200)
    as_of: date
    is_strict: bool = False


class NewRuling(Schema):
    """A ruling to be proposed (提出口径决定)."""

    question: str = Field(min_length=1, max_length=80)
    option: str = Field(min_length=1, max_length=80)
    reason: str = Field(min_length=1, max_length=4000)
    basis: str = Field(min_length=1, max_length=200)
    effective_from: date


class Signed(Schema):
    """A word to a signature (签字说明)."""

    reason: str = Field("", max_length=4000)


def ruling_answer(ruling: Ruling) -> dict[str, Any]:
    """A ruling as it stands."""
    signature = getattr(ruling, "signature", None)
    state = "proposed" if signature is None else "refused" if signature.is_refused else "signed"
    names = ("id", "question", "document", "option", "reason", "basis", "effective_from", "proposed_at")
    return {name: getattr(ruling, name) for name in names} | {
        "proposed_by": ruling.proposed_by.username,
        "state": state,
        "settled_at": signature.signed_at if signature else None,
        "settled_by": signature.signed_by.username if signature else None,
        "settled_reason": signature.reason if signature else "",
    }


def run_answer(run: Run) -> dict[str, Any]:
    """A run with the name of who started it."""
    names = [name for name in RunAnswer.model_fields if name != "started_by"]
    return {name: getattr(run, name) for name in names} | {"started_by": run.started_by.username}


def changes_of(found: Difference) -> list[dict[str, Any]]:
    """All that differs, in the order added, gone, changed."""
    return [
        *(_alone("added", each) for each in found.added),
        *(_alone("gone", each) for each in found.gone),
        *map(_differing, found.changed),
    ]


def _alone(kind: str, row: Any) -> dict[str, Any]:
    old, new = (None, row["amount_fen"]) if kind == "added" else (row["amount_fen"], None)
    told = [{"field": "amount_fen", "old": old, "new": new}]
    return {"kind": kind, **{name: row[name] for name in KEY}, "fields": told}


def _differing(each: Changed) -> dict[str, Any]:
    fields = [{"field": name, "old": old, "new": new} for name, (old, new) in each.fields.items()]
    return {"kind": "changed", **dict(zip(KEY, each.key, strict=True)), "fields": fields}
