"""What can be done with the audit chain, and by whom (动作表): nobody writes it, that happens of itself."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import Action, Reach

_KEEPERS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})

ACTIONS: tuple[Action, ...] = (
    Action("audit.read", "查询审计事件", frozenset({Role.AUDITOR}), Reach.EVERYWHERE),
    Action("audit.verify", "核验审计链", _KEEPERS, Reach.EVERYWHERE),
    Action("audit.anchor", "固定审计链的链头", _KEEPERS, Reach.EVERYWHERE),
)
