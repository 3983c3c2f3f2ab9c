"""Verifying the treasury (核账): every promise of this room, looked up in the tables alone. Empty means that all is well."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from duixian.office.awards.models import Award, State
from duixian.office.treasury.models import (
    BankResult,
    BatchLine,
    Budget,
    BudgetChange,
    JournalEntry,
    LedgerAccount,
    OrderState,
    PaymentOrder,
    Posting,
    Recovery,
    Settlement,
)

NEVER_NEGATIVE = ("available", "reserved", "paid", "receivable", "returned")


def verify() -> list[str]:
    """What is wrong in the treasury, a sentence for each thing; it reads everything and changes nothing."""
    return [sentence for look in LOOKS for sentence in look()]


def _entries_balance() -> Iterator[str]:
    sums = JournalEntry.objects.annotate(total=Sum("postings__amount_fen"), lines=Count("postings"))
    for entry in sums.exclude(total=0, lines__gte=2):
        yield f"entry {entry.key} does not balance"


def _balances_are_sums() -> Iterator[str]:
    total = (
        Posting.objects.filter(account=OuterRef("pk"))
        .order_by()
        .values("account")
        .annotate(sum=Sum("amount_fen"))
    )
    accounts = LedgerAccount.objects.annotate(total=Coalesce(Subquery(total.values("sum")), 0))
    for account in accounts.exclude(balance_fen=F("total")):
        yield f"account {account.code} says {account.balance_fen}, its postings {account.total}"


def _nothing_was_ever_overdrawn() -> Iterator[str]:
    running: dict[int, int] = {}
    postings = Posting.objects.filter(account__kind__in=NEVER_NEGATIVE).order_by("entry_id", "pk")
    for account, entry, fen in postings.values_list("account_id", "entry_id", "amount_fen").iterator():
        running[account] = running.get(account, 0) + fen
        if running[account] < 0:
            yield f"account {account} was overdrawn by entry {entry}"


def _grants_are_confirmed_changes() -> Iterator[str]:
    confirmed = dict(
        BudgetChange.objects.filter(is_confirmed=True)
        .values_list("budget")
        .annotate(total=Sum("amount_fen"))
        .order_by()
    )
    granted = LedgerAccount.objects.filter(kind="source").values_list("budget_id", "balance_fen")
    for budget, balance in granted:
        if confirmed.get(budget, 0) != -balance:
            yield f"budget {budget} was granted {-balance}, its changes say {confirmed.get(budget, 0)}"
    for bare in Budget.objects.filter(accounts=None, pk__in=confirmed):
        yield f"budget {bare.pk} has no accounts"


_KINDS = {
    OrderState.RESERVED: {"reserve"},
    OrderState.SENT: {"reserve"},
    OrderState.FAILED: {"reserve"},
    OrderState.PAID: {"reserve", "settle"},
    OrderState.CANCELLED: {"reserve", "reverse"},
}


def _orders_are_their_entries() -> Iterator[str]:
    booked: dict[int, list[str]] = {}
    ways = JournalEntry.objects.filter(kind__in=("reserve", "settle", "reverse"), order__isnull=False)
    for order, kind in ways.values_list("order_id", "kind"):
        booked.setdefault(order or 0, []).append(kind)
    for order_id, state in PaymentOrder.objects.values_list("pk", "state"):
        if sorted(booked.get(order_id, [])) != sorted(_KINDS[OrderState(state)]):
            yield f"order {order_id} is {state}, its entries are {sorted(booked.get(order_id, []))}"
    amounts = Posting.objects.filter(
        entry__kind__in=("reserve", "settle"), account__kind__in=("reserved", "paid")
    )
    for entry, fen, amount in amounts.filter(amount_fen__gt=0).values_list(
        "entry__key", "amount_fen", "entry__order__amount_fen"
    ):
        if fen != amount:
            yield f"entry {entry} moves {fen} for an order of {amount}"


def _orders_are_their_results() -> Iterator[str]:
    last: dict[int, tuple[int, bool]] = {}
    paid: set[int] = set()
    for order, attempt, is_paid in BankResult.objects.order_by("order_id", "attempt").values_list(
        "order_id", "attempt", "is_paid"
    ):
        if order in paid:
            yield f"order {order} was tried again after it was paid"
        last[order] = (attempt, is_paid)
        paid |= {order} if is_paid else set()
    for order, state, attempt in PaymentOrder.objects.values_list("pk", "state", "attempt"):
        said = last.get(order, (0, False))
        if (state == OrderState.PAID) != (order in paid):
            yield f"order {order} is {state}, the bank says otherwise"
        if state == OrderState.FAILED and said != (attempt, False):
            yield f"order {order} failed, and the bank does not say so"
        if state == OrderState.SENT and said[0] >= attempt:
            yield f"order {order} waits for a result that is there"


def _nothing_is_paid_above_payable() -> Iterator[str]:
    living = ~Q(orders__state=OrderState.CANCELLED)
    sums = Award.objects.annotate(
        ordered=Coalesce(Sum("orders__amount_fen", filter=living), 0),
        paid=Coalesce(Sum("orders__amount_fen", filter=Q(orders__state=OrderState.PAID)), 0),
    )
    for award in sums.filter(ordered__gt=Coalesce(F("batch_line__payable_fen"), 0)):
        yield f"award {award.pk} has orders of {award.ordered}, more than is payable"
    for award in sums.filter(paid__gt=Coalesce(F("approved_fen"), 0)):
        yield f"award {award.pk} was paid {award.paid}, more than was approved"
    for award in sums.filter(state__in=(State.PAID, State.RECOVERING, State.RECOVERED)):
        if award.paid != award.payable_fen:
            yield f"award {award.pk} is {award.state}, and was paid {award.paid} of {award.payable_fen}"


def _published_rates_hold() -> Iterator[str]:
    rated = BatchLine.objects.exclude(batch__rate_numerator=None).select_related("batch")
    for line in rated.exclude(batch__state="draft"):
        exact = line.approved_fen * (line.batch.rate_numerator or 0)
        floor = exact // (line.batch.rate_denominator or 1)
        if line.payable_fen not in (floor, floor + 1):
            yield f"line {line.pk} is payable with {line.payable_fen}, its rate gives {floor}"


def _recoveries_are_their_entries() -> Iterator[str]:
    for recovery in Recovery.objects.exclude(confirmed_by=None):
        claims = JournalEntry.objects.filter(kind="claim", key__startswith=f"claim:{recovery.pk}:")
        back = JournalEntry.objects.filter(kind="recover", award=recovery.award_id)
        claimed, returned = (
            _into(entries, kind) for entries, kind in ((claims, "receivable"), (back, "returned"))
        )
        if (claimed, returned) != (recovery.amount_fen, recovery.recovered_fen):
            yield f"recovery {recovery.pk} says {recovery.recovered_fen} of {recovery.amount_fen}, the books {returned} of {claimed}"
        told = recovery.returns.aggregate(total=Sum("amount_fen"))["total"] or 0
        if told != recovery.recovered_fen:
            yield f"recovery {recovery.pk} has returns of {told}, and says {recovery.recovered_fen}"


def _into(entries: object, kind: str) -> int:
    found = Posting.objects.filter(entry__in=entries, account__kind=kind)  # type: ignore[misc]
    return found.aggregate(total=Sum("amount_fen"))["total"] or 0


def _settlements_are_their_entries() -> Iterator[str]:
    for settlement in Settlement.objects.select_related("entry"):
        owed = settlement.county_paid_fen - settlement.city_paid_fen
        if owed != settlement.city_owes_fen or (settlement.entry is None) != (owed == 0):
            yield f"settlement {settlement} does not add up"
    years = set(Settlement.objects.values_list("year", "area"))
    for account in LedgerAccount.objects.filter(kind="between").exclude(balance_fen=0):
        if (int(account.code.split("/")[1]), account.area) in years:
            yield f"account {account.code} is settled, and holds {account.balance_fen}"


LOOKS: tuple[Callable[[], Iterator[str]], ...] = (
    _entries_balance,
    _balances_are_sums,
    _nothing_was_ever_overdrawn,
    _grants_are_confirmed_changes,
    _orders_are_their_entries,
    _orders_are_their_results,
    _nothing_is_paid_above_payable,
    _published_rates_hold,
    _recoveries_are_their_entries,
    _settlements_are_their_entries,
)
"""Everything that is looked at."""
