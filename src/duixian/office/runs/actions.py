"""What can be done in this room, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import READERS, Action, Reach

_CITY = frozenset({Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.FINANCE, Role.AUDITOR})
"""Who sees the whole city."""

ACTIONS: tuple[Action, ...] = (
    Action("ruling.read", "查看口径决定", READERS, Reach.EVERYWHERE),
    Action("ruling.propose", "提出口径决定", frozenset({Role.CITY_OFFICER}), Reach.EVERYWHERE),
    Action("ruling.sign", "签署口径决定", frozenset({Role.CITY_REVIEWER}), Reach.EVERYWHERE),
    Action("ruling.refuse", "不同意口径决定", frozenset({Role.CITY_REVIEWER}), Reach.EVERYWHERE),
    Action("run.start", "发起认定", frozenset({Role.CITY_OFFICER}), Reach.EVERYWHERE),
    Action("run.read", "查看认定批次", READERS, Reach.EVERYWHERE),
    Action("run.compare", "对比认定批次", _CITY, Reach.EVERYWHERE),
    Action(
        "run.verify",
        "复算认定批次",
        frozenset({Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.AUDITOR}),
        Reach.EVERYWHERE,
    ),
    Action("determination.read", "查看认定结果", READERS | {Role.ENTERPRISE}),
    Action("determination.explain", "查看计算过程", READERS | {Role.ENTERPRISE}),
)
