"""The chart of accounts (账户表): which account of the ledger holds what; made when it is first needed.

A budget has six: ``source`` (where it comes from: minus what was granted), ``available``, ``reserved``, ``paid``, ``receivable`` and
``returned``.
Two treasuries have two between them for each year and county: what the city is owed, and what the county owes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from duixian.office.treasury.models import Budget, LedgerAccount, Level

OF_BUDGET = ("source", "available", "reserved", "paid", "receivable", "returned")


def open_accounts(budget: Budget) -> None:
    """Open the accounts of a budget (开户), where they are not open yet."""
    LedgerAccount.objects.bulk_create(
        (
            LedgerAccount(
                code=_code(budget.pk, kind), kind=kind, level=budget.level, area=budget.area, budget=budget
            )
            for kind in OF_BUDGET
        ),
        ignore_conflicts=True,
    )


def account(budget: Budget | int, kind: str) -> LedgerAccount:
    """One account of a budget (预算账户)."""
    key = budget if isinstance(budget, int) else budget.pk
    return LedgerAccount.objects.get(code=_code(key, kind))


def accounts_of(budgets: Iterable[int]) -> Mapping[tuple[int, str], LedgerAccount]:
    """The accounts of budgets, by budget and kind."""
    found = LedgerAccount.objects.filter(budget__in=set(budgets))
    return {(each.budget_id or 0, each.kind): each for each in found}


def between(year: int, area: str) -> tuple[LedgerAccount, LedgerAccount]:
    """What the city is owed by a county, and what that county owes, in the settlement of a year (往来)."""
    codes = {level: f"between/{year}/{area}/{level}" for level in (Level.CITY, Level.COUNTY)}
    LedgerAccount.objects.bulk_create(
        (LedgerAccount(code=code, kind="between", level=level, area=area) for level, code in codes.items()),
        ignore_conflicts=True,
    )
    found = {each.code: each for each in LedgerAccount.objects.filter(code__in=codes.values())}
    return found[codes[Level.CITY]], found[codes[Level.COUNTY]]


def _code(budget: int, kind: str) -> str:
    return f"budget/{budget}/{kind}"
