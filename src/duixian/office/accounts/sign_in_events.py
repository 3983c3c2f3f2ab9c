"""Sign-ins in the audit chain (登录审计): whichever door was used, whether it opened or not."""

from __future__ import annotations

from typing import Any

from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from duixian.office.accounts.actor import SYSTEM, actor_of
from duixian.office.accounts.models import User
from duixian.office.acting import acting, tell


@receiver(user_logged_in)
def tell_sign_in(sender: object, user: User, **_: Any) -> None:
    """Note a sign-in."""
    with acting():
        tell(actor_of(user), "account.sign_in", user)


@receiver(user_logged_out)
def tell_sign_out(sender: object, user: User | None, **_: Any) -> None:
    """Note a sign-out."""
    if user is not None:
        with acting():
            tell(actor_of(user), "account.sign_out", user)


@receiver(user_login_failed)
def tell_failure(sender: object, credentials: dict[str, Any], request: Any = None, **_: Any) -> None:
    """Note a failure against an existing account. Other names are noted nowhere: a password typed into the wrong field may be one."""
    if not getattr(request, "axes_locked_out", False):
        _tell_system("account.sign_in_failed", credentials.get("username"))


@receiver(user_locked_out)
def tell_lock(sender: object, username: str | None, request: Any, **_: Any) -> None:
    """Note that an account was locked out at an address: at the failure that did it, not at those that follow."""
    if getattr(request, "axes_failures_since_start", 0) == settings.AXES_FAILURE_LIMIT:
        _tell_system("account.locked_out", username)


def _tell_system(action: str, name: str | None) -> None:
    user = User.objects.filter(username=name or "").first()
    if user is not None:
        with acting():
            tell(SYSTEM, action, user)
