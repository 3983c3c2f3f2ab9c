"""Invitations (邀请码): how an account gets its password without anybody but its owner knowing it.

The code holds until it has been used once, the account was signed in to, or three days have passed. Nothing of it is kept: it
follows from the account and the office's secret key.
"""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.alter_account import revoke_all
from duixian.office.accounts.models import User
from duixian.office.accounts.passwords import demand_good_password
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, NotThere, Refusal


def invite(actor: Actor, account_id: int) -> str:
    """A code with which the account's owner sets a password; it is shown once.

    An administrator who uses it himself locks the owner out, and both are told in the audit chain.

    Raises:
        NotThere: ``not-there``.
        Clash: ``account-closed``.
    """
    with acting():
        demand(actor, "account.invite")
        user = User.objects.filter(pk=account_id).first()
        if user is None:
            raise NotThere("not-there", "没有找到")
        if not user.is_active:
            raise Clash("account-closed", "账号已停用")
        tell(actor, "account.invite", user)
    return default_token_generator.make_token(user)


def invite_first_administrator(user: User) -> str:
    """The code for an account that ``open_first_administrator`` has just opened: only the command line has it.

    Raises:
        ValueError: when the account has a password, or was signed in to.
    """
    if user.has_usable_password() or user.last_login is not None:
        raise ValueError("the account is somebody's already")
    return default_token_generator.make_token(user)


def take_up(name: str, code: str, password: str) -> User:
    """Set the account's password by its invitation.

    Raises:
        Refusal: ``invitation-wrong`` (also when there is no such account), ``password-weak``.
    """
    with acting(), transaction.atomic():
        user = User.objects.select_for_update(no_key=True).filter(username=name, is_active=True).first()
        if user is None or not default_token_generator.check_token(user, code):
            raise Refusal(
                "invitation-wrong",
                "邀请码不对，或已失效",
                fix="请向系统管理员要新的邀请码",
            )
        demand_good_password(password, user)
        user.set_password(password)
        user.version += 1
        user.save(update_fields=["password", "version"])
        revoke_all(user)
        tell(actor_of(user), "account.take_up", user)
    return user
