"""What can be done in this room, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import READERS, Action, Reach

_OFFICERS = frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER})

ACTIONS: tuple[Action, ...] = (
    Action("evidence.attach", "提交佐证", _OFFICERS | {Role.ENTERPRISE}),
    Action("evidence.withdraw", "撤回佐证", _OFFICERS | {Role.ENTERPRISE}),
    Action("evidence.read", "查看佐证", READERS | {Role.ENTERPRISE}),
    Action("evidence.open", "下载佐证文件", READERS | {Role.ENTERPRISE}),
    Action("stop.read", "查看重复佐证", READERS),
    # Two claims may lie in two counties, so the city rules.
    Action("stop.rule", "处理重复佐证", frozenset({Role.CITY_OFFICER, Role.CITY_REVIEWER}), Reach.EVERYWHERE),
)
