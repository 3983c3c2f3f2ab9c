"""The second factor (动态口令): a code of the owner's device (TOTP, RFC 6238), asked for at every sign-in once it is confirmed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.alter_account import demand_reason, revoke_all
from duixian.office.accounts.models import User
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal


def has_second_factor(user: User) -> bool:
    """Whether a code is asked for."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def has_passed(request: HttpRequest) -> bool:
    """Whether the session at hand needs no code, or was begun with one."""
    user = request.user
    return isinstance(user, User) and (bool(getattr(user, "otp_device", None)) or not has_second_factor(user))


def passed_device(user: User, code: str) -> Any | None:
    """The device that shows this code now; each code holds once, and wrong ones make it wait longer and longer."""
    with transaction.atomic():
        for device in TOTPDevice.objects.select_for_update(no_key=True).filter(user=user, confirmed=True):
            if device.verify_token(code):
                return device
    return None


def enrol(actor: Actor) -> str:
    """Begin: the address (``otpauth://``) that the owner's device reads as a QR code; shown once. Nothing is asked for until ``confirm``.

    Raises:
        Clash: ``second-factor-there``.
    """
    with acting():
        user = _own(actor, "second_factor.enrol")
        if has_second_factor(user):
            raise Clash("second-factor-there", "已启用动态口令", fix="要换设备，请先停用")
        TOTPDevice.objects.filter(user=user).delete()
        device = TOTPDevice.objects.create(user=user, name="动态口令", confirmed=False)
        tell(actor, "second_factor.enrol", user)
    return str(device.config_url)


def confirm(actor: Actor, code: str) -> Any:
    """Finish with a first code: from now on one is asked for. The API tokens of before are revoked. Returns the device.

    Raises:
        Clash: ``second-factor-not-begun``.
        Refusal: ``second-factor-code-wrong``.
    """
    demand(actor, "second_factor.enrol")
    # Outside of acting(): that a wrong code makes the device wait must stay, although we refuse.
    with transaction.atomic():
        device = (
            TOTPDevice.objects.select_for_update(no_key=True)
            .filter(user_id=actor.account_id, confirmed=False)
            .first()
        )
        is_right = device is not None and device.verify_token(code)
    if device is None:
        raise Clash("second-factor-not-begun", "没有待确认的动态口令", fix="请先开始启用")
    if not is_right:
        raise _wrong_code()
    with acting():
        user = _own(actor, "second_factor.enrol")
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        revoke_all(user)
        tell(actor, "second_factor.confirm", user)
    return device


def remove(actor: Actor, code: str) -> None:
    """Stop asking for codes, on a last one.

    Raises:
        Clash: ``second-factor-not-there``.
        Refusal: ``second-factor-code-wrong``.
    """
    demand(actor, "second_factor.remove")
    user = User.objects.get(pk=actor.account_id)
    if not has_second_factor(user):
        raise Clash("second-factor-not-there", "没有启用动态口令")
    if passed_device(user, code) is None:
        raise _wrong_code()
    with acting():
        TOTPDevice.objects.filter(user=_own(actor, "second_factor.remove")).delete()
        tell(actor, "second_factor.remove", user)


def recover(actor: Actor, account_id: int, *, reason: str) -> None:
    """Take away the second factor of somebody who lost his device. Not one's own: that would make it a formality.

    Raises:
        NotAllowed: ``own-account``.
        Clash: ``second-factor-not-there``.
        Refusal: ``reason-needed``.
    """
    with acting():
        demand(actor, "account.recover")
        demand_reason(reason)
        if account_id == actor.id:
            raise NotAllowed("own-account", "不能解除本人的动态口令", fix="请由另一名系统管理员办理")
        user = User.objects.select_for_update(no_key=True).filter(pk=account_id).first()
        if user is None:
            raise NotThere("not-there", "没有找到")
        if not has_second_factor(user):
            raise Clash("second-factor-not-there", "没有启用动态口令")
        TOTPDevice.objects.filter(user=user).delete()
        tell(actor, "account.recover", user, detail={"reason": reason})


def _own(actor: Actor, action: str) -> User:
    demand(actor, action)
    user = User.objects.select_for_update(no_key=True).filter(pk=actor.account_id).first()
    if user is None:
        raise NotThere("not-there", "没有找到")
    return user


def _wrong_code() -> Refusal:
    return Refusal("second-factor-code-wrong", "动态口令不对，或已用过", fix="请等下一个口令再试")
