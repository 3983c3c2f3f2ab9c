"""Awards through the API (兑付事项接口): the desk, one with its steps, and everything that is done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from duixian.office.api.acts import acts
from duixian.office.api.deadlines import router as deadlines
from duixian.office.api.paging import Id, Page, Paging, page_of, page_told
from duixian.office.api.schemas_awards import (
    AwardAnswer,
    AwardDifferenceAnswer,
    BankAccountAnswer,
    CheckAnswer,
    CitySaid,
    CountySaid,
    NewBankAccount,
    NewScore,
    OpenedAnswer,
    Override,
    RankedAnswer,
    Renewal,
    Said,
    Stage,
    WholeAwardAnswer,
    award_answer,
    difference_answer,
    ranked_answer,
    whole_award,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.api.versions import tell_version, version_wanted
from duixian.office.awards import account, apply, check, confirm, desk, override, scoring
from duixian.office.awards.exclusions import check_exclusions
from duixian.office.awards.models import Award, ExclusionCheck
from duixian.office.awards.open_awards import differences, open_awards

router = Router(tags=["兑付事项 awards"])
router.add_router("", deadlines)


class Wanted(Paging):
    """Which awards are wanted; empty takes all."""

    state: str = Field("", max_length=16)
    area: str = Field("", max_length=40)
    document: str = Field("", max_length=120)
    measure_id: str = Field("", max_length=80)
    enterprise: str = Field("", max_length=18)


class WantedRanking(Paging):
    """Whose ranking is wanted: a measure's, of one year if given."""

    document: str = Field(max_length=120)
    measure_id: str = Field(max_length=80)
    year: int | None = Field(None, ge=1900, le=2200)


@router.get("/awards", response=Page[AwardAnswer])
@acts("award.read")
def list_awards(request: HttpRequest, wanted: Query[Wanted]) -> dict[str, Any]:
    """The awards that the account may see (办理台)."""
    chosen = wanted.dict(exclude={"page", "size"})
    rows, total = desk.awards(actor_of_request(request), **chosen, first=wanted.first, most=wanted.size)
    return page_told([award_answer(each) for each in rows], total, wanted)


@router.get("/awards/{award_id}", response=WholeAwardAnswer)
@acts("award.read")
def read_award(request: HttpRequest, response: HttpResponse, award_id: Id) -> dict[str, Any]:
    """One award with its steps (兑付事项)."""
    actor = actor_of_request(request)
    found = desk.award(actor, award_id)
    tell_version(response, found.version)
    return whole_award(found, actor)


@router.post("/runs/{run_id}/awards", response=OpenedAnswer)
@acts("award.open")
def open_awards_of_run(request: HttpRequest, run_id: Id) -> dict[str, int]:
    """Open an award for every payable determination of a run that has none (建立兑付事项)."""
    actor = actor_of_request(request)
    opened = open_awards(actor, run_id)
    return {"opened": len(opened), "differences": len(differences(actor, run_id))}


@router.get("/runs/{run_id}/award-differences", response=Page[AwardDifferenceAnswer])
@acts("award.differences")
def list_award_differences(request: HttpRequest, run_id: Id, paging: Query[Paging]) -> dict[str, Any]:
    """Where a run says otherwise than the living awards (认定差异)."""
    return page_of(differences(actor_of_request(request), run_id), paging, difference_answer)


@router.post("/determinations/{determination_id}/apply", response=AwardAnswer)
@acts("award.apply")
def apply_for_award(request: HttpRequest, response: HttpResponse, determination_id: Id) -> dict[str, Any]:
    """Begin an application for what a run found payable (填写申报)."""
    return _told(response, apply.apply(actor_of_request(request), determination_id))


@router.post("/determinations/{determination_id}/reopen", response=AwardAnswer)
@acts("award.reopen")
def reopen_award(
    request: HttpRequest, response: HttpResponse, determination_id: Id, said: Said
) -> dict[str, Any]:
    """Open again what had ended (重新建立)."""
    return _told(response, apply.reopen(actor_of_request(request), determination_id, reason=said.reason))


@router.post("/awards/{award_id}/renew", response=AwardAnswer)
@acts("award.renew")
def renew_award(request: HttpRequest, response: HttpResponse, award_id: Id, said: Renewal) -> dict[str, Any]:
    """Let an award rest on a newer determination (改按新的认定结果)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(
        response, apply.renew(actor, award_id, said.determination_id, reason=said.reason, version=version)
    )


@router.get("/awards/{award_id}/account", response=BankAccountAnswer)
@acts("award.read_account")
def read_award_account(request: HttpRequest, award_id: Id) -> Any:
    """The account that an award is paid to (收款账户)."""
    return account.read_account(actor_of_request(request), award_id)


@router.post("/awards/{award_id}/account", response=AwardAnswer)
@acts("award.give_account")
def give_award_account(
    request: HttpRequest, response: HttpResponse, award_id: Id, given: NewBankAccount
) -> dict[str, Any]:
    """Give the account to pay to, in the enterprise's own name (提供收款账户)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, account.give_account(actor, award_id, version=version, **given.dict()))


