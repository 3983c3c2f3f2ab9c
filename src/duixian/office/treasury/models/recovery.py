"""Recovery and settlement (追回与年终结算): money that comes back from an enterprise, or passes between two treasuries."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duixian.office.treasury.models.journal import JournalEntry


class Recovery(models.Model):
    """Money to be got back (追回): why, how much, and how much has come back so far. Claimed once another person has confirmed it."""

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
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    is_refused = models.BooleanField("不予追回", default=False)
    decision_reason = models.TextField("意见", blank=True)
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
            models.CheckConstraint(
                name="treasury_recovery_two_people",
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("decided_by")),
            ),
            models.UniqueConstraint(
                fields=("award",), condition=models.Q(is_refused=False), name="treasury_recovery_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.award_id} {self.amount_fen}"


class RecoveryReturn(models.Model):
    """Money that came back (退回款): append-only, the same bank reference never twice for one recovery."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="returns", verbose_name="追回")
    amount_fen = models.BigIntegerField("金额（分）")
    bank_reference = models.CharField("银行流水号", max_length=80)
    returned_on = models.DateField("到账日期")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人")

    class Meta:
        db_table = "treasury_recovery_return"
        verbose_name = verbose_name_plural = "退回款"
        constraints = (
            models.UniqueConstraint(fields=("recovery", "bank_reference"), name="treasury_return_once"),
            models.CheckConstraint(name="treasury_return_positive", condition=models.Q(amount_fen__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.amount_fen}"


class Settlement(models.Model):
    """The year-end settlement between the city and a county (年终结算).

    ``city_paid_fen`` is what the city paid of the county's parts, less what of it came back; ``county_paid_fen`` the reverse;
    ``city_owes_fen`` the balance, negative where the county owes.
    """

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
