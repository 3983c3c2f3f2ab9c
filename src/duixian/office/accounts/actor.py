"""The actor (经办人): who does something, in which role, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from duixian.office.accounts.models import Role, User


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts (经办人). The system itself acts with id None: it may start what the calendar starts, and decides nothing."""

    id: int | None
    name: str
    role: str
    area: str = ""
    unit: str = ""
    enterprise: str = ""

    @property
    def is_enterprise(self) -> bool:
        """Whether this is an enterprise's own account."""
        return self.role == Role.ENTERPRISE

    @property
    def account_id(self) -> int:
        """The number of the account that acts.

        Raises:
            TypeError: for the system itself, which has none.
        """
        if self.id is None:
            raise TypeError("the system has no account")
        return self.id


SYSTEM = Actor(None, "系统", "system")


def actor_of(user: User) -> Actor:
    """The actor behind an account."""
    return Actor(user.pk, user.username, user.role, user.area, user.unit, user.enterprise_code)
