"""The treasury in the administration (后台): to be looked at; what changes it are the services."""

from __future__ import annotations

from django.contrib import admin

from duixian.office.only_shown import OnlyShown
from duixian.office.treasury.models import (
    BankResult,
    Batch,
    BatchLine,
    Budget,
    BudgetChange,
    JournalEntry,
    LedgerAccount,
    PaymentAttempt,
    PaymentFile,
    PaymentOrder,
    Posting,
    Recovery,
    RecoveryReturn,
    Settlement,
)


@admin.register(Budget)
class BudgetAdmin(OnlyShown):
    """Budgets (预算)."""

    list_display = ("year", "document", "measure_id", "level", "area")
    list_filter = ("year", "level")


@admin.register(BudgetChange)
class BudgetChangeAdmin(OnlyShown):
    """Changes of budgets (预算调整)."""

    list_display = (
        "id",
        "budget",
        "amount_fen",
        "reason",
        "proposed_by",
        "is_confirmed",
        "decided_by",
        "decided_at",
    )
    list_filter = ("is_confirmed",)
    list_select_related = ("budget", "proposed_by", "decided_by")


@admin.register(Batch)
class BatchAdmin(OnlyShown):
    """Batches (兑付批次)."""

    list_display = ("id", "title", "document", "year", "payer", "rate_numerator", "rate_denominator", "state")
    list_filter = ("state", "year")


@admin.register(BatchLine)
class BatchLineAdmin(OnlyShown):
    """Lines of batches (批次明细)."""

    list_display = (
        "batch",
        "award",
        "approved_fen",
        "payable_fen",
        "city_fen",
        "county_fen",
        "basis",
        "area",
    )
    list_select_related = ("batch", "award")


@admin.register(PaymentOrder)
class PaymentOrderAdmin(OnlyShown):
    """Orders (支付令). The account is shown by its last digits."""

    list_display = (
        "reference",
        "award",
        "level",
        "area",
        "amount_fen",
        "account",
        "state",
        "attempt",
        "failure",
    )
    list_filter = ("state", "level")
    search_fields = ("reference", "award__enterprise__code")
    list_select_related = ("award", "account")


@admin.register(PaymentAttempt)
class PaymentAttemptAdmin(OnlyShown):
    """Attempts at payment (支付尝试)."""

    list_display = ("reference", "order", "attempt", "account", "made_by", "made_at")
    search_fields = ("reference",)
    list_select_related = ("order", "account", "made_by")


@admin.register(PaymentFile)
class PaymentFileAdmin(OnlyShown):
    """Payment files (支付文件)."""

    list_display = ("id", "batch", "level", "area", "file", "text_file", "made_by", "made_at")
    fields = ("batch", "level", "area", "file", "text_file", "made_by", "made_at")
    list_select_related = ("batch", "file", "text_file", "made_by")


@admin.register(BankResult)
class BankResultAdmin(OnlyShown):
    """Bank results (银行回执)."""

    list_display = ("order", "attempt", "is_paid", "reason", "bank_reference", "happened_on", "file", "line")
    list_filter = ("is_paid",)
    list_select_related = ("order", "file")


@admin.register(LedgerAccount)
class LedgerAccountAdmin(OnlyShown):
    """Accounts of the ledger (账户)."""

    list_display = ("code", "kind", "level", "area", "budget", "balance_fen")
    list_filter = ("kind", "level")
    list_select_related = ("budget",)


class PostingInline(admin.TabularInline):  # type: ignore[type-arg]
    """The postings of an entry (分录)."""

    model = Posting
    can_delete = False
    extra = 0


@admin.register(JournalEntry)
class JournalEntryAdmin(OnlyShown):
    """Entries of the journal (记账凭证)."""

    list_display = ("key", "kind", "award", "order", "memo", "booked_at", "booked_by")
    list_filter = ("kind",)
    search_fields = ("key", "memo")
    list_select_related = ("award", "order", "booked_by")
    inlines = (PostingInline,)


@admin.register(Recovery)
class RecoveryAdmin(OnlyShown):
    """Recoveries (追回)."""

    list_display = ("id", "award", "amount_fen", "recovered_fen", "decided_by", "confirmed_by", "is_refused")
    list_select_related = ("award", "decided_by", "confirmed_by")


@admin.register(RecoveryReturn)
class RecoveryReturnAdmin(OnlyShown):
    """Money that came back (退回款)."""

    list_display = ("recovery", "amount_fen", "bank_reference", "returned_on", "recorded_by")
    list_select_related = ("recovery", "recorded_by")


@admin.register(Settlement)
class SettlementAdmin(OnlyShown):
    """Year-end settlements (年终结算)."""

    list_display = (
        "year",
        "area",
        "city_paid_fen",
        "county_paid_fen",
        "city_owes_fen",
        "settled_by",
        "settled_at",
    )
    list_filter = ("year",)
    list_select_related = ("settled_by",)
