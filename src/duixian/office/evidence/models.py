"""Evidence (佐证材料): files by their hash, and what they prove by a fingerprint that no two claims may share."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """A file (文件), kept once under the SHA-256 of its content."""

    digest = models.CharField("哈希", max_length=64, primary_key=True)
    size = models.BigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)
    stored_at = models.DateTimeField("存入时间", auto_now_add=True)

    class Meta:
        db_table = "evidence_file"
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.digest


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is (佐证种类)."""

    INVOICE = "invoice", "发票"
    CONTRACT = "contract", "合同"
    EQUIPMENT = "equipment", "设备"
    OTHER = "other", "其他"


class Evidence(models.Model):
    """One piece of evidence that an award rests on (佐证).

    ``fingerprint`` is the hash of the kind and the numbers that make it one of its kind: code and number of an invoice, parties and
    number of a contract, maker and serial number of a machine. Empty where there is nothing to compare.
    """

    award = models.ForeignKey(
        "awards.Award", models.PROTECT, related_name="evidence", verbose_name="兑付事项"
    )
    kind = models.CharField("种类", max_length=12, choices=EvidenceKind)
    name = models.CharField("文件名", max_length=200)
    identity = models.JSONField("识别要素", default=dict)
    fingerprint = models.CharField("指纹", max_length=64, blank=True, db_index=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, verbose_name="文件")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提交人")
    added_at = models.DateTimeField("提交时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        db_table = "evidence_piece"
        verbose_name = verbose_name_plural = "佐证"
        constraints = (
            # Within one claim a thing counts once.
            models.UniqueConstraint(
                fields=("award", "fingerprint"),
                condition=models.Q(withdrawn_at=None) & ~models.Q(fingerprint=""),
                name="evidence_piece_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


class EvidenceStop(models.Model):
    """Two claims rest on the same evidence (重复佐证): neither goes on until an officer has ruled, with a reason."""

    first = models.ForeignKey(Evidence, models.PROTECT, related_name="stops_as_first", verbose_name="先提交")
    second = models.ForeignKey(
        Evidence, models.PROTECT, related_name="stops_as_second", verbose_name="后提交"
    )
    found_at = models.DateTimeField("发现时间", auto_now_add=True)
    ruling = models.CharField(
        "处理",
        max_length=12,
        blank=True,
        choices=[("allowed", "可并存"), ("first", "先提交者保留"), ("second", "后提交者保留")],
    )
    reason = models.TextField("理由", blank=True)
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="处理人"
    )
    ruled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        db_table = "evidence_stop"
        verbose_name = verbose_name_plural = "重复佐证"
        constraints = (models.UniqueConstraint(fields=("first", "second"), name="evidence_stop_once"),)

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"
