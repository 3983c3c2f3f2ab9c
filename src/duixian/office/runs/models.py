"""Runs (认定批次): what all policies gave on a day, frozen with everything that led to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Ruling(models.Model):
    """An answer to an open question (口径决定): append-only, and in force once two people have signed it (``RulingSignature``)."""

    question = models.CharField("口径", max_length=80)
    document = models.CharField("文号", max_length=120)
    option = models.CharField("选项", max_length=80)
    reason = models.TextField("理由")
    basis = models.CharField("依据", max_length=200)
    effective_from = models.DateField("起用日期")
    proposed_at = models.DateTimeField("提出时间", auto_now_add=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提出人")

    class Meta:
        db_table = "runs_ruling"
        verbose_name = verbose_name_plural = "口径决定"

    def __str__(self) -> str:
        return f"{self.question}：{self.option}"


class RulingSignature(models.Model):
    """The signature of another person under a ruling (签字): append-only; ``is_refused`` ends the proposal."""

    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="signature", verbose_name="口径决定")
    signed_at = models.DateTimeField("签字时间", auto_now_add=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="签字人")
    is_refused = models.BooleanField("不同意", default=False)
    reason = models.TextField("理由", blank=True)

    class Meta:
        db_table = "runs_ruling_signature"
        verbose_name = verbose_name_plural = "签字"

    def __str__(self) -> str:
        return f"{self.ruling}"


class RunState(models.TextChoices):
    """How far a run has come (批次状态)."""

    STARTED = "started", "进行中"
    FINISHED = "finished", "已完成"
    FAILED = "failed", "未完成"


class Run(models.Model):
    """One run (认定批次). The hashes name files of the store: the city's folder, the facts and the results, all as they were."""

    title = models.CharField("名称", max_length=200)
    as_of = models.DateField("认定日期")
    is_strict = models.BooleanField("口径未定即待定", default=False)
    engine = models.CharField("引擎", max_length=12)
    rulings = models.JSONField("口径", default=dict)
    city_hash = models.CharField("政策哈希", max_length=64, blank=True)
    facts_hash = models.CharField("事实哈希", max_length=64, blank=True)
    results_hash = models.CharField("结果哈希", max_length=64, blank=True)
    fingerprints = models.JSONField("指纹", default=dict)
    counts = models.JSONField("汇总", default=dict)
    state = models.CharField("状态", max_length=12, choices=RunState, default=RunState.STARTED)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reruns", verbose_name="对比批次"
    )
    started_at = models.DateTimeField("开始时间", auto_now_add=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发起人")

    class Meta:
        db_table = "runs_run"
        verbose_name = verbose_name_plural = "认定批次"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class StoredDetermination(models.Model):
    """A determination of a run (认定结果): append-only. Money in fen; null is unknown, never zero."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="determinations", verbose_name="认定批次")
    position = models.PositiveIntegerField("次序")
    enterprise = models.CharField("统一社会信用代码", max_length=18)
    name = models.CharField("企业名称", max_length=200)
    area = models.CharField("所属地区", max_length=40, blank=True)
    document = models.CharField("文号", max_length=120, blank=True)
    clause = models.CharField("条款", max_length=80, blank=True)
    measure_id = models.CharField("事项编号", max_length=80, blank=True)
    measure = models.CharField("事项", max_length=120, blank=True)
    row = models.CharField("条目", max_length=80, blank=True)
    fact_kind = models.CharField("事实种类", max_length=40)
    fact = models.CharField("事实编号", max_length=80)
    outcome = models.CharField("结论", max_length=8)
    ceiling_fen = models.BigIntegerField("最高金额（分）", null=True)
    base_fen = models.BigIntegerField("基数（分）", null=True)
    amount_fen = models.BigIntegerField("可兑付上限（分）", null=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    reason = models.CharField("理由代码", max_length=60)
    reason_text = models.TextField("理由", blank=True)
    missing = models.JSONField("缺失事实", default=list)
    city_fen = models.BigIntegerField("市级承担（分）", null=True)
    county_fen = models.BigIntegerField("县区承担（分）", null=True)
    basis = models.CharField("分担依据", max_length=200, blank=True)
    questions = models.JSONField("口径", default=list)

    class Meta:
        db_table = "runs_determination"
        verbose_name = verbose_name_plural = "认定结果"
        constraints = (models.UniqueConstraint(fields=("run", "position"), name="runs_determination_once"),)
        indexes = (
            models.Index(fields=("run", "enterprise"), name="runs_determination_of"),
            models.Index(fields=("run", "outcome"), name="runs_determination_outcome"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise} {self.measure}"
