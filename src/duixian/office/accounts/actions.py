"""What can be done with accounts, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import Action, Reach

EVERYBODY = frozenset(Role)
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


def _of_administrator(name: str, title: str) -> Action:
    return Action(name, title, _ADMINISTRATOR, Reach.EVERYWHERE)


def _of_everybody(name: str, title: str) -> Action:
    """What everybody does with his own account, and with no other."""
    return Action(name, title, EVERYBODY, Reach.EVERYWHERE)


ACTIONS: tuple[Action, ...] = (
    Action("account.read", "查看账号", frozenset({Role.ADMINISTRATOR, Role.AUDITOR}), Reach.EVERYWHERE),
    _of_administrator("account.open", "开立账号"),
    _of_administrator("account.alter", "变更账号"),
    _of_administrator("account.close", "停用账号"),
    _of_administrator("account.reopen", "恢复账号"),
    _of_administrator("account.invite", "签发设密码的邀请码"),
    _of_administrator("account.recover", "解除他人的动态口令"),
    _of_everybody("account.read_own", "查看本人账号"),
    _of_everybody("account.change_password", "修改本人密码"),
    _of_everybody("second_factor.enrol", "启用本人动态口令"),
    _of_everybody("second_factor.remove", "停用本人动态口令"),
    _of_everybody("token.read", "查看本人接口令牌"),
    _of_everybody("token.issue", "签发本人接口令牌"),
    _of_everybody("token.revoke", "撤销本人接口令牌"),
)
