"""The money of one award (资金全程): from the grant to the bank and back, entry by entry, with the clause that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award
from duixian.office.refusal import NotThere
from duixian.office.treasury.models import BankResult, BatchLine, JournalEntry


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One entry of the journal about an award (资金凭证): when, what, how much, of which treasury, under which reference."""

    at: datetime
    key: str
    kind: str
    level: str
    area: str
    amount_fen: int
    reference: str
    memo: str


@dataclass(frozen=True, slots=True)
class BankWord:
    """What the bank said of an attempt (银行回执)."""

    reference: str
    is_paid: bool
    reason: str
    bank_reference: str
    on: date


@dataclass(frozen=True, slots=True)
class MoneyTrail:
    """All about the money of one award (资金全程): the clause and the four numbers, the rate, the shares and their basis, every entry."""

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
    entries: tuple[TrailEntry, ...]
    bank: tuple[BankWord, ...]


def money_trail(actor: Actor, award_id: int) -> MoneyTrail:
    """Follow the money of one award (查询资金全程)."""
    with acting():
        award = Award.objects.select_related("determination").filter(pk=award_id).first()
        if award is None:
            demand(actor, "ledger.trace", area=actor.area, enterprise=actor.enterprise)
            raise NotThere("not-there", "没有找到该事项")
        demand(actor, "ledger.trace", area=award.area, enterprise=award.enterprise_id)
        tell(actor, "ledger.trace", award, enterprise=award.enterprise_id)
        line = BatchLine.objects.select_related("batch").filter(award=award).first()
        return MoneyTrail(
            award=award.pk,
            enterprise=award.enterprise_id,
            document=award.document,
            clause=award.determination.clause,
            measure=award.determination.measure,
            ceiling_fen=award.ceiling_fen,
            base_fen=award.base_fen,
            approved_fen=award.approved_fen,
            payable_fen=line.payable_fen if line else None,
            rate=_rate(line),
            city_fen=line.city_fen if line else None,
            county_fen=line.county_fen if line else None,
            basis=line.basis if line else award.determination.basis,
            entries=_entries(award),
            bank=_bank(award),
        )


def _rate(line: BatchLine | None) -> str:
    """α as a fraction; "" while there is none."""
    if line is None or line.batch.rate_numerator is None:
        return ""
    return f"{line.batch.rate_numerator}/{line.batch.rate_denominator}"


def _entries(award: Award) -> tuple[TrailEntry, ...]:
    """Grants of the budgets that paid, then everything that was booked of the award."""
    budgets = award.orders.values_list("budget_id", flat=True)
    grants = JournalEntry.objects.filter(kind="grant", postings__account__budget__in=budgets)
    found = (grants | award.entries.all()).distinct().order_by("pk")
    entries = []
    for entry in found.select_related("order").prefetch_related("postings__account"):
        main = max(entry.postings.all(), key=lambda each: (each.account.kind != "between", each.amount_fen))
        account, order = main.account, entry.order
        entries.append(
            TrailEntry(
                entry.booked_at, entry.key, entry.kind, account.level, account.area, main.amount_fen,
                order.reference if order else "", entry.memo,
            )
        )  # fmt: skip
    return tuple(entries)


def _bank(award: Award) -> tuple[BankWord, ...]:
    results = BankResult.objects.filter(order__award=award).select_related("order").order_by("pk")
    attempts = {
        (order, attempt): reference
        for order, attempt, reference in award.orders.values_list(
            "pk", "attempts__attempt", "attempts__reference"
        )
    }
    return tuple(
        BankWord(
            attempts[each.order_id, each.attempt],
            each.is_paid,
            each.reason,
            each.bank_reference,
            each.happened_on,
        )
        for each in results
    )
