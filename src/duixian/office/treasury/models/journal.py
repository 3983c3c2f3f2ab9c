"""The ledger (账簿): accounts, entries and postings. ``treasury/ledger.py`` is the only one who writes here."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duixian.office.treasury.models.budget import Budget, Level
from duixian.office.treasury.models.order import PaymentOrder


class LedgerAccount(models.Model):
    """An account of the ledger (账户), such as what is left of a budget, what is reserved, what is paid, what is to be recovered.

    ``code`` is its full name. Only what budgets come from and what two treasuries owe each other may be negative: the database
    refuses to overdraw any other. ``docs/reference/ledger.md`` lists the accounts.
    """

    code = models.CharField("编码", max_length=200, unique=True)
    kind = models.CharField(
        "种类",
        max_length=12,
        choices=[
            ("source", "预算来源"),
            ("available", "可用"),
            ("reserved", "占用"),
            ("paid", "已付"),
            ("receivable", "待追回"),
            ("returned", "已追回"),
            ("between", "往来"),
        ],
    )
    level = models.CharField("级次", max_length=8, choices=Level)
    area = models.CharField("地区", max_length=40, blank=True)
    budget = models.ForeignKey(
        Budget, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name="预算"
    )
    balance_fen = models.BigIntegerField("余额（分）", default=0)

    class Meta:
        db_table = "treasury_account"
        verbose_name = verbose_name_plural = "账户"
        constraints = (
            models.CheckConstraint(
                name="treasury_no_overdraft",
                condition=models.Q(kind__in=("source", "between")) | models.Q(balance_fen__gte=0),
            ),
        )

    def __str__(self) -> str:
        return self.code


class JournalEntry(models.Model):
    """An entry of the journal (记账凭证): append-only; its postings add up to nought.

    ``key`` names the event that it books, so that no event is booked twice.
    """

    key = models.CharField("业务键", max_length=120, unique=True)
    kind = models.CharField(
        "种类",
        max_length=12,
        choices=[
            ("grant", "预算下达"),
            ("reserve", "占用"),
            ("settle", "支付"),
            ("reverse", "冲回"),
            ("claim", "应追回"),
            ("recover", "追回"),
            ("settlement", "年终结算"),
        ],
    )
    award = models.ForeignKey(
        "awards.Award", models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="兑付事项"
    )
    order = models.ForeignKey(
        PaymentOrder, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="支付令"
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal", verbose_name="冲回"
    )
    memo = models.CharField("摘要", max_length=200)
    booked_at = models.DateTimeField("记账时间", auto_now_add=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="记账人"
    )

    class Meta:
        db_table = "treasury_entry"
        verbose_name = verbose_name_plural = "记账凭证"

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One line of an entry (分录): append-only. Positive into the account, negative out of it, in fen."""

    entry = models.ForeignKey(JournalEntry, models.PROTECT, related_name="postings", verbose_name="凭证")
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="postings", verbose_name="账户")
    amount_fen = models.BigIntegerField("金额（分）")

    class Meta:
        db_table = "treasury_posting"
        verbose_name = verbose_name_plural = "分录"
        constraints = (
            models.UniqueConstraint(fields=("entry", "account"), name="treasury_posting_once"),
            models.CheckConstraint(name="treasury_posting_moves", condition=~models.Q(amount_fen=0)),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_fen}"
