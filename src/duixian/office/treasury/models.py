"""The treasury (资金): budgets, batches with their rate α, orders to two treasuries, and a double-entry ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Level(models.TextChoices):
    """Whose money (级次)."""

    CITY = "city", "市级"
    COUNTY = "county", "县区"


class Budget(models.Model):
    """Money set aside (预算) for a year, a document, a measure of it (empty: all), and a treasury.

    ``area`` is the county's when ``level`` is county, empty for the city. The amount is what the changes add up to
    (``BudgetChange``); the ledger's accounts say what is left of it.
    """

    year = models.PositiveSmallIntegerField("年度")
    document = models.CharField("文号", max_length=120)
    measure_id = models.CharField("事项编号", max_length=80, blank=True)
    level = models.CharField("级次", max_length=8, choices=Level)
    area = models.CharField("地区", max_length=40, blank=True)

    class Meta:
        db_table = "treasury_budget"
        verbose_name = verbose_name_plural = "预算"
        constraints = (
            models.UniqueConstraint(
                fields=("year", "document", "measure_id", "level", "area"), name="treasury_budget_once"
            ),
            models.CheckConstraint(
                name="treasury_county_budget_names_its_area",
                condition=models.Q(level=Level.CITY, area="")
                | (models.Q(level=Level.COUNTY) & ~models.Q(area="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.document} {self.measure_id} {self.level} {self.area}".strip()


class BatchState(models.TextChoices):
    """How far a batch has come (批次状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "系数已公布"
    ORDERED = "ordered", "已下达"
    CLOSED = "closed", "已办结"


class Batch(models.Model):
    """Awards that are paid together (兑付批次), at one rate.

    ``rate`` α is the exact fraction of ceilings that the budget allows, at most 1; residues of rounding go fen by fen to the largest
    remainders. It is published before anything is ordered.
    """

    title = models.CharField("名称", max_length=200)
    document = models.CharField("文号", max_length=120)
    year = models.PositiveSmallIntegerField("年度")
    rate_numerator = models.BigIntegerField("系数分子", null=True, blank=True)
    rate_denominator = models.BigIntegerField("系数分母", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=BatchState, default=BatchState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编制人"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="公布人",
    )
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    made_at = models.DateTimeField("编制时间", auto_now_add=True)

    class Meta:
        db_table = "treasury_batch"
        verbose_name = verbose_name_plural = "兑付批次"

    def __str__(self) -> str:
        return self.title


class BatchLine(models.Model):
    """One award of a batch (批次明细): its approved amount and what is payable of it."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines", verbose_name="批次")
    award = models.OneToOneField(
        "awards.Award", models.PROTECT, related_name="batch_line", verbose_name="兑付事项"
    )
    approved_fen = models.BigIntegerField("核定金额（分）")
    payable_fen = models.BigIntegerField("应付金额（分）", null=True, blank=True)

    class Meta:
        db_table = "treasury_batch_line"
        verbose_name = verbose_name_plural = "批次明细"

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.award_id}"


class OrderState(models.TextChoices):
    """How far an order has come (支付令状态)."""

    RESERVED = "reserved", "已占用"
    SENT = "sent", "已送银行"
    PAID = "paid", "已支付"
    FAILED = "failed", "支付失败"
    CANCELLED = "cancelled", "已撤销"


class PaymentOrder(models.Model):
    """What one treasury pays of one award (支付令)."""

    award = models.ForeignKey("awards.Award", models.PROTECT, related_name="orders", verbose_name="兑付事项")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="orders", verbose_name="批次")
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="orders", verbose_name="预算")
    level = models.CharField("级次", max_length=8, choices=Level)
    area = models.CharField("地区", max_length=40, blank=True)
    amount_fen = models.BigIntegerField("金额（分）")
    account = models.ForeignKey("awards.BankAccount", models.PROTECT, verbose_name="收款账户")
    state = models.CharField("状态", max_length=10, choices=OrderState, default=OrderState.RESERVED)
    reference = models.CharField("支付编号", max_length=40, unique=True)
    attempt = models.PositiveSmallIntegerField("次数", default=1)
    failure = models.CharField("失败原因", max_length=200, blank=True)
    ordered_at = models.DateTimeField("下达时间", auto_now_add=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        db_table = "treasury_order"
        verbose_name = verbose_name_plural = "支付令"
        constraints = (
            models.UniqueConstraint(
                fields=("award", "level"),
                condition=~models.Q(state=OrderState.CANCELLED),
                name="treasury_order_once",
            ),
            models.CheckConstraint(name="treasury_order_positive", condition=models.Q(amount_fen__gt=0)),
        )

    def __str__(self) -> str:
        return self.reference


class LedgerAccount(models.Model):
    """An account of the ledger (账户), such as what is left of a budget, what is reserved, what is paid, what is to be recovered.

    ``code`` is its full name; ``must_not_be`` keeps a budget from being overdrawn: the database refuses a balance on the wrong side.
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
                condition=~models.Q(kind__in=("available", "reserved")) | models.Q(balance_fen__gte=0),
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


class PaymentFile(models.Model):
    """A file of orders for the bank (支付文件), kept as it went out."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payment_files", verbose_name="批次")
    level = models.CharField("级次", max_length=8, choices=Level)
    area = models.CharField("地区", max_length=40, blank=True)
    file = models.ForeignKey("evidence.StoredFile", models.PROTECT, verbose_name="文件")
    orders = models.ManyToManyField(PaymentOrder, related_name="payment_files", verbose_name="支付令")
    made_at = models.DateTimeField("生成时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="生成人")

    class Meta:
        db_table = "treasury_payment_file"
        verbose_name = verbose_name_plural = "支付文件"

    def __str__(self) -> str:
        return f"{self.batch_id} {self.level} {self.area}"


class BankResult(models.Model):
    """What the bank said of one attempt at one order (银行回执): append-only, the same line never twice."""

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="results", verbose_name="支付令")
    attempt = models.PositiveSmallIntegerField("次数")
    is_paid = models.BooleanField("已支付")
    reason = models.CharField("原因", max_length=200, blank=True)
    bank_reference = models.CharField("银行流水号", max_length=80, blank=True)
    happened_on = models.DateField("日期")
    file = models.ForeignKey("evidence.StoredFile", models.PROTECT, verbose_name="文件")
    line = models.PositiveIntegerField("行号")

    class Meta:
        db_table = "treasury_bank_result"
        verbose_name = verbose_name_plural = "银行回执"
        constraints = (
            models.UniqueConstraint(fields=("order", "attempt"), name="treasury_bank_result_once"),
        )

    def __str__(self) -> str:
        return f"{self.order_id}#{self.attempt}"


class Recovery(models.Model):
    """Money to be got back (追回): why, how much, and how much has come back so far."""

    award = models.ForeignKey(
        "awards.Award", models.PROTECT, related_name="recoveries", verbose_name="兑付事项"
    )
    amount_fen = models.BigIntegerField("应追回（分）")
    recovered_fen = models.BigIntegerField("已追回（分）", default=0)
    reason = models.TextField("理由")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="确认人",
    )
    decided_at = models.DateTimeField("提出时间", auto_now_add=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        db_table = "treasury_recovery"
        verbose_name = verbose_name_plural = "追回"
        constraints = (
            models.CheckConstraint(
                name="treasury_recovery_range",
                condition=models.Q(
                    amount_fen__gt=0, recovered_fen__gte=0, recovered_fen__lte=models.F("amount_fen")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.award_id} {self.amount_fen}"


class Settlement(models.Model):
    """The year-end settlement between the city and a county (年终结算): what either paid for the other, and the balance."""

    year = models.PositiveSmallIntegerField("年度")
    area = models.CharField("地区", max_length=40)
    city_paid_fen = models.BigIntegerField("市级已付（分）")
    county_paid_fen = models.BigIntegerField("县区已付（分）")
    city_owes_fen = models.BigIntegerField("市级应补（分）")
    entry = models.OneToOneField(JournalEntry, models.PROTECT, null=True, blank=True, verbose_name="凭证")
    settled_at = models.DateTimeField("结算时间", auto_now_add=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="结算人")

    class Meta:
        db_table = "treasury_settlement"
        verbose_name = verbose_name_plural = "年终结算"
        constraints = (models.UniqueConstraint(fields=("year", "area"), name="treasury_settlement_once"),)

    def __str__(self) -> str:
        return f"{self.year} {self.area}"
