"""Signing in (登录): by password, throttled, and by the second factor where the account has one."""

from __future__ import annotations

from django.contrib.auth import authenticate, login
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from duixian.office.accounts.models import User
from duixian.office.accounts.second_factor import has_second_factor, passed_device
from duixian.office.refusal import Refusal


class NotSignedIn(Refusal):
    """Whoever asked is not known (未登录)."""

    status = 401


class LockedOut(Refusal):
    """Too many wrong attempts (已锁定)."""

    status = 429


def sign_in(request: HttpRequest, name: str, password: str, code: str = "") -> User:
    """Sign in to a session of this browser.

    Raises:
        NotSignedIn: ``sign-in-wrong`` (never telling whether name or password was), ``second-factor-needed``, ``second-factor-wrong``.
        LockedOut: ``locked-out``.
    """
    user = identify(request, name, password, code)
    login(request, user)
    return user


def identify(request: HttpRequest, name: str, password: str, code: str = "") -> User:
    """Whose name, password and code these are; like ``sign_in``, without a session."""
    user = demand_password(request, name, password)
    demand_second_factor(request, user, code)
    return user


def demand_password(request: HttpRequest, name: str, password: str) -> User:
    """Go on only with the right password; every wrong one counts.

    Raises:
        NotSignedIn: ``sign-in-wrong``.
        LockedOut: ``locked-out``.
    """
    user = authenticate(request, username=name, password=password)
    if user is None:
        _refuse_locked(request)
        raise NotSignedIn("sign-in-wrong", "账号或密码不对", fix="忘记密码请找系统管理员要邀请码")
    assert isinstance(user, User)
    return user


def demand_second_factor(request: HttpRequest, user: User, code: str) -> None:
    """Go on only with a code of the account's device, where it has one. A wrong code counts like a wrong password.

    Raises:
        NotSignedIn: ``second-factor-needed``, ``second-factor-wrong``.
        LockedOut: ``locked-out``.
    """
    if not has_second_factor(user):
        return
    if not code:
        raise NotSignedIn("second-factor-needed", "须输入动态口令", fix="请输入验证器上的六位数字")
    device = passed_device(user, code)
    if device is None:
        user_login_failed.send(__name__, credentials={"username": user.username}, request=request)
        _refuse_locked(request)
        raise NotSignedIn("second-factor-wrong", "动态口令不对，或已用过", fix="请等下一个口令再试")
    # django-otp reads it when the session begins, and remembers there that the factor was passed.
    user.otp_device = device  # type: ignore[attr-defined]


def _refuse_locked(request: HttpRequest) -> None:
    """Say so ourselves; otherwise axes' middleware would put its own page in the place of our answer."""
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # type: ignore[attr-defined]
        raise LockedOut("locked-out", "失败次数过多，账号在此处暂停登录", fix="请稍后再试，或找系统管理员")
