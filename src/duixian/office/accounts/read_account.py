"""Look at accounts (查看账号): one's own, or all of them where that is one's work; the latter is told, for it shows names of people."""

from __future__ import annotations

from django.db.models import QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import User
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import NotThere


def read_own(actor: Actor) -> User:
    """One's own account."""
    demand(actor, "account.read_own")
    return User.objects.get(pk=actor.account_id)


def read_account(actor: Actor, account_id: int) -> User:
    """Any account.

    Raises:
        NotThere: ``not-there``.
    """
    with acting():
        demand(actor, "account.read")
        user = User.objects.filter(pk=account_id).first()
        if user is None:
            raise NotThere("not-there", "没有找到")
        tell(actor, "account.read", user)
    return user


def list_accounts(actor: Actor, *, role: str = "", area: str = "", enterprise: str = "") -> QuerySet[User]:
    """All accounts, or those of a role, an area, an enterprise; by name."""
    with acting():
        demand(actor, "account.read")
        tell(actor, "account.read", enterprise=enterprise, detail={"role": role, "area": area})
    wanted = {"role": role, "area": area, "enterprise_code": enterprise}
    return User.objects.filter(**{name: each for name, each in wanted.items() if each}).order_by("username")
