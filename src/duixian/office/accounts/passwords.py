"""Passwords (密码): what makes one good enough, and how one's own is changed."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import User
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import NotThere, Refusal


def change_password(actor: Actor, old: str, new: str) -> User:
    """Change one's own password. Every session of the account ends.

    Raises:
        Refusal: ``password-wrong``, ``password-weak``.
    """
    with acting():
        demand(actor, "account.change_password")
        user = User.objects.select_for_update(no_key=True).filter(pk=actor.account_id).first()
        if user is None:
            raise NotThere("not-there", "没有找到")
        if not user.check_password(old):
            raise Refusal("password-wrong", "原密码不对")
        demand_good_password(new, user)
        user.set_password(new)
        user.version += 1
        user.save(update_fields=["password", "version"])
        tell(actor, "account.change_password", user)
    return user


def demand_good_password(password: str, user: User) -> None:
    """Go on only with a password that keeps the rules: long enough, not common, not all digits, not like the account's name.

    Raises:
        Refusal: ``password-weak``.
    """
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(
            "password-weak", "密码不合要求", why="；".join(error.messages), fix="请换一个更长、不常见的密码"
        ) from error
