"""What can be done in this room, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import READERS, Action, Reach

_OFFICERS = frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER})
_CITY = frozenset({Role.CITY_OFFICER})
_CITY_READERS = frozenset({Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.FINANCE, Role.AUDITOR})

ACTIONS: tuple[Action, ...] = (
    Action("enterprise.record", "登记企业信息", _OFFICERS),
    Action("enterprise.correct", "更正企业信息", _OFFICERS),
    Action("enterprise.read", "查看企业档案", READERS | {Role.ENTERPRISE}),
    Action("enterprise.list", "查找企业", READERS, Reach.EVERYWHERE),
    Action("fact.record", "登记事实", _OFFICERS),
    Action("fact.withdraw", "撤回事实", _OFFICERS),
    Action("fact.read", "查看事实", READERS | {Role.ENTERPRISE}),
    # What comes in bulk concerns the whole city.
    Action("source.record", "登记来源", _OFFICERS, Reach.EVERYWHERE),
    Action("tables.import", "导入事实表", _CITY, Reach.EVERYWHERE),
    Action("roster.upload", "上传名单", _CITY, Reach.EVERYWHERE),
    Action("roster.map", "对应名单的列", _CITY, Reach.EVERYWHERE),
    Action("roster.preview", "预览名单", _CITY, Reach.EVERYWHERE),
    Action("roster.decide", "确认名单行", _CITY, Reach.EVERYWHERE),
    Action("roster.commit", "名单入库", _CITY, Reach.EVERYWHERE),
    Action("roster.undo", "撤销名单", _CITY, Reach.EVERYWHERE),
    Action("roster.read", "查看名单", _CITY_READERS, Reach.EVERYWHERE),
)
