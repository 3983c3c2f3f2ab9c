"""Alter, close and reopen an account (变更、停用、恢复账号): the administrator does, and never his own."""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.permissions import demand
from duixian.office.accounts.placement import placed
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal, Stale

_PLACEMENT = ("role", "area", "unit", "enterprise_code")
_OTHER = {"person": "first_name", "email": "email", "single_sign_on_id": "single_sign_on_id"}


def alter_account(actor: Actor, account_id: int, *, version: int | None = None, **changes: str) -> User:
    """Give an account another role, area, unit or enterprise_code, or another person, email or single_sign_on_id.

    Another placement revokes its API tokens: what they were given for no longer holds.

    Raises:
        NotAllowed: ``own-account``.
        Stale: ``account-stale``.
        Clash: ``account-name-taken``, where the identity of the single sign-on is another account's.
        Refusal: what ``placement.placed`` refuses, ``account-field-wrong``.
        TypeError: for a field that no account has.
    """
    if unknown := set(changes) - {*_PLACEMENT, *_OTHER}:
        raise TypeError(f"no field of an account: {sorted(unknown)}")
    with acting():
        user = _account_of_another(actor, "account.alter", account_id, version)
        before = {name: getattr(user, name) for name in (*_PLACEMENT, *_OTHER.values())}
        placement = asdict(placed(**{name: changes.get(name, before[name]) for name in _PLACEMENT}))
        others = {_OTHER[name]: value.strip() for name, value in changes.items() if name in _OTHER}
        after = before | placement | others
        changed = sorted(name for name in after if after[name] != before[name])
        if not changed:
            return user
        for name in changed:
            setattr(user, name, after[name])
        _save(user)
        if any(name in _PLACEMENT for name in changed):
            revoke_all(user)
        tell(
            actor,
            "account.alter",
            user,
            enterprise=user.enterprise_code,
            detail=_told(changed, before, after),
        )
    return user


def close_account(actor: Actor, account_id: int, *, reason: str, version: int | None = None) -> User:
    """Close an account: nobody signs in with it any more, its sessions and tokens end at once. It stays, for what it did.

    Raises:
        NotAllowed: ``own-account``.
        Clash: ``account-closed``.
        Refusal: ``reason-needed``.
    """
    with acting():
        user = _account_of_another(actor, "account.close", account_id, version)
        demand_reason(reason)
        if not user.is_active:
            raise Clash("account-closed", "账号已停用")
        user.is_active = False
        _save(user)
        revoke_all(user)
        tell(actor, "account.close", user, detail={"reason": reason})
    return user


def reopen_account(actor: Actor, account_id: int, *, reason: str, version: int | None = None) -> User:
    """Reopen a closed account. Its old password no longer holds: it needs a new invitation.

    Raises:
        NotAllowed: ``own-account``.
        Clash: ``account-open``.
        Refusal: ``reason-needed``.
    """
    with acting():
        user = _account_of_another(actor, "account.reopen", account_id, version)
        demand_reason(reason)
        if user.is_active:
            raise Clash("account-open", "账号未停用")
        user.is_active = True
        user.set_unusable_password()
        _save(user)
        tell(actor, "account.reopen", user, detail={"reason": reason})
    return user


def demand_reason(reason: str) -> None:
    """Go on only with a reason.

    Raises:
        Refusal: ``reason-needed``.
    """
    if not reason.strip():
        raise Refusal("reason-needed", "须说明理由", fix="请填写理由")


def revoke_all(user: User) -> None:
    """Revoke every API token of an account."""
    user.tokens.filter(revoked_at=None).update(revoked_at=timezone.now())


def _account_of_another(actor: Actor, action: str, account_id: int, version: int | None) -> User:
    """The account, locked together with the actor's own, so that two administrators cannot close each other at once."""
    demand(actor, action)
    locked = {
        each.pk: each
        for each in User.objects.select_for_update(no_key=True)
        .filter(pk__in=(actor.account_id, account_id))
        .order_by("pk")
    }
    own = locked.get(actor.account_id)
    if own is None or not own.is_active or own.role != Role.ADMINISTRATOR:
        raise NotAllowed("not-allowed", "该账号已不是系统管理员")
    if account_id == actor.id:
        raise NotAllowed(
            "own-account", "不能变更或停用本人的账号", why="无人给自己授权", fix="请由另一名系统管理员办理"
        )
    if account_id not in locked:
        raise NotThere("not-there", "没有找到")
    if version is not None and locked[account_id].version != version:
        raise Stale("account-stale", "账号已被他人变更", fix="请重新读取后再改")
    return locked[account_id]


def _save(user: User) -> None:
    user.version += 1
    try:
        user.clean_fields(exclude=["password"])
        with transaction.atomic():
            user.save()
    except ValidationError as error:
        raise Refusal(
            "account-field-wrong", "账号的某一项不合要求", why="、".join(sorted(error.message_dict))
        ) from error
    except IntegrityError as error:
        raise Clash("account-name-taken", "账号名或统一身份标识已被使用", fix="请换一个") from error


def _told(changed: list[str], before: dict[str, str], after: dict[str, str]) -> dict[str, object]:
    """Names of what changed; old and new only where they say nothing about a person."""
    return {
        "fields": changed,
        **{name: [before[name], after[name]] for name in ("role", "area") if name in changed},
    }
