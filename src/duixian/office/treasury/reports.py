"""Reports (报表): how budgets are executed, and the trial balance; sums from the postings themselves, in fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.kept_query import KeptQuery
from duixian.office.treasury.fiscal_area import fiscal_area
from duixian.office.treasury.models import JournalEntry, LedgerAccount, Level, Posting

_KINDS = ("available", "reserved", "paid", "receivable", "returned")


@dataclass(frozen=True, slots=True)
class ExecutionLine:
    """What happened to budgets in a month (预算执行), in fen; ``month`` is "2026-03".

    ``measure_id`` is the award's, "" for grants to a whole document. ``reserved_fen`` is what was newly reserved less what was paid or
    given back; all columns add up over the months.
    """

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


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account of the trial balance (试算平衡): what went in, what went out, what is there."""

    code: str
    kind: str
    level: str
    area: str
    in_fen: int
    out_fen: int
    balance_fen: int


def execution(actor: Actor, *, year: int) -> list[ExecutionLine]:
    """How the budgets of a year are executed, by document, measure, treasury and month (预算执行表)."""
    demand(actor, "budget.read", area=actor.area)
    postings = Posting.objects.filter(account__budget__year=year, account__kind__in=_KINDS)
    if actor.area:
        postings = postings.filter(account__level=Level.COUNTY, account__area=fiscal_area(actor.area))
    rows = (
        postings.annotate(month=TruncMonth("entry__booked_at"))
        .values_list(
            "account__budget__document", "entry__award__measure_id", "account__budget__measure_id", "account__level",
            "account__area", "month", "entry__kind", "account__kind",
        )
        .annotate(total=Sum("amount_fen"))
        .order_by()
    )  # fmt: skip
    sums: dict[tuple[str, ...], dict[str, int]] = {}
    for document, measure, of_budget, level, area, month, entry, kind, total in rows:
        key = (document, measure or of_budget, level, area, month.strftime("%Y-%m"))
        column = _column(entry, kind)
        if column:
            into = sums.setdefault(key, {})
            into[column] = into.get(column, 0) + total
    return [_execution_line(year, key, sums[key]) for key in sorted(sums)]


def trial_balance(actor: Actor) -> list[TrialLine]:
    """Every account with what went in and out; the balances add up to nought (试算平衡表)."""
    demand(actor, "ledger.read")
    return [
        TrialLine(
            each.code, each.kind, each.level, each.area, each.into or 0, -(each.out or 0), each.balance_fen
        )
        for each in _WITH_SUMS()
    ]


_WITH_SUMS = KeptQuery[Any](
    lambda: LedgerAccount.objects.annotate(
        into=Sum("postings__amount_fen", filter=Q(postings__amount_fen__gt=0)),
        out=Sum("postings__amount_fen", filter=Q(postings__amount_fen__lt=0)),
    ).order_by("code")
)


def journal(actor: Actor) -> QuerySet[JournalEntry]:
    """The journal with its postings, the newest entry first (记账凭证)."""
    demand(actor, "ledger.read")
    return JournalEntry.objects.prefetch_related("postings__account").order_by("-pk")


def balance_of(lines: Iterable[TrialLine]) -> int:
    """What all balances add up to: nought, or the books are wrong."""
    return sum(line.balance_fen for line in lines)


def _column(entry: str, kind: str) -> str:
    """Which column of the report a posting belongs to; grants into what is available, money paid out before any claim on it."""
    columns = {
        ("grant", "available"): "granted",
        ("reserve", "reserved"): "reserved",
        ("reverse", "reserved"): "reserved",
        ("settle", "reserved"): "reserved",
        ("settle", "paid"): "paid",
        ("claim", "receivable"): "claimed",
        ("recover", "returned"): "returned",
    }
    return columns.get((entry, kind), "")


def _execution_line(year: int, key: tuple[str, ...], sums: dict[str, int]) -> ExecutionLine:
    document, measure, level, area, month = key
    columns = ("granted", "reserved", "paid", "claimed", "returned")
    return ExecutionLine(
        year, document, measure, level, area, month, *(sums.get(column, 0) for column in columns)
    )
