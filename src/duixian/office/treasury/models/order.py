"""Orders (支付令): what one treasury pays of one award, every attempt at it, and what the bank said."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duixian.office.treasury.models.batch import Batch
from duixian.office.treasury.models.budget import Budget, Level


class OrderState(models.TextChoices):
    """How far an order has come (支付令状态)."""

    RESERVED = "reserved", "已占用"
    SENT = "sent", "已送银行"
    PAID = "paid", "已支付"
    FAILED = "failed", "支付失败"
    CANCELLED = "cancelled", "已撤销"


class PaymentOrder(models.Model):
    """What one treasury bears of one award (支付令).

    ``level`` and ``area`` say who bears it, ``budget`` who pays it: they differ where one treasury pays for the other (代垫).
    ``reference`` and ``account`` are those of the last attempt.
    """

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


class PaymentAttempt(models.Model):
    """One attempt at paying an order (支付尝试): append-only; what the bank knows it by, and to which account it went."""

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="attempts", verbose_name="支付令")
    attempt = models.PositiveSmallIntegerField("次数")
    reference = models.CharField("支付编号", max_length=40, unique=True)
    account = models.ForeignKey("awards.BankAccount", models.PROTECT, verbose_name="收款账户")
    made_at = models.DateTimeField("时间", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人")

    class Meta:
        db_table = "treasury_attempt"
        verbose_name = verbose_name_plural = "支付尝试"
        constraints = (models.UniqueConstraint(fields=("order", "attempt"), name="treasury_attempt_once"),)

    def __str__(self) -> str:
        return self.reference


class PaymentFile(models.Model):
    """A file of orders for the bank (支付文件), kept as it went out: as a workbook and as text.

    ``level`` and ``area`` are those of the treasury that pays.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payment_files", verbose_name="批次")
    level = models.CharField("级次", max_length=8, choices=Level)
    area = models.CharField("地区", max_length=40, blank=True)
    file = models.ForeignKey("evidence.StoredFile", models.PROTECT, related_name="+", verbose_name="文件")
    text_file = models.ForeignKey(
        "evidence.StoredFile",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="文本文件",
    )
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
