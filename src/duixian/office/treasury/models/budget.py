"""Budgets (预算): money set aside, by whom it was asked for and who confirmed it."""

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


class BudgetChange(models.Model):
    """A change of a budget (预算调整): granted or taken back, in force once another person has confirmed it.

    ``amount_fen`` is negative where money is taken back. ``is_confirmed`` is null while it waits, False once it was refused.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="changes", verbose_name="预算")
    amount_fen = models.BigIntegerField("金额（分）")
    reason = models.CharField("依据", max_length=200)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人"
    )
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    is_confirmed = models.BooleanField("已确认", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="确认人",
    )
    decided_at = models.DateTimeField("确认时间", null=True, blank=True)
    decision_reason = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        db_table = "treasury_budget_change"
        verbose_name = verbose_name_plural = "预算调整"
        constraints = (
            models.CheckConstraint(name="treasury_budget_change_moves", condition=~models.Q(amount_fen=0)),
            # Nobody confirms what he proposed, whatever the services say.
            models.CheckConstraint(
                name="treasury_budget_change_two_people",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget_id} {self.amount_fen}"
