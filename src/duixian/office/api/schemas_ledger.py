"""Budgets, recoveries and the books as answers and requests (资金接口格式). Money is whole fen, null while unknown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from duixian.office.api.schema import Schema
from duixian.office.treasury.budgets import left_of
from duixian.office.treasury.models import Budget, JournalEntry

MOST_FEN = 10**16


class BudgetChangeIn(Schema):
    """Money to be granted, or taken back where the amount is negative (预算调整请求)."""

    year: int = Field(strict=True, ge=2000, le=2999)
    document: str = Field(max_length=120)
    measure_id: str = Field("", max_length=80)
    level: str = Field(pattern="^(city|county)$")
    area: str = Field("", max_length=40)
    amount_fen: int = Field(strict=True, ge=-MOST_FEN, le=MOST_FEN)
    reason: str = Field(max_length=200)


class BudgetChangeAnswer(Schema):
    """A change of a budget (预算调整): ``is_confirmed`` is null while it waits."""

    id: int
    budget_id: int
    amount_fen: int
    reason: str
    proposed_at: datetime
    is_confirmed: bool | None
    decided_at: datetime | None
    decision_reason: str


class BudgetAnswer(Schema):
    """A budget and what became of it (预算): granted = available + reserved + paid + receivable + returned."""

    id: int
    year: int
    document: str
    measure_id: str
    level: str
    area: str
    granted_fen: int
    available_fen: int
    reserved_fen: int
    paid_fen: int
    receivable_fen: int
    returned_fen: int


class RecoveryIn(Schema):
    """Money to be got back (追回请求)."""

    amount_fen: int = Field(strict=True, ge=1, le=MOST_FEN)
    reason: str = Field(max_length=2000)


class ReturnIn(Schema):
    """Money that came back (退回款)."""

    amount_fen: int = Field(strict=True, ge=1, le=MOST_FEN)
    bank_reference: str = Field(min_length=1, max_length=80)
    returned_on: date = Field(ge=date(2000, 1, 1))


class RecoveryAnswer(Schema):
    """A recovery (追回)."""

    id: int
    version: int
    award_id: int
    amount_fen: int
    recovered_fen: int
    reason: str
    is_refused: bool
    decision_reason: str
    decided_at: datetime
    confirmed_at: datetime | None


class SettlementIn(Schema):
    """Which year to settle with whom (年终结算请求)."""

    year: int = Field(strict=True, ge=2000, le=2999)
    area: str = Field(max_length=40)


class StatementAnswer(Schema):
    """What stands between the city and a county (往来对账)."""

    year: int
    area: str
    city_paid_fen: int
    county_paid_fen: int
    city_owes_fen: int
    is_settled: bool


class ExecutionAnswer(Schema):
    """A line of the report of execution (预算执行)."""

    year: int
    document: str
    measure_id: str
    level: str
    area: str
    month: str
    granted_fen: int
    reserved_fen: int
    paid_fen: int
    claimed_fen: int
    returned_fen: int


class TrialLineAnswer(Schema):
    """An account of the trial balance (试算平衡)."""

    code: str
    kind: str
    level: str
    area: str
    in_fen: int
    out_fen: int
    balance_fen: int


class PostingAnswer(Schema):
    """A posting (分录)."""

    account: str
    amount_fen: int


class EntryAnswer(Schema):
    """An entry of the journal (记账凭证)."""

    id: int
    key: str
    kind: str
    award_id: int | None
    order_id: int | None
    reverses_id: int | None
    memo: str
    booked_at: datetime
    postings: list[PostingAnswer]


class TrailEntryAnswer(Schema):
    """An entry about an award (资金凭证)."""

    at: datetime
    key: str
    kind: str
    level: str
    area: str
    amount_fen: int
    reference: str
    memo: str


class BankWordAnswer(Schema):
    """What the bank said (银行回执)."""

    reference: str
    is_paid: bool
    reason: str
    bank_reference: str
    on: date


class MoneyTrailAnswer(Schema):
    """The money of an award from the grant to the bank (资金全程)."""

    award: int
    enterprise: str
    document: str
    clause: str
    measure: str
    ceiling_fen: int
    base_fen: int | None
    approved_fen: int | None
    payable_fen: int | None
    rate: str
    city_fen: int | None
    county_fen: int | None
    basis: str
    entries: list[TrailEntryAnswer]
    bank: list[BankWordAnswer]


def budget_answer(budget: Budget) -> dict[str, Any]:
    """A budget with what is left of it."""
    left = left_of(budget)
    names = ("id", "year", "document", "measure_id", "level", "area")
    return {name: getattr(budget, name) for name in names} | {
        f"{kind}_fen": getattr(left, f"{kind}_fen")
        for kind in ("granted", "available", "reserved", "paid", "receivable", "returned")
    }


def entry_answer(entry: JournalEntry) -> dict[str, Any]:
    """An entry with its postings; those and their accounts are fetched already."""
    names = ("id", "key", "kind", "award_id", "order_id", "reverses_id", "memo", "booked_at")
    postings = [
        {"account": each.account.code, "amount_fen": each.amount_fen} for each in entry.postings.all()
    ]
    return {name: getattr(entry, name) for name in names} | {"postings": postings}
