"""The table of states (状态表): from where to where an award may go, by which action, by whom, and what that needs.

This table is the law of the room: ``move.py`` obeys it and nothing else changes a state. ``docs/reference/states.md`` is written from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import SYSTEM_ROLE
from duixian.office.awards.models import Mode, State


class Need(StrEnum):
    """What must be there before an award moves (办理条件); ``needs.py`` says how each is looked at."""

    REASON = "理由"
    ACCOUNT = "收款账户"
    WINDOW = "在申报窗口内"
    EVIDENCE = "佐证材料"
    CLEAN_EVIDENCE = "佐证无未处理的重复"
    AMOUNT = "核定金额"
    NO_EXCLUSION = "排除核查通过"
    SCORES = "专家评分达标"
    PUBLIC = "非涉密事项"
    LISTED = "列入新的公示"
    NOTICE_RAN = "公示期满且无未答复异议"
    TWO_CHECKS = "县区、市级已核"


class PayClock(StrEnum):
    """What a move does to the time limit for payment (兑付时限)."""

    STARTS = "起算"
    STOPS = "停止"
    UNTOUCHED = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table (状态变动).

    ``sources`` is empty where the award begins; ``target`` None leaves it where it is. ``mode`` and ``is_scored`` None hold for every
    award. ``is_decision`` marks what nobody does twice on one award; ``voids`` marks what makes earlier decisions count no more.
    """

    action: str
    title: str
    sources: tuple[State, ...]
    target: State | None
    roles: frozenset[str]
    needs: tuple[Need, ...] = ()
    mode: Mode | None = None
    is_scored: bool | None = None
    is_decision: bool = False
    voids: bool = False
    pay_clock: PayClock = PayClock.UNTOUCHED


def _roles(*roles: str) -> frozenset[str]:
    return frozenset(str(role) for role in roles)


ENTERPRISE, COUNTY, CITY, REVIEW, FINANCE = (
    Role.ENTERPRISE, Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.FINANCE,
)  # fmt: skip
S, N = State, Need
_FREE, _APPLIED = Mode.WITHOUT_APPLICATION, Mode.APPLICATION
_ASKED = (S.ACCEPTED, S.SUBMITTED)
_CHECKED = (S.COUNTY_CHECKED, S.CITY_CHECKED, S.SCORED)
_SHOWN = (S.ON_NOTICE, S.NOTICE_ENDED)

