"""Requests that may come twice (幂等请求): the first answer is kept under the client's key and told again."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """The answer to a request with an ``Idempotency-Key`` (已答复请求)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号")
    key = models.CharField("幂等键", max_length=120)
    request_hash = models.CharField("请求哈希", max_length=64)
    status = models.PositiveSmallIntegerField("状态码")
    body = models.JSONField("答复", null=True)
    headers = models.JSONField("答复头", default=dict)
    kept_at = models.DateTimeField("保存时间", auto_now_add=True)

    class Meta:
        db_table = "api_kept_answer"
        verbose_name = verbose_name_plural = "已答复请求"
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="api_kept_answer_once"),)

    def __str__(self) -> str:
        return self.key
