"""The treasury's tables (资金表): budgets, batches with their rate α, orders to two treasuries, and a double-entry ledger."""

from __future__ import annotations

from duixian.office.treasury.models.batch import Batch, BatchLine, BatchState, Payer
from duixian.office.treasury.models.budget import Budget, BudgetChange, Level
from duixian.office.treasury.models.journal import JournalEntry, LedgerAccount, Posting
from duixian.office.treasury.models.order import (
    BankResult,
    OrderState,
    PaymentAttempt,
    PaymentFile,
    PaymentOrder,
)
from duixian.office.treasury.models.recovery import Recovery, RecoveryReturn, Settlement

__all__ = [
    "BankResult",
    "Batch",
    "BatchLine",
    "BatchState",
    "Budget",
    "BudgetChange",
    "JournalEntry",
    "LedgerAccount",
    "Level",
    "OrderState",
    "Payer",
    "PaymentAttempt",
    "PaymentFile",
    "PaymentOrder",
    "Posting",
    "Recovery",
    "RecoveryReturn",
    "Settlement",
]
