"""Batches, orders and the bank as answers and requests (兑付接口格式). Money is whole fen; rates are exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from duixian.errors import Problem
from duixian.office.api.schema import Schema
from duixian.office.refusal import Refusal
from duixian.office.treasury.models import Batch, Payer
from duixian.wording import Language, problem_words

MOST_KEY = 2**63 - 1
Key = Annotated[int, Field(strict=True, ge=1, le=MOST_KEY)]
"""The number of a thing in a body (编号)."""


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
