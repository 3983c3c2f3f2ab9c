"""What can be done in this room, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import READERS, Action, Reach

ACTIONS: tuple[Action, ...] = (
    Action("evaluation.run", "测算企业资料", READERS | {Role.ENTERPRISE}, Reach.EVERYWHERE),
)
