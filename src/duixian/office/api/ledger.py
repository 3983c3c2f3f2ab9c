"""Budgets, recoveries, settlements and the books through the API (资金接口)."""

from __future__ import annotations

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Status

from duixian.office.api.acts import acts
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.schemas_batches import MoneyReasonIn
from duixian.office.api.schemas_ledger import (
    BudgetAnswer,
    BudgetChangeAnswer,
    BudgetChangeIn,
    EntryAnswer,
    ExecutionAnswer,
    MoneyTrailAnswer,
    RecoveryAnswer,
    RecoveryIn,
    ReturnIn,
    SettlementIn,
    StatementAnswer,
    TrialLineAnswer,
    budget_answer,
    entry_answer,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.api.versions import tell_version, version_wanted
from duixian.office.treasury import budgets, money_trail, recoveries, reports, settlements
from duixian.office.treasury.models import BudgetChange, JournalEntry, Recovery

router = Router(tags=["资金 ledger"])
Year = Annotated[int, Path(ge=2000, le=2999)]
AreaName = Annotated[str, Path(max_length=40)]


class OfYear(Paging):
    """Of which year (年度)."""

    year: int | None = Field(None, ge=2000, le=2999)


class InYear(Paging):
    """Of which year (年度), which must be told."""

    year: int = Field(ge=2000, le=2999)


@router.get("/budgets", response=Page[BudgetAnswer])
@acts("budget.read")
def list_budgets(request: HttpRequest, wanted: Query[OfYear]) -> dict[str, object]:
    """The budgets that the account may see, with what is left of them (预算)."""
    page = page_of(budgets.budgets(actor_of_request(request), year=wanted.year), wanted)
    items = page["items"]
    assert isinstance(items, list)
    return page | {"items": [budget_answer(each) for each in items]}


@router.get("/budget-changes", response=Page[BudgetChangeAnswer])
@acts("budget.read")
def list_budget_changes(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """The changes of those budgets, the newest first (预算调整)."""
    found: QuerySet[BudgetChange] = budgets.changes(actor_of_request(request))
    return page_of(found, paging)


@router.post("/budget-changes", response={201: BudgetChangeAnswer})
@acts("budget.propose")
def propose_budget_change(request: HttpRequest, wanted: BudgetChangeIn) -> Status[BudgetChange]:
    """Ask for money to be granted or taken back (提出预算调整)."""
    return Status(201, budgets.propose_change(actor_of_request(request), **wanted.dict()))


@router.post("/budget-changes/{change_id}/confirm", response=BudgetChangeAnswer)
@acts("budget.confirm")
def confirm_budget_change(request: HttpRequest, change_id: Id) -> BudgetChange:
    """Confirm a change that somebody else proposed (确认预算调整)."""
    return budgets.confirm_change(actor_of_request(request), change_id)


@router.post("/budget-changes/{change_id}/refuse", response=BudgetChangeAnswer)
@acts("budget.confirm")
def refuse_budget_change(request: HttpRequest, change_id: Id, wanted: MoneyReasonIn) -> BudgetChange:
    """Refuse a change that somebody else proposed (退回预算调整)."""
    return budgets.refuse_change(actor_of_request(request), change_id, wanted.reason)


@router.get("/recoveries", response=Page[RecoveryAnswer])
@acts("recovery.read")
def list_recoveries(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """The recoveries that the account may see (追回)."""
    found: QuerySet[Recovery] = recoveries.recoveries(actor_of_request(request))
    return page_of(found, paging)


@router.get("/recoveries/{recovery_id}", response=RecoveryAnswer)
@acts("recovery.read")
def read_recovery(request: HttpRequest, response: HttpResponse, recovery_id: Id) -> Recovery:
    """One recovery (追回)."""
    recovery = recoveries.read_recovery(actor_of_request(request), recovery_id)
    tell_version(response, recovery.version)
    return recovery


@router.post("/awards/{award_id}/recoveries", response={201: RecoveryAnswer})
@acts("recovery.decide")
def decide_recovery(request: HttpRequest, award_id: Id, wanted: RecoveryIn) -> Status[Recovery]:
    """Propose to get money of a paid award back (提出追回)."""
    return Status(201, recoveries.decide_recovery(actor_of_request(request), award_id, **wanted.dict()))


@router.post("/recoveries/{recovery_id}/confirm", response=RecoveryAnswer)
@acts("recovery.confirm")
def confirm_recovery(request: HttpRequest, recovery_id: Id) -> Recovery:
    """Confirm a recovery that somebody else decided (确认追回)."""
    actor = actor_of_request(request)
    return recoveries.confirm_recovery(actor, recovery_id, version=version_wanted(request))


@router.post("/recoveries/{recovery_id}/refuse", response=RecoveryAnswer)
@acts("recovery.confirm")
def refuse_recovery(request: HttpRequest, recovery_id: Id, wanted: MoneyReasonIn) -> Recovery:
    """Refuse a recovery that somebody else decided (不予追回)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return recoveries.refuse_recovery(actor, recovery_id, reason=wanted.reason, version=version)


@router.post("/recoveries/{recovery_id}/returns", response=RecoveryAnswer)
@acts("recovery.take")
def take_return(request: HttpRequest, recovery_id: Id, wanted: ReturnIn) -> Recovery:
    """Take in money that came back (登记退回款)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return recoveries.take_return(actor, recovery_id, version=version, **wanted.dict())


@router.get("/settlements/{year}/{area}", response=StatementAnswer)
@acts("settlement.read")
def read_settlement(request: HttpRequest, year: Year, area: AreaName) -> settlements.Statement:
    """What stands between the city and a county for a year (往来对账)."""
    return settlements.statement(actor_of_request(request), year, area)


@router.post("/settlements", response=StatementAnswer)
@acts("settlement.make")
def settle_year(request: HttpRequest, wanted: SettlementIn) -> settlements.Statement:
    """Settle a year between the city and a county, once (办理年终结算)."""
    actor = actor_of_request(request)
    settlements.settle_year(actor, wanted.year, wanted.area)
    return settlements.statement(actor, wanted.year, wanted.area)


@router.get("/reports/execution", response=Page[ExecutionAnswer])
@acts("budget.read")
def read_execution(request: HttpRequest, wanted: Query[InYear]) -> dict[str, object]:
    """How the budgets of a year are executed (预算执行表)."""
    return page_of(reports.execution(actor_of_request(request), year=wanted.year), wanted)


@router.get("/reports/trial-balance", response=Page[TrialLineAnswer])
@acts("ledger.read")
def read_trial_balance(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """Every account with what went in and out (试算平衡表)."""
    return page_of(reports.trial_balance(actor_of_request(request)), paging)


@router.get("/entries", response=Page[EntryAnswer])
@acts("ledger.read")
def list_entries(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """The journal, the newest entry first (记账凭证)."""
    found: QuerySet[JournalEntry] = reports.journal(actor_of_request(request))
    page = page_of(found, paging)
    items = page["items"]
    assert isinstance(items, list)
    return page | {"items": [entry_answer(each) for each in items]}


@router.get("/awards/{award_id}/money", response=MoneyTrailAnswer)
@acts("ledger.trace")
def read_money_trail(request: HttpRequest, award_id: Id) -> money_trail.MoneyTrail:
    """The money of one award, from the grant to the bank and back (资金全程)."""
    return money_trail.money_trail(actor_of_request(request), award_id)
