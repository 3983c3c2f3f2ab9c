"""Stateless evaluation for programs of the city (无状态测算): like the public calculator, with answers to open questions."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from duixian.office.accounts.permissions import demand
from duixian.office.api.acts import acts
from duixian.office.api.dossier_in import DossierIn, Name
from duixian.office.api.evaluating import evaluated
from duixian.office.api.refusals import language_of
from duixian.office.api.schema import Schema
from duixian.office.api.schemas_determination import EvaluationAnswer
from duixian.office.api.signing_in import actor_of_request

router = Router(tags=["测算 evaluation"])


class EvaluationIn(Schema):
    """A dossier, a day, and the options that are to hold for open questions (测算请求)."""

    as_of: date
    dossier: DossierIn
    rulings: Annotated[dict[Name, Name], Field(default_factory=dict, max_length=200)]
    is_strict: bool = False


@router.post("/evaluations", response=EvaluationAnswer)
@acts("evaluation.run")
def evaluate_dossier(request: HttpRequest, wanted: EvaluationIn) -> dict[str, Any]:
    """What the policies give for a dossier under these answers (测算). Nothing of it is stored."""
    demand(actor_of_request(request), "evaluation.run")
    return evaluated(
        wanted.dossier, wanted.as_of, language_of(request), wanted.rulings, is_strict=wanted.is_strict
    )
