"""Runs through the API (认定批次接口): start one, read its rows, have a calculation told, compare, recompute."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Status

from duixian.office.api.acts import acts
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.refusals import language_of
from duixian.office.api.schemas_runs import (
    DifferenceAnswer,
    ExplanationAnswer,
    NewRun,
    RowAnswer,
    RunAnswer,
    VerificationAnswer,
    changes_of,
    run_answer,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.runs.explain import Explanation
from duixian.office.runs.models import Run, StoredDetermination
from duixian.office.runs.reading import compared, determinations, explained, run_of, runs, verified
from duixian.office.runs.start import start

router = Router(tags=["认定批次 runs"])


class Wanted(Paging):
    """Which rows are wanted: of an enterprise, with this outcome, under this clause, of this area; empty takes all."""

    enterprise: str = Field("", max_length=18)
    outcome: str = Field("", max_length=8)
    clause: str = Field("", max_length=80)
    area: str = Field("", max_length=40)


@router.get("/runs", response=Page[RunAnswer])
@acts("run.read")
def list_runs(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """All runs, the newest first (认定批次)."""
    found: QuerySet[Run] = runs(actor_of_request(request))
    page = page_of(found.select_related("started_by"), paging)
    items = page["items"]
    assert isinstance(items, list)
    return page | {"items": [run_answer(each) for each in items]}


@router.post("/runs", response={201: RunAnswer})
@acts("run.start")
def start_run(request: HttpRequest, wanted: NewRun) -> Status[dict[str, Any]]:
    """Freeze what is known and decide it for everybody (发起认定). It answers when the run has ended."""
    return Status(201, run_answer(start(actor_of_request(request), **wanted.dict())))


@router.get("/runs/{run_id}", response=RunAnswer)
@acts("run.read")
def read_run(request: HttpRequest, run_id: Id) -> dict[str, Any]:
    """One run with its sums (认定批次)."""
    return run_answer(run_of(actor_of_request(request), run_id))


@router.get("/runs/{run_id}/determinations", response=Page[RowAnswer])
@acts("determination.read")
def list_determinations(request: HttpRequest, run_id: Id, wanted: Query[Wanted]) -> dict[str, object]:
    """The rows of a run that the account may see (认定结果)."""
    found: QuerySet[StoredDetermination] = determinations(
        actor_of_request(request),
        run_id,
        enterprise=wanted.enterprise,
        outcome=wanted.outcome,
        clause=wanted.clause,
        area=wanted.area,
    )
    return page_of(found, wanted)


@router.get("/runs/{run_id}/determinations/{position}", response=ExplanationAnswer)
@acts("determination.explain")
def explain_determination(request: HttpRequest, run_id: Id, position: Id) -> Explanation:
    """One row with its whole calculation, told from the frozen facts (计算说明)."""
    return explained(actor_of_request(request), run_id, position, language_of(request))


@router.get("/runs/{run_id}/difference/{old_id}", response=DifferenceAnswer)
@acts("run.compare")
def compare_runs(request: HttpRequest, run_id: Id, old_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """What a run gives otherwise than an earlier one (批次对比)."""
    found = compared(actor_of_request(request), old_id, run_id)
    return {
        "old": old_id,
        "new": run_id,
        "added": len(found.added),
        "gone": len(found.gone),
        "changed": len(found.changed),
        "clauses": [
            {
                "document": each.document,
                "clause": each.clause,
                "old_fen": each.old_fen,
                "new_fen": each.new_fen,
                "change_fen": each.change_fen,
            }
            for each in found.clauses
        ],
        **page_of(changes_of(found), paging),
    }


@router.get("/runs/{run_id}/verification", response=VerificationAnswer)
@acts("run.verify")
def verify_run(request: HttpRequest, run_id: Id) -> dict[str, Any]:
    """Recompute a run from its frozen files (复算)."""
    complaints = verified(actor_of_request(request), run_id)
    return {"run": run_id, "is_whole": not complaints, "complaints": complaints}
