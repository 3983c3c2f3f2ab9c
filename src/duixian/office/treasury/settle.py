"""Settling an order in the books (记账支付): reserved money is paid; where one treasury paid for the other, the other owes it."""

from __future__ import annotations

from collections.abc import Iterable

from duixian.office.accounts.actor import Actor
from duixian.office.treasury.chart import account, between
from duixian.office.treasury.ledger import book
from duixian.office.treasury.models import JournalEntry, LedgerAccount, Level, PaymentOrder, Settlement


def settle(actor: Actor, order: PaymentOrder) -> JournalEntry:
    """Book that an order was paid."""
    fen, budget = order.amount_fen, order.budget
    postings = {account(budget, "reserved"): -fen, account(budget, "paid"): fen}
    return book(
        f"settle:{order.pk}",
        "settle",
        {**postings, **owed(order, fen)},
        award=order.award,
        order=order,
        actor=actor,
        memo=order.reference,
    )


def is_on_behalf(order: PaymentOrder) -> bool:
    """Whether one treasury pays what the other bears (代垫)."""
    return order.level != order.budget.level


def owed(order: PaymentOrder, fen: int) -> dict[LedgerAccount, int]:
    """What an amount that was paid on behalf (negative: that came back) changes between the two treasuries; nothing otherwise."""
    if not is_on_behalf(order):
        return {}
    city, county = between(*_open_year(order))
    for_city = fen if order.budget.level == Level.CITY else -fen
    return {city: for_city, county: -for_city}


def between_accounts(orders: Iterable[PaymentOrder]) -> set[int]:
    """The accounts between treasuries that settling these orders touches, to be locked beforehand."""
    places = {_open_year(order) for order in orders if is_on_behalf(order)}
    return {each.pk for place in places for each in between(*place)}


def _open_year(order: PaymentOrder) -> tuple[int, str]:
    """The year of the budget, or the next one that is not settled yet: what comes late is settled with the next."""
    area = order.area or order.budget.area
    settled = set(Settlement.objects.filter(area=area).values_list("year", flat=True))
    year = order.budget.year
    while year in settled:
        year += 1
    return year, area
