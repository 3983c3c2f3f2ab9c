"""What can be done in this room, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import READERS, Action, Reach

_CITY_WIDE = READERS - {Role.COUNTY_OFFICER}

ACTIONS: tuple[Action, ...] = (
    Action("document.notice", "生成公示文书", READERS, Reach.EVERYWHERE),
    Action("document.payment_table", "生成拨付表", _CITY_WIDE, Reach.EVERYWHERE),
    Action("document.letter", "生成认定结果告知书", READERS | {Role.ENTERPRISE}),
)