TABLE: tuple[Transition, ...] = (
    # How an award begins.
    Transition("open", "建立待确认事项", (), S.OFFERED, _roles(CITY, SYSTEM_ROLE), mode=_FREE),
    Transition("open", "建立预填申报", (), S.DRAFT, _roles(CITY, SYSTEM_ROLE), mode=_APPLIED),
    Transition("apply", "填写申报", (), S.DRAFT, _roles(ENTERPRISE, COUNTY), mode=_APPLIED),
    Transition("reopen", "重新建立待确认事项", (), S.OFFERED, _roles(REVIEW), (N.REASON,), mode=_FREE),
    Transition("reopen", "重新建立申报", (), S.DRAFT, _roles(REVIEW), (N.REASON,), mode=_APPLIED),
    Transition("renew", "改按新的认定结果", (S.DRAFT, S.OFFERED, S.CORRECTION), None, _roles(CITY), (N.REASON,)),
    # What the enterprise does.
    Transition(
        "give_account", "提供收款账户",
        (S.DRAFT, S.SUBMITTED, S.OFFERED, *_CHECKED, S.ACCEPTED, S.CORRECTION, *_SHOWN, S.APPROVED, S.IN_PAYMENT),
        None, _roles(ENTERPRISE),
    ),
    Transition("accept", "企业确认", (S.OFFERED,), S.ACCEPTED, _roles(ENTERPRISE), (N.ACCOUNT,), pay_clock=PayClock.STARTS),
    Transition(
        "submit", "提交申报", (S.DRAFT,), S.SUBMITTED, _roles(ENTERPRISE, COUNTY), (N.WINDOW, N.EVIDENCE),
        pay_clock=PayClock.STARTS,
    ),
    Transition(
        "decline", "企业放弃", (S.DRAFT, S.OFFERED, *_ASKED, *_CHECKED, S.CORRECTION), S.DECLINED, _roles(ENTERPRISE),
        pay_clock=PayClock.STOPS,
    ),
    Transition(
        "resubmit", "补正后再确认", (S.CORRECTION,), S.ACCEPTED, _roles(ENTERPRISE, COUNTY), (N.ACCOUNT,), mode=_FREE,
        pay_clock=PayClock.STARTS,
    ),
    Transition(
        "resubmit", "补正后再提交", (S.CORRECTION,), S.SUBMITTED, _roles(ENTERPRISE, COUNTY), (N.EVIDENCE,), mode=_APPLIED,
        pay_clock=PayClock.STARTS,
    ),
    # Checks.
    Transition(
        "county_check", "县区核查通过", _ASKED, S.COUNTY_CHECKED, _roles(COUNTY), (N.CLEAN_EVIDENCE,), is_decision=True
    ),
    Transition(
        "stand_in", "市级代县区核查通过", _ASKED, S.COUNTY_CHECKED, _roles(CITY), (N.REASON, N.CLEAN_EVIDENCE),
        is_decision=True,
    ),
    Transition(
        "city_check", "市级核查通过", (S.COUNTY_CHECKED,), S.CITY_CHECKED, _roles(CITY),
        (N.AMOUNT, N.CLEAN_EVIDENCE, N.NO_EXCLUSION), is_decision=True,
    ),
    Transition("record_score", "录入专家评分", (S.CITY_CHECKED,), None, _roles(CITY), is_scored=True),
    Transition(
        "finish_scoring", "评审结束", (S.CITY_CHECKED,), S.SCORED, _roles(CITY), (N.SCORES,), is_scored=True
    ),
    Transition(
        "override_exclusion", "排除核查从宽", (*_CHECKED, *_SHOWN, S.APPROVED), None, _roles(REVIEW), (N.REASON,)
    ),
    # Public notice.
    Transition(
        "publish", "列入公示", (S.CITY_CHECKED,), S.ON_NOTICE, _roles(CITY), (N.AMOUNT, N.CLEAN_EVIDENCE, N.PUBLIC, N.LISTED),
        is_scored=False,
    ),
    Transition(
        "publish", "列入公示", (S.SCORED,), S.ON_NOTICE, _roles(CITY), (N.AMOUNT, N.CLEAN_EVIDENCE, N.PUBLIC, N.LISTED), is_scored=True
    ),
    Transition("unpublish", "随公示撤回", _SHOWN, S.CITY_CHECKED, _roles(CITY, REVIEW), (N.REASON,), is_scored=False),
    Transition("unpublish", "随公示撤回", _SHOWN, S.SCORED, _roles(CITY, REVIEW), (N.REASON,), is_scored=True),
    Transition(
        "end_notice", "公示期满", (S.ON_NOTICE,), S.NOTICE_ENDED, _roles(CITY, REVIEW, SYSTEM_ROLE), (N.NOTICE_RAN,)
    ),
    # The decision, and the ways back from it.
    Transition(
        "approve", "批准", (S.NOTICE_ENDED,), S.APPROVED, _roles(REVIEW),
        (N.AMOUNT, N.ACCOUNT, N.CLEAN_EVIDENCE, N.NOTICE_RAN, N.NO_EXCLUSION, N.TWO_CHECKS), is_decision=True,
    ),
    Transition(
        "correct", "退回补正", (*_ASKED, S.COUNTY_CHECKED), S.CORRECTION, _roles(COUNTY, CITY, REVIEW), (N.REASON,),
        voids=True, pay_clock=PayClock.STOPS,
    ),
    Transition(
        "correct", "退回补正", (S.CITY_CHECKED, S.SCORED, *_SHOWN), S.CORRECTION, _roles(CITY, REVIEW), (N.REASON,),
        voids=True, pay_clock=PayClock.STOPS,
    ),
    Transition(
        "correct", "退回补正", (S.APPROVED,), S.CORRECTION, _roles(REVIEW), (N.REASON,), voids=True, pay_clock=PayClock.STOPS
    ),
    Transition(
        "refuse", "不予兑付", _ASKED, S.REFUSED, _roles(COUNTY, CITY, REVIEW), (N.REASON,), pay_clock=PayClock.STOPS
    ),
    Transition(
        "refuse", "不予兑付", (S.OFFERED, S.CORRECTION, *_CHECKED, *_SHOWN), S.REFUSED, _roles(CITY, REVIEW), (N.REASON,),
        pay_clock=PayClock.STOPS,
    ),
    Transition("refuse", "不予兑付", (S.APPROVED,), S.REFUSED, _roles(REVIEW), (N.REASON,), pay_clock=PayClock.STOPS),
    # Money.
    Transition(
        "order", "下达支付令", (S.APPROVED,), S.IN_PAYMENT, _roles(FINANCE),
        (N.AMOUNT, N.ACCOUNT, N.CLEAN_EVIDENCE, N.NOTICE_RAN, N.NO_EXCLUSION),
    ),
    Transition("fail", "支付失败", (S.IN_PAYMENT,), None, _roles(FINANCE), (N.REASON,)),
    Transition("cancel", "撤销支付令", (S.IN_PAYMENT,), S.APPROVED, _roles(FINANCE), (N.REASON,)),
    Transition(
        "settle", "支付完成", (S.IN_PAYMENT,), S.PAID, _roles(FINANCE), (N.NOTICE_RAN,), pay_clock=PayClock.STOPS
    ),
    Transition("claim", "决定追回", (S.PAID,), S.RECOVERING, _roles(REVIEW, FINANCE), (N.REASON,), is_decision=True),
    Transition("recover", "追回到账", (S.RECOVERING,), S.RECOVERED, _roles(FINANCE)),
)  # fmt: skip
"""Every way an award can go."""

