"""The accounts of the demo office (演示账号): one for every role, with passwords that are shown once."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.invitations import invite, invite_first_administrator, take_up
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.open_account import open_account, open_first_administrator

COUNTY = "东海县"
ADMINISTRATOR = "管理员"
UNITS = {
    "东海经办": (Role.COUNTY_OFFICER, "东海县工业和信息化局"),
    "市级经办": (Role.CITY_OFFICER, "市工业和信息化局"),
    "市级审核": (Role.CITY_REVIEWER, "市工业和信息化局"),
    "财政": (Role.FINANCE, "市财政局"),
    "审计": (Role.AUDITOR, "市审计局"),
}
ENTERPRISE = "企业"
NAMES = (ENTERPRISE, *UNITS, ADMINISTRATOR)
"""The accounts, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class ShownAccount:
    """An account as it is shown (账号一览): ``password`` is "" when it was set before and is known to its owner alone."""

    name: str
    role: str
    belongs: str
    password: str


def open_officers() -> Actor:
    """The administrator, and an account for every role but that of an enterprise; those that are there stay. Gives the administrator."""
    administrator = User.objects.filter(username=ADMINISTRATOR).first()
    if administrator is None:
        administrator = open_first_administrator(ADMINISTRATOR)
    actor = actor_of(administrator)
    for name, (role, unit) in UNITS.items():
        if not User.objects.filter(username=name).exists():
            area = COUNTY if role == Role.COUNTY_OFFICER else ""
            open_account(actor, name=name, role=role, area=area, unit=unit)
    return actor


def open_enterprise(administrator: Actor, code: str) -> None:
    """The account of an enterprise; one that is there stays."""
    if not User.objects.filter(username=ENTERPRISE).exists():
        open_account(administrator, name=ENTERPRISE, role=Role.ENTERPRISE, enterprise_code=code)


def acting_as(name: str) -> Actor:
    """One of the demo's accounts as an actor."""
    return actor_of(User.objects.get(username=name))


def show_accounts(administrator: Actor, *, password: str, is_anew: bool) -> list[ShownAccount]:
    """All accounts; a password is set where there is none yet, or ``is_anew``. An empty ``password`` stands for a random one each."""
    found = {user.username: user for user in User.objects.filter(username__in=NAMES)}
    return [_shown(administrator, found[name], password, is_anew=is_anew) for name in _there(found)]


def _there(found: Iterable[str]) -> list[str]:
    known = set(found)
    return [name for name in NAMES if name in known]


def _shown(administrator: Actor, user: User, password: str, *, is_anew: bool) -> ShownAccount:
    told = ""
    if is_anew or not user.has_usable_password():
        told = password or secrets.token_urlsafe(9)
        is_first = user.pk == administrator.id and not user.has_usable_password()
        code = invite_first_administrator(user) if is_first else invite(administrator, user.pk)
        take_up(user.username, code, told)
    belongs = user.enterprise_code or user.area or user.unit
    return ShownAccount(user.username, user.get_role_display(), belongs, told)
