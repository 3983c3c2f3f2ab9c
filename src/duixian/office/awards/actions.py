"""What can be done in this room, and by whom (动作表). Everything that moves an award comes from the table of states."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import READERS, SYSTEM_ROLE, Action, Reach
from duixian.office.awards.states import TABLE, roles_of

_CITY = frozenset({Role.CITY_OFFICER})
_REVIEW = frozenset({Role.CITY_REVIEWER})
_CITY_WIDE = frozenset({Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.FINANCE, Role.AUDITOR})
_EVERYBODY = READERS | {Role.ENTERPRISE}
_TITLES = {row.action: row.title for row in reversed(TABLE)}

ACTIONS: tuple[Action, ...] = (
    *(
        Action(f"award.{name}", title, roles_of(name), Reach.EVERYWHERE if name == "open" else Reach.OWN_AREA)
        for name, title in _TITLES.items()
    ),
    Action("award.read", "查看兑付事项", _EVERYBODY),
    Action("award.read_account", "查看收款账户", _EVERYBODY),
    Action("award.differences", "查看认定差异", _CITY_WIDE, Reach.EVERYWHERE),
    Action("award.ranking", "查看评审名次", _CITY_WIDE, Reach.EVERYWHERE),
    Action("award.check_exclusions", "排除核查", _CITY | _REVIEW | {Role.FINANCE}),
    Action("window.open", "发布申报窗口", _CITY, Reach.EVERYWHERE),
    Action("window.read", "查看申报窗口", _EVERYBODY, Reach.EVERYWHERE),
    Action("notice.publish", "发布公示", _CITY, Reach.EVERYWHERE),
    Action("notice.end", "办结公示", _CITY | _REVIEW | {SYSTEM_ROLE}, Reach.EVERYWHERE),
    Action("notice.withdraw", "撤回公示", _CITY | _REVIEW, Reach.EVERYWHERE),
    Action("notice.read", "查看公示", _EVERYBODY, Reach.EVERYWHERE),
    Action(
        "objection.receive",
        "提出异议",
        _EVERYBODY - {Role.AUDITOR, Role.FINANCE} | {SYSTEM_ROLE},
        Reach.EVERYWHERE,
    ),
    Action("objection.read", "查看异议", _EVERYBODY),
    Action("objection.answer", "答复异议", _CITY | _REVIEW),
    Action("holiday.enter", "录入节假日", _CITY | {Role.ADMINISTRATOR}, Reach.EVERYWHERE),
    Action("clock.read", "查看办理时限", _EVERYBODY),
    Action("guide.start", "办事指南计时", _CITY | {SYSTEM_ROLE}, Reach.EVERYWHERE),
    Action("guide.publish", "发布办事指南", _CITY, Reach.EVERYWHERE),
)