DECISIONS = frozenset(row.action for row in TABLE if row.is_decision)
"""What nobody does twice on one award (决定)."""
VOIDING = frozenset(row.action for row in TABLE if row.voids)
"""What makes the decisions before it count no more."""
ENTERING = frozenset({"apply", "submit", "resubmit", "renew"})
"""Who does one of these has entered something (录入), and decides nothing on that award."""


def rows_of(state: str, mode: str, needs_scoring: bool) -> Iterator[Transition]:
    """The rows that hold for an award in this state ("" before it begins), of this mode."""
    for row in TABLE:
        if (
            (state in row.sources if state else not row.sources)
            and row.mode in (None, mode)
            and row.is_scored in (None, needs_scoring)
        ):
            yield row


def roles_of(action: str) -> frozenset[str]:
    """Everybody who may ever do that."""
    return frozenset(role for row in TABLE if row.action == action for role in row.roles)


def page() -> str:
    """The page of the reference (docs/reference/states.md)."""
    lines = [
        "# States of an award",
        "",
        "Written from `src/duixian/office/awards/states.py` by `make docs`. `awards/move.py` obeys this table and is the only place",
        "that changes a state; — means that the state stays. A *decision* is made by nobody twice on one award, and who entered",
        "something decides nothing on it. 退回补正 voids the decisions before it: they stay as steps, and no longer count.",
        "",
        "| action | 动作 | from | to | who | needs | remarks |",
        "|---|---|---|---|---|---|---|",
        *map(_line, TABLE),
    ]
    return "\n".join(lines) + "\n"


def _line(row: Transition) -> str:
    remarks = [
        str(row.mode.label) if row.mode else "",
        {None: "", True: "需遴选", False: "不需遴选"}[row.is_scored],
        "decision" if row.is_decision else "",
        "voids decisions" if row.voids else "",
        f"兑付时限{row.pay_clock}" if row.pay_clock else "",
    ]
    cells = [
        f"`{row.action}`",
        row.title,
        "、".join(str(state.label) for state in row.sources) or "（新）",
        str(row.target.label) if row.target else "—",
        "、".join(_role_label(role) for role in sorted(row.roles)),
        "、".join(row.needs),
        "; ".join(filter(None, remarks)),
    ]
    return f"| {' | '.join(cells)} |"


def _role_label(role: str) -> str:
    return "系统" if role == SYSTEM_ROLE else str(Role(role).label)
