"""The administration (后台): accounts are kept here, and an auditor looks at everything. Each page asked for is an audit event."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase

from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.second_factor import has_passed
from duixian.office.accounts.sign_in import LockedOut, NotSignedIn, demand_second_factor
from duixian.office.acting import acting, tell

_WELCOME = (Role.ADMINISTRATOR, Role.AUDITOR)


class SignInForm(AdminAuthenticationForm):
    """The form at the door (登录): name, password, and the code where the account has a second factor."""

    code = forms.CharField(
        label="动态口令",
        required=False,
        max_length=8,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def confirm_login_allowed(self, user: Any) -> None:
        """Only roles that have something to do here, and only with their second factor."""
        if user.role not in _WELCOME or not user.is_active:
            raise ValidationError("该账号不用于后台。", code="invalid_login")
        assert self.request is not None
        try:
            demand_second_factor(self.request, user, self.cleaned_data.get("code", ""))
        except (NotSignedIn, LockedOut) as refusal:
            raise ValidationError(refusal.what, code=refusal.code) from refusal


class OfficeAdminSite(AdminSite):
    """Django's administration, with our own door and our own eyes (后台)."""

    site_header = site_title = "兑现 · 后台"
    index_title = "系统管理与审计"
    login_form = SignInForm
    login_template = "accounts/admin_sign_in.html"

    def has_permission(self, request: HttpRequest) -> bool:
        """An administrator or an auditor, who has passed his second factor."""
        user = request.user
        return isinstance(user, User) and user.is_active and user.role in _WELCOME and has_passed(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page behind the door: what it changes and that it was asked for are one transaction."""
        if cacheable:  # the same for everybody: no need to tell
            return super().admin_view(view, cacheable)

        @wraps(view)
        def told(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
            with acting():
                answer: HttpResponseBase = view(request, *arguments, **named)
                if isinstance(request.user, User):
                    _tell(request, request.user, answer)
            return answer

        return super().admin_view(told)


def _tell(request: HttpRequest, user: User, answer: HttpResponseBase) -> None:
    """The path names what was looked at. Of a question only the fields are told: what was searched for may be a name."""
    action = "admin.read" if request.method in ("GET", "HEAD") else "admin.post"
    detail = {"status": answer.status_code, "asked": sorted(request.GET)}
    tell(actor_of(user), action, request.path[:120], detail=detail)
