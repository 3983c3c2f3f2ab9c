"""The public part of the API (公开接口): policies, measures, notices and the calculator, without signing in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router

from duixian.office.api.acts import PUBLIC, acts
from duixian.office.api.dossier_in import DossierIn
from duixian.office.api.evaluating import evaluated
from duixian.office.api.kept_answers import KeptAnswers
from duixian.office.api.of_the_city import OfTheCity
from duixian.office.api.paging import Page, Paging, page_of
from duixian.office.api.refusal_words import edge
from duixian.office.api.refusals import language_of
from duixian.office.api.schema import Schema
from duixian.office.api.schemas_determination import EvaluationAnswer
from duixian.office.api.schemas_policy import (
    DocumentAnswer,
    KindAnswer,
    MeasureAnswer,
    WholeDocumentAnswer,
    document_answer,
    kind_answer,
    measure_answer,
    whole_document,
)
from duixian.office.api.throttling import PublicThrottle
from duixian.office.awards.public import shown, standing_notices
from duixian.office.city import city
from duixian.rules.policy import City, Policy

router = Router(tags=["公开 public"], auth=None, throttle=PublicThrottle())
_CALCULATOR = PublicThrottle("PUBLIC_CALCULATIONS_PER_MINUTE")
_measures = OfTheCity(lambda city: [measure_answer(city, each) for each in city.measures])
_as_it_is = OfTheCity(lambda _: object())
"""Stands for a city as its folder has it: what answers about the policies rest on."""
Number = Annotated[str, Path(max_length=120)]


class CityAnswer(Schema):
    """The city of this office (本市)."""

    name: str
    areas: list[str]
    documents: list[DocumentAnswer]


class Question(Schema):
    """What the calculator is asked (测算请求)."""

    as_of: date
    dossier: DossierIn


class PublicNoticeItemAnswer(Schema):
    """A line of a notice (公示项). ``id`` is what an objection names."""

    id: int
    enterprise_name: str
    measure: str
    amount_fen: int


class PublicNoticeAnswer(Schema):
    """A notice that stands today (公示)."""

    id: int
    title: str
    document: str
    published_on: date
    opens_on: date
    closes_on: date
    working_days: int
    contact: str
    items: list[PublicNoticeItemAnswer]


_city_told, _document_told = KeptAnswers(CityAnswer), KeptAnswers(WholeDocumentAnswer)
_documents_told, _measures_told = KeptAnswers(Page[DocumentAnswer]), KeptAnswers(Page[MeasureAnswer])
_notices_told, _kinds_told = KeptAnswers(Page[PublicNoticeAnswer]), KeptAnswers(list[KindAnswer])


class Wanted(Paging):
    """Which measures are wanted: of a document, delivered so, with this in name, clause or rows."""

    document: str = Field("", max_length=120)
    delivery: str = Field("", max_length=20)
    text: str = Field("", max_length=80)


@router.get("/public/city", response=CityAnswer)
@acts(PUBLIC)
def public_city(request: HttpRequest) -> HttpResponse:
    """The city, its areas and its documents (本市、地区与政策文件)."""
    here = city()
    return _city_told.told(
        "",
        _as_it_is(here),
        lambda: {"name": here.name, "areas": list(here.region.areas), "documents": _documents_of(here)},
    )


@router.get("/public/documents", response=Page[DocumentAnswer])
@acts(PUBLIC)
def public_documents(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """All documents, in the order of their coming (政策文件)."""
    here = city()
    return _documents_told.told(paging, _as_it_is(here), lambda: page_of(_documents_of(here), paging))


@router.get("/public/documents/{number}", response=WholeDocumentAnswer)
@acts(PUBLIC)
def public_document(request: HttpRequest, number: Number) -> HttpResponse:
    """One document, clause by clause, with its measures and open questions (政策全文)."""
    here = city()
    policy = _policy(here, number)
    return _document_told.told(number, _as_it_is(here), lambda: whole_document(here, policy))


@router.get("/public/documents/{number}/measures/{measure_id}", response=MeasureAnswer)
@acts(PUBLIC)
def public_measure(request: HttpRequest, number: Number, measure_id: Number) -> dict[str, Any]:
    """One measure (扶持事项)."""
    here = city()
    for each in _policy(here, number).measures:
        if each.id == measure_id:
            return measure_answer(here, each)
    raise edge("no-such-measure")


@router.get("/public/measures", response=Page[MeasureAnswer])
@acts(PUBLIC)
def public_measures(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    """The measures of all documents, or those that are wanted (扶持事项)."""
    here = city()
    return _measures_told.told(
        wanted,
        _as_it_is(here),
        lambda: page_of([each for each in _measures(here) if _is_wanted(each, wanted)], wanted),
    )


@router.get("/public/notices", response=Page[PublicNoticeAnswer])
@acts(PUBLIC)
def public_notices(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The notices that stand today, the newest first (公示)."""
    standing = standing_notices()
    return _notices_told.told(paging, standing, lambda: page_of(shown(standing), paging))


@router.get("/public/vocabulary", response=list[KindAnswer])
@acts(PUBLIC)
def public_vocabulary(request: HttpRequest) -> HttpResponse:
    """What a dossier may hold: kinds of facts and their fields (事实种类与字段)."""
    here = city()
    kinds = here.vocabulary.kinds.values()
    return _kinds_told.told("", _as_it_is(here), lambda: [kind_answer(each) for each in kinds])


@router.post("/public/calculator", response=EvaluationAnswer, throttle=_CALCULATOR)
@acts(PUBLIC)
def public_calculator(request: HttpRequest, question: Question) -> dict[str, Any]:
    """What the policies would give for a dossier at most (政策计算器). Nothing of it is stored."""
    return evaluated(question.dossier, question.as_of, language_of(request), {})


def _documents_of(here: City) -> list[dict[str, Any]]:
    return [document_answer(here, each) for each in here.policies]


def _policy(here: City, number: str) -> Policy:
    try:
        return here.policy(number)
    except KeyError:
        raise edge("no-such-document") from None


def _is_wanted(measure: dict[str, Any], wanted: Wanted) -> bool:
    text = wanted.text.strip().lower()
    told = f"{measure['id']} {measure['name']} {measure['clause']} {measure['rows']}".lower()
    return (
        wanted.document in ("", measure["document"])
        and wanted.delivery in ("", measure["delivery"])
        and text in told
    )
