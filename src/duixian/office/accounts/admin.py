"""Accounts in the administration (账号后台): every change goes through the same services as everywhere, and so into the audit chain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.alter_account import alter_account, close_account, reopen_account
from duixian.office.accounts.invitations import invite
from duixian.office.accounts.models import ApiToken, User
from duixian.office.accounts.open_account import open_account
from duixian.office.accounts.placement import placed
from duixian.office.accounts.second_factor import recover
from duixian.office.only_shown import OnlyShown
from duixian.office.refusal import Refusal

_PLACEMENT = ("role", "area", "unit", "enterprise_code")
_LABELS = {"first_name": "姓名", "is_active": "启用"}
_FIELDS = ("username", *_PLACEMENT, "first_name", "email", "single_sign_on_id")


def _actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)
    return actor_of(request.user)


class AccountForm(ModelForm):  # type: ignore[type-arg]
    """An account as the administrator sees it (账号): no password, and no flags that mean nothing."""

    reason = forms.CharField(label="停用或恢复的理由", required=False, max_length=200)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = User
        fields = (*_FIELDS, "is_active")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, label in _LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        self.initial["seen_version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Say here what the services would refuse, beside the fields."""
        said = super().clean() or {}
        try:
            placement = placed(said.get("role", ""), **{name: said.get(name, "") for name in _PLACEMENT[1:]})
        except Refusal as refusal:
            raise ValidationError(f"{refusal.what}。{refusal.fix}", code=refusal.code) from refusal
        said["enterprise_code"] = placement.enterprise_code
        if self.instance.pk and self.instance.version != said.get("seen_version"):
            raise ValidationError("账号已被他人变更，请重新打开后再改。", code="account-stale")
        if self.instance.pk and "is_active" in self.changed_data and not said.get("reason", "").strip():
            raise ValidationError("停用或恢复账号须说明理由。", code="reason-needed")
        return said


@admin.register(User)
class AccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Accounts (账号): opened, altered, closed, invited, and helped when a device is lost. Never one's own, never deleted."""

    form = AccountForm
    list_display = (
        "username",
        "first_name",
        "role",
        "area",
        "unit",
        "enterprise_code",
        "is_active",
        "last_login",
    )
    list_filter = ("role", "is_active", "area")
    search_fields = ("username", "first_name", "enterprise_code")
    ordering = ("username",)
    actions = ("give_invitations", "recover_second_factors")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: what an account did stays its own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody alters his own account."""
        return super().has_change_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """A new account has no reasons yet; one that is only looked at shows no form."""
        if obj is None:
            return _FIELDS
        if not self.has_change_permission(request, obj):
            return (*_FIELDS, "is_active")
        return (*_FIELDS, "is_active", "reason", "seen_version")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The name stays: the audit chain knows the account by it."""
        return () if obj is None else ("username",)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Through the services; the object then is what they made."""
        said, actor = form.cleaned_data, _actor(request)
        others = {name: said[name] for name in (*_PLACEMENT, "email", "single_sign_on_id")}
        others["person"] = said["first_name"]
        if not change:
            obj.pk = open_account(actor, name=said["username"], **others).pk
        else:
            _alter(actor, obj.pk, others, said, set(form.changed_data))
        obj.refresh_from_db()

    @admin.action(description="签发邀请码（用于设密码，只显示一次）", permissions=["change"])
    def give_invitations(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Show a code for each account that was chosen."""
        for user in chosen:
            try:
                self.message_user(request, f"{user.username}：{invite(_actor(request), user.pk)}")
            except Refusal as refusal:
                self.message_user(request, f"{user.username}：{refusal.what}", messages.ERROR)

    @admin.action(description="解除动态口令（设备遗失）", permissions=["change"])
    def recover_second_factors(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Take the second factor away from each account that was chosen."""
        for user in chosen:
            try:
                recover(_actor(request), user.pk, reason="设备遗失，后台办理")
                self.message_user(request, f"{user.username}：已解除")
            except Refusal as refusal:
                self.message_user(request, f"{user.username}：{refusal.what}", messages.ERROR)


def _alter(
    actor: Actor, account_id: int, others: dict[str, str], said: dict[str, Any], changed: set[str]
) -> None:
    alter_account(actor, account_id, version=said["seen_version"], **others)
    if "is_active" in changed:
        change = reopen_account if said["is_active"] else close_account
        change(actor, account_id, reason=said["reason"])


@admin.register(ApiToken)
class TokenAdmin(OnlyShown):
    """API tokens (接口令牌); their hashes are of no use to anybody here."""

    list_display = ("user", "name", "created_at", "expires_at", "revoked_at")
    list_filter = ("user__role",)
    fields = list_display


# Groups give nothing here: the role does.
admin.site.unregister(Group)
