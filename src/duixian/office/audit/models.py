"""Audit events (审计事件): who did or read what and when, each chained to the one before by its hash."""

from __future__ import annotations

from django.db import models


class AuditEvent(models.Model):
    """One event of the chain (审计事件): append-only, numbered without gaps.

    ``detail`` names fields and fingerprints, never the personal data themselves.
    """

    number = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.CharField("操作人", max_length=150)
    action = models.CharField("动作", max_length=80)
    subject_type = models.CharField("对象类型", max_length=80)
    subject_id = models.CharField("对象", max_length=120, blank=True)
    enterprise = models.CharField("企业", max_length=18, blank=True, db_index=True)
    detail = models.JSONField("内容", default=dict)
    algorithm = models.CharField("算法", max_length=10)
    previous_hash = models.CharField("前一哈希", max_length=64, unique=True)
    hash = models.CharField("哈希", max_length=64, unique=True)

    class Meta:
        db_table = "audit_event"
        verbose_name = verbose_name_plural = "审计事件"
        ordering = ("number",)
        indexes = (
            models.Index(fields=("subject_type", "subject_id"), name="audit_subject"),
            models.Index(fields=("actor", "number"), name="audit_actor"),
            models.Index(fields=("at",), name="audit_at"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.actor} {self.action}"
