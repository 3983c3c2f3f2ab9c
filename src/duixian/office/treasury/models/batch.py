"""Batches (批次): awards that are paid together at one rate α, and what each of them gets from which treasury."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duixian.office.treasury.models.budget import Budget, Level


class BatchState(models.TextChoices):
    """How far a batch has come (批次状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "系数已公布"
    ORDERED = "ordered", "已下达"
    CLOSED = "closed", "已办结"


class Payer(models.TextChoices):
    """Whose budgets the payments of a batch are made from (支付方式)."""

    EACH = "each", "各级分付"
    CITY = "city", "市级代垫"
    COUNTY = "county", "县区代垫"


class Batch(models.Model):
    """Awards that are paid together (兑付批次), at one rate.

    ``rate`` α is the exact fraction of the approved amounts that the budgets allow, at most 1; residues of rounding go fen by fen to the
    largest remainders. It is published before anything is ordered. ``year`` is that of the budgets; ``payer`` says whether either treasury
    pays its own part or one of them pays for both until the year's settlement.
    """

    title = models.CharField("名称", max_length=200)
    document = models.CharField("文号", max_length=120)
    year = models.PositiveSmallIntegerField("年度")
    rate_numerator = models.BigIntegerField("系数分子", null=True, blank=True)
    rate_denominator = models.BigIntegerField("系数分母", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=BatchState, default=BatchState.DRAFT)
    payer = models.CharField("支付方式", max_length=8, choices=Payer, default=Payer.EACH)
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
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        db_table = "treasury_batch"
        verbose_name = verbose_name_plural = "兑付批次"
        constraints = (
            models.CheckConstraint(
                name="treasury_batch_rate",
                condition=models.Q(rate_numerator=None, rate_denominator=None)
                | models.Q(
                    rate_numerator__gte=0,
                    rate_denominator__gt=0,
                    rate_numerator__lte=models.F("rate_denominator"),
                ),
            ),
            # Who makes a batch does not publish it, whatever the services say.
            models.CheckConstraint(
                name="treasury_batch_two_people",
                condition=models.Q(published_by=None) | ~models.Q(published_by=models.F("made_by")),
            ),
        )

    def __str__(self) -> str:
        return self.title


class BatchLine(models.Model):
    """One award of a batch (批次明细): its approved amount, what is payable of it, and how two treasuries share that.

    ``city_part`` and ``county_part`` are the ratio of the rule, ``remainder`` who bears the fen that it leaves over; the two budgets are
    those that the parts are paid from, empty where a part is nought. Everything but ``approved_fen`` is null until α was computed.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines", verbose_name="批次")
    award = models.OneToOneField(
        "awards.Award", models.PROTECT, related_name="batch_line", verbose_name="兑付事项"
    )
    approved_fen = models.BigIntegerField("核定金额（分）")
    payable_fen = models.BigIntegerField("应付金额（分）", null=True, blank=True)
    city_fen = models.BigIntegerField("市级承担（分）", null=True, blank=True)
    county_fen = models.BigIntegerField("县区承担（分）", null=True, blank=True)
    city_part = models.PositiveIntegerField("市级份", null=True, blank=True)
    county_part = models.PositiveIntegerField("县区份", null=True, blank=True)
    remainder = models.CharField("尾差", max_length=8, choices=Level, blank=True)
    basis = models.CharField("分担依据", max_length=200, blank=True)
    area = models.CharField("财政地区", max_length=40, blank=True)
    city_budget = models.ForeignKey(
        Budget, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="市级预算"
    )
    county_budget = models.ForeignKey(
        Budget, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="县区预算"
    )

    class Meta:
        db_table = "treasury_batch_line"
        verbose_name = verbose_name_plural = "批次明细"
        constraints = (
            models.CheckConstraint(
                name="treasury_line_parts_add_up",
                condition=models.Q(city_fen=None, county_fen=None)
                | models.Q(payable_fen=models.F("city_fen") + models.F("county_fen")),
            ),
            models.CheckConstraint(
                name="treasury_line_within_approved",
                condition=models.Q(payable_fen=None)
                | models.Q(payable_fen__gte=0, payable_fen__lte=models.F("approved_fen")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.award_id}"