@router.post("/awards/{award_id}/accept", response=AwardAnswer)
@acts("award.accept")
def accept_award(request: HttpRequest, response: HttpResponse, award_id: Id) -> dict[str, Any]:
    """Accept an offer (企业确认)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, confirm.accept(actor, award_id, version=version))


@router.post("/awards/{award_id}/decline", response=AwardAnswer)
@acts("award.decline")
def decline_award(request: HttpRequest, response: HttpResponse, award_id: Id, said: Said) -> dict[str, Any]:
    """Give an award up (企业放弃)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, confirm.decline(actor, award_id, reason=said.reason, version=version))


@router.post("/awards/{award_id}/submit", response=AwardAnswer)
@acts("award.submit")
def submit_award(request: HttpRequest, response: HttpResponse, award_id: Id) -> dict[str, Any]:
    """Hand an application in, while its window is open (提交申报)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, apply.submit(actor, award_id, version=version))


@router.post("/awards/{award_id}/resubmit", response=AwardAnswer)
@acts("award.resubmit")
def resubmit_award(request: HttpRequest, response: HttpResponse, award_id: Id, said: Said) -> dict[str, Any]:
    """Hand in again what was sent back (补正后再提交)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, apply.resubmit(actor, award_id, reason=said.reason, version=version))


@router.post("/awards/{award_id}/county-check", response=AwardAnswer)
@acts("award.county_check")
def county_check_award(
    request: HttpRequest, response: HttpResponse, award_id: Id, said: CountySaid
) -> dict[str, Any]:
    """The county's check (县区核查通过)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, check.county_check(actor, award_id, version=version, **said.dict()))


@router.post("/awards/{award_id}/stand-in", response=AwardAnswer)
@acts("award.stand_in")
def stand_in_for_county(
    request: HttpRequest, response: HttpResponse, award_id: Id, said: Said
) -> dict[str, Any]:
    """The city checks in the county's place (市级代县区核查)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, check.stand_in(actor, award_id, reason=said.reason, version=version))


@router.post("/awards/{award_id}/city-check", response=AwardAnswer)
@acts("award.city_check")
def city_check_award(
    request: HttpRequest, response: HttpResponse, award_id: Id, said: CitySaid
) -> dict[str, Any]:
    """The city's check, with the amount (市级核查通过)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, check.city_check(actor, award_id, version=version, **said.dict()))


@router.post("/awards/{award_id}/approve", response=AwardAnswer)
@acts("award.approve")
def approve_award(request: HttpRequest, response: HttpResponse, award_id: Id, said: Said) -> dict[str, Any]:
    """Approve what has stood on public notice (批准)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, check.approve(actor, award_id, reason=said.reason, version=version))


@router.post("/awards/{award_id}/correct", response=AwardAnswer)
@acts("award.correct")
def correct_award(request: HttpRequest, response: HttpResponse, award_id: Id, said: Said) -> dict[str, Any]:
    """Send an award back, with everything that is missing (退回补正)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, check.correct(actor, award_id, reason=said.reason, version=version))


@router.post("/awards/{award_id}/refuse", response=AwardAnswer)
@acts("award.refuse")
def refuse_award(request: HttpRequest, response: HttpResponse, award_id: Id, said: Said) -> dict[str, Any]:
    """Refuse an award, with the reason (不予兑付)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, check.refuse(actor, award_id, reason=said.reason, version=version))


@router.post("/awards/{award_id}/exclusion-checks", response=CheckAnswer)
@acts("award.check_exclusions")
def check_award_exclusions(request: HttpRequest, award_id: Id, at: Stage) -> ExclusionCheck:
    """Look for what bars the enterprise (排除核查)."""
    actor = actor_of_request(request)
    return check_exclusions(actor, desk.award(actor, award_id), at.stage)


@router.post("/awards/{award_id}/override-exclusion", response=AwardAnswer)
@acts("award.override_exclusion")
def override_award_exclusion(
    request: HttpRequest, response: HttpResponse, award_id: Id, said: Override
) -> dict[str, Any]:
    """Let what one check found stop the award no more (排除核查从宽)."""
    actor, version = actor_of_request(request), version_wanted(request)
    done = override.override_exclusion(actor, award_id, said.check_id, reason=said.reason, version=version)
    return _told(response, done)


@router.post("/awards/{award_id}/scores", response=AwardAnswer)
@acts("award.record_score")
def record_award_score(
    request: HttpRequest, response: HttpResponse, award_id: Id, given: NewScore
) -> dict[str, Any]:
    """Record an expert's score (录入专家评分)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, scoring.record_score(actor, award_id, version=version, **given.dict()).award)


@router.post("/awards/{award_id}/finish-scoring", response=AwardAnswer)
@acts("award.finish_scoring")
def finish_award_scoring(request: HttpRequest, response: HttpResponse, award_id: Id) -> dict[str, Any]:
    """Close the panel (评审结束)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return _told(response, scoring.finish_scoring(actor, award_id, version=version))


@router.get("/rankings", response=Page[RankedAnswer])
@acts("award.ranking")
def read_ranking(request: HttpRequest, wanted: Query[WantedRanking]) -> dict[str, Any]:
    """The ranking of a measure's scored applications (评审名次)."""
    chosen = wanted.dict(exclude={"page", "size"})
    return page_of(scoring.ranking(actor_of_request(request), **chosen), wanted, ranked_answer)


def _told(response: HttpResponse, award: Award) -> dict[str, Any]:
    tell_version(response, award.version)
    return award_answer(award)
