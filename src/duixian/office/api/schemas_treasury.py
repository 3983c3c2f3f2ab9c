"""The treasury as answers and requests (资金接口格式). Money is whole fen, null while unknown; rates are exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from duixian.errors import Problem
from duixian.office.refusal import Refusal
from duixian.office.treasury.budgets import left_of
from duixian.office.treasury.models import Batch, Budget, JournalEntry, Payer
from duixian.wording import Language, problem_words

MOST_FEN = 10**16
MOST_KEY = 2**63 - 1
Key = Annotated[int, Field(ge=1, le=MOST_KEY)]
"""The number of a thing in a body (编号)."""


class BudgetChangeIn(Schema):
    """Money to be granted, or taken back where the amount is negative (预算调整请求)."""

    year: int = Field(ge=2000, le=2999)
    document: str = Field(max_length=120)
    measure_id: str = Field("", max_length=80)
    level: str = Field(pattern="^(city|county)$")
    area: str = Field("", max_length=40)
    amount_fen: int = Field(ge=-MOST_FEN, le=MOST_FEN)
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


class BatchIn(Schema):
    """Awards to be paid together (编制批次); without ``awards`` all that are approved and in no batch."""

    title: str = Field(min_length=1, max_length=200)
    document: str = Field(max_length=120)
    year: int = Field(ge=2000, le=2999)
    payer: Payer = Payer.EACH
    awards: list[Key] | None = Field(None, max_length=100_000)


class BatchAwardsIn(Schema):
    """Awards to be put into a draft (列入)."""

    awards: list[Key] = Field(min_length=1, max_length=100_000)


class MoneyReasonIn(Schema):
    """Why (理由)."""

    reason: str = Field(max_length=2000)


class BatchAnswer(Schema):
    """A batch (兑付批次); ``rate`` α is an exact fraction such as "2/3", null until it was computed."""

    id: int
    version: int
    title: str
    document: str
    year: int
    payer: str
    state: str
    rate: str | None
    lines: int
    approved_fen: int
    payable_fen: int | None
    made_at: datetime
    published_at: datetime | None


class BatchLineAnswer(Schema):
    """One award of a batch (批次明细), with its shares."""

    award_id: int
    approved_fen: int
    payable_fen: int | None
    city_fen: int | None
    county_fen: int | None
    city_part: int | None
    county_part: int | None
    remainder: str
    basis: str
    area: str


class OrderAnswer(Schema):
    """An order (支付令): ``level`` and ``area`` bear it; ``payer_level`` and ``payer_area`` pay it."""

    id: int
    version: int
    award_id: int
    batch_id: int
    level: str
    area: str
    payer_level: str = Field(alias="budget.level")
    payer_area: str = Field(alias="budget.area")
    amount_fen: int
    state: str
    reference: str
    attempt: int
    failure: str
    ordered_at: datetime


class HeldAnswer(Schema):
    """An award that was held back, and why (暂缓)."""

    award_id: int
    code: str
    detail: str
    why: str
    fix: str


class OrderedAnswer(Schema):
    """What became of a batch (下达结果)."""

    orders: list[OrderAnswer]
    held: list[HeldAnswer]


class RetryIn(Schema):
    """Pay again, to this account (重新支付); without one, to the award's."""

    account_id: int | None = Field(None, ge=1, le=MOST_KEY)


class PayingTreasuryIn(Schema):
    """The treasury that pays (付款财政)."""

    level: str = Field(pattern="^(city|county)$")
    area: str = Field("", max_length=40)


class PaymentFileAnswer(Schema):
    """A payment file (支付文件) by the hashes of its workbook and its text."""

    id: int
    batch_id: int
    level: str
    area: str
    file_id: str
    text_file_id: str | None
    made_at: datetime


class BankProblemAnswer(Schema):
    """One thing wrong in a file (问题): where, what, why, and one thing to try."""

    code: str
    severity: str
    line: int
    column: int
    sheet: str
    found: str
    what: str
    why: str
    fix: str


class BankFileAnswer(Schema):
    """What became of a bank's file (导入结果)."""

    file: str
    paid: int
    failed: int
    known: int
    problems: list[BankProblemAnswer]
    held: list[HeldAnswer]


class RecoveryIn(Schema):
    """Money to be got back (追回请求)."""

    amount_fen: int = Field(ge=1, le=MOST_FEN)
    reason: str = Field(max_length=2000)


class ReturnIn(Schema):
    """Money that came back (退回款)."""

    amount_fen: int = Field(ge=1, le=MOST_FEN)
    bank_reference: str = Field(min_length=1, max_length=80)
    returned_on: date


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

    year: int = Field(ge=2000, le=2999)
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


def batch_answer(batch: Batch) -> dict[str, Any]:
    """A batch with its sums."""
    lines = list(batch.lines.values_list("approved_fen", "payable_fen"))
    payable = [fen for _, fen in lines if fen is not None]
    rate = None if batch.rate_numerator is None else f"{batch.rate_numerator}/{batch.rate_denominator}"
    names = ("id", "version", "title", "document", "year", "payer", "state", "made_at", "published_at")
    return {name: getattr(batch, name) for name in names} | {
        "rate": rate,
        "lines": len(lines),
        "approved_fen": sum(approved for approved, _ in lines),
        "payable_fen": sum(payable) if rate is not None and len(payable) == len(lines) else None,
    }


def held_answer(award: int, refusal: Refusal) -> dict[str, Any]:
    """Why an award was held back."""
    return {
        "award_id": award,
        "code": refusal.code,
        "detail": refusal.what,
        "why": refusal.why,
        "fix": refusal.fix,
    }


def problem_answers(problems: Iterable[Problem], language: Language) -> list[dict[str, Any]]:
    """Problems with their words."""
    answers = []
    for each in problems:
        words, place = problem_words(each, language), each.place
        answers.append(
            {
                "code": each.code, "severity": each.severity, "line": place.line, "column": place.column, "sheet": place.sheet,
                "found": each.found, "what": words.what, "why": words.why, "fix": words.fix,
            }
        )  # fmt: skip
    return answers


def entry_answer(entry: JournalEntry) -> dict[str, Any]:
    """An entry with its postings; those and their accounts are fetched already."""
    names = ("id", "key", "kind", "award_id", "order_id", "reverses_id", "memo", "booked_at")
    postings = [
        {"account": each.account.code, "amount_fen": each.amount_fen} for each in entry.postings.all()
    ]
    return {name: getattr(entry, name) for name in names} | {"postings": postings}
