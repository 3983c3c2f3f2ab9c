"""Open an account (开立账号): it has no password until its owner takes up an invitation."""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from duixian.office.accounts.actor import SYSTEM, Actor
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.permissions import demand
from duixian.office.accounts.placement import Placement, placed
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, Refusal


def open_account(
    actor: Actor,
    *,
    name: str,
    role: str,
    area: str = "",
    unit: str = "",
    enterprise_code: str = "",
    person: str = "",
    email: str = "",
    single_sign_on_id: str = "",
) -> User:
    """Open an account.

    Raises:
        Clash: ``account-name-taken``, also where the identity of the single sign-on is another account's.
        Refusal: ``account-field-wrong``, and what ``placement.placed`` refuses.
    """
    with acting():
        demand(actor, "account.open")
        placement = placed(role, area=area, unit=unit, enterprise_code=enterprise_code)
        return _written(actor, name.strip(), placement, person, email, single_sign_on_id.strip())


def open_first_administrator(name: str) -> User:
    """Open the account of the first administrator, whom no other can open.

    Raises:
        Clash: ``administrator-there``: an active administrator's account exists, who opens all others.
    """
    with acting():
        if User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists():
            raise Clash("administrator-there", "已有系统管理员账号", fix="请由系统管理员开立账号")
        return _written(SYSTEM, name.strip(), placed(Role.ADMINISTRATOR), "", "", "")


def _written(
    actor: Actor, name: str, placement: Placement, person: str, email: str, single_sign_on_id: str
) -> User:
    user = User(
        username=User.normalize_username(name),
        first_name=person,
        email=User.objects.normalize_email(email),
        single_sign_on_id=single_sign_on_id,
        **asdict(placement),
    )
    user.set_unusable_password()
    _demand_valid(user)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Clash("account-name-taken", "账号名或统一身份标识已被使用", fix="请换一个") from error
    tell(
        actor,
        "account.open",
        user,
        enterprise=user.enterprise_code,
        detail={"role": user.role, "area": user.area},
    )
    return user


def _demand_valid(user: User) -> None:
    """Only the form of the fields: whether a name is free the database alone can say."""
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise Refusal(
            "account-field-wrong",
            "账号的某一项不合要求",
            why="、".join(sorted(error.message_dict)),
            fix="账号名限150字以内，可用文字、数字和@/./+/-/_；电子邮箱须为邮箱地址",
        ) from error
