"""Trials of accounts and the audit chain."""

from __future__ import annotations

from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.actor import actor_of
from duixian.office.accounts.alter_account import close_account
from duixian.office.accounts.invitations import invite_first_administrator
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.open_account import open_account
from duixian.office.accounts.tokens import issue
from tests.office.trials.trial import Build, Stage, Trial, plain

PASSWORD, ANOTHER = "桥头-0518-花果山-盐河", "云台山-海上-日出-二〇二六"


def _another(stage: Stage) -> User:
    """Somebody else's account, never used."""
    return open_account(stage.scene.people.administrator, name="zhangsan", role=Role.FINANCE)


def _of_another(body: object = None) -> Build:
    return lambda stage: Trial({"account_id": _another(stage).pk}, body=body, is_nobodys=True)


def _closed(stage: Stage) -> Trial:
    user = close_account(stage.scene.people.administrator, _another(stage).pk, reason="调离")
    return Trial({"account_id": user.pk}, body={"reason": "调回"}, is_nobodys=True)


def _with_device(stage: Stage) -> Trial:
    user = _another(stage)
    TOTPDevice.objects.create(user=user, confirmed=True)
    return Trial({"account_id": user.pk}, body={"reason": "遗失"}, is_nobodys=True)


def _with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def _sign_in(stage: Stage) -> Trial:
    name = _with_password(_another(stage)).username
    return Trial(body={"name": name, "password": PASSWORD}, is_nobodys=True)


def _sign_in_for_token(stage: Stage) -> Trial:
    name = _with_password(_another(stage)).username
    return Trial(body={"name": name, "password": PASSWORD, "token": "脚本"}, is_nobodys=True)


def _take_up(stage: Stage) -> Trial:
    user = _another(stage)
    said = {"name": user.username, "code": invite_first_administrator(user), "password": ANOTHER}
    return Trial(body=said, is_nobodys=True)


def _new_password(stage: Stage) -> Trial:
    return Trial(
        body_of=lambda user: {"old": PASSWORD, "new": ANOTHER} if _with_password(user) else None,
        is_nobodys=True,
    )


def _code_of(user: User, *, is_confirmed: bool) -> dict[str, str]:
    device = TOTPDevice.objects.create(user=user, confirmed=is_confirmed)
    return {"code": f"{totp(device.bin_key):06}"}


def _own_token(user: User) -> dict[str, object]:
    return {"token_id": issue(actor_of(user), "另一个").token.pk}


TRIALS: dict[str, Build] = {
    "POST /sign-in": _sign_in,
    "POST /sign-in/token": _sign_in_for_token,
    "POST /sign-in/second-factor": lambda stage: Trial(body={"code": ""}, is_nobodys=True, by_session=True),
    "POST /invitations/take-up": _take_up,
    "POST /sign-out": lambda stage: Trial(is_nobodys=True, by_session=True),
    "GET /accounts/me": plain(),
    "POST /accounts/me/password": _new_password,
    "POST /accounts/me/second-factor": plain(),
    "POST /accounts/me/second-factor/confirm": lambda stage: Trial(
        body_of=lambda user: _code_of(user, is_confirmed=False), is_nobodys=True
    ),
    "DELETE /accounts/me/second-factor": lambda stage: Trial(
        body_of=lambda user: _code_of(user, is_confirmed=True), is_nobodys=True
    ),
    "GET /tokens": plain(),
    "POST /tokens": lambda stage: Trial(body={"name": "脚本", "days": 7}, is_nobodys=True, by_session=True),
    "DELETE /tokens/{token_id}": lambda stage: Trial(_own_token, is_nobodys=True),
    "GET /accounts": plain(),
    "POST /accounts": plain({"name": "lisi", "role": "finance"}),
    "GET /accounts/{account_id}": _of_another(),
    "PATCH /accounts/{account_id}": _of_another({"unit": "市财政局"}),
    "POST /accounts/{account_id}/close": _of_another({"reason": "调离"}),
    "POST /accounts/{account_id}/reopen": _closed,
    "POST /accounts/{account_id}/invite": _of_another(),
    "POST /accounts/{account_id}/recover": _with_device,
    "GET /audit/events": plain(query="actor=市级经办一"),
    "POST /audit/verify": plain(),
    "POST /audit/anchors": plain(),
}
