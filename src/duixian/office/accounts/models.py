"""Accounts (账号): who may sign in, in which role, and for which area, unit or enterprise."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from duixian.office.accounts.admin_rights import may_administer, may_enter


class Role(models.TextChoices):
    """What an account is there for (角色)."""

    ENTERPRISE = "enterprise", "企业"
    COUNTY_OFFICER = "county_officer", "县区经办"
    CITY_OFFICER = "city_officer", "市级经办"
    CITY_REVIEWER = "city_reviewer", "市级审核"
    FINANCE = "finance", "财政"
    AUDITOR = "auditor", "审计"
    ADMINISTRATOR = "administrator", "系统管理员"


class User(AbstractUser):
    """An account (账号): one person in one role.

    ``area`` is the county or zone of a county officer, ``enterprise_code`` the own enterprise of an enterprise's account; both
    are empty for everybody else. ``single_sign_on_id`` is the value of the claim by which the city's single sign-on knows the person.
    Django's flags ``is_staff`` and ``is_superuser`` give nothing here: the role alone does (``accounts/admin_rights.py``).
    """

    role = models.CharField("角色", max_length=20, choices=Role)
    area = models.CharField("地区", max_length=40, blank=True)
    unit = models.CharField("单位", max_length=80, blank=True)
    enterprise_code = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    single_sign_on_id = models.CharField("统一身份标识", max_length=150, blank=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    class Meta:
        db_table = "accounts_user"
        verbose_name = verbose_name_plural = "账号"
        constraints = (
            models.CheckConstraint(
                name="enterprise_account_names_its_enterprise",
                condition=~models.Q(role=Role.ENTERPRISE) | ~models.Q(enterprise_code=""),
            ),
            models.CheckConstraint(
                name="county_account_names_its_area",
                condition=~models.Q(role=Role.COUNTY_OFFICER) | ~models.Q(area=""),
            ),
            models.UniqueConstraint(
                fields=("single_sign_on_id",),
                condition=~models.Q(single_sign_on_id=""),
                name="single_sign_on_names_one_account",
            ),
        )

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether the administration shows or lets change that: by role alone."""
        return self.is_active and may_administer(self.role, perm)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the administration shows anything of that room."""
        return self.is_active and may_enter(self.role, app_label)


class ApiToken(models.Model):
    """A token for programs (接口令牌): only its SHA-256 is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="账号")
    name = models.CharField("名称", max_length=80)
    digest = models.CharField("哈希", max_length=64, unique=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    expires_at = models.DateTimeField("到期时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        db_table = "accounts_token"
        verbose_name = verbose_name_plural = "接口令牌"

    def __str__(self) -> str:
        return self.name
