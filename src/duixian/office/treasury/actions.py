"""What can be done in this room, and by whom (动作表)."""

from __future__ import annotations

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import READERS, Action, Reach

FINANCE = frozenset({Role.FINANCE})
CITY_READERS = READERS - {Role.COUNTY_OFFICER}
"""Who sees what spans all counties."""
EVERYWHERE = Reach.EVERYWHERE

ACTIONS: tuple[Action, ...] = (
    Action("budget.read", "查看预算", READERS),
    Action("budget.propose", "提出预算调整", FINANCE, EVERYWHERE),
    Action("budget.confirm", "确认或退回预算调整", FINANCE, EVERYWHERE),
    Action("batch.read", "查看兑付批次", CITY_READERS, EVERYWHERE),
    Action("batch.make", "编制兑付批次", frozenset({Role.CITY_OFFICER, Role.FINANCE}), EVERYWHERE),
    Action("batch.publish", "公布兑付系数", frozenset({Role.CITY_REVIEWER, Role.FINANCE}), EVERYWHERE),
    Action("order.make", "下达支付令", FINANCE, EVERYWHERE),
    Action("order.read", "查看支付令", READERS | {Role.ENTERPRISE}),
    Action("order.send", "生成支付文件", FINANCE, EVERYWHERE),
    Action("order.retry", "重新支付", FINANCE, EVERYWHERE),
    Action("order.cancel", "撤销支付令", FINANCE, EVERYWHERE),
    Action("bank.take", "导入银行回执", FINANCE, EVERYWHERE),
    Action("recovery.read", "查看追回", READERS),
    Action(
        "recovery.decide",
        "提出追回",
        frozenset({Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.FINANCE}),
        EVERYWHERE,
    ),
    Action("recovery.confirm", "确认或不予追回", frozenset({Role.CITY_REVIEWER, Role.FINANCE}), EVERYWHERE),
    Action("recovery.take", "登记退回款", FINANCE, EVERYWHERE),
    Action("settlement.read", "查看年终结算", READERS),
    Action("settlement.make", "办理年终结算", FINANCE, EVERYWHERE),
    Action("ledger.read", "查看账簿", CITY_READERS, EVERYWHERE),
    Action("ledger.trace", "查看一项奖补的资金全程", READERS | {Role.ENTERPRISE}),
)
