"""What a move needs (办理条件), looked at one by one; the first that is missing is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from duixian.office.awards.confidential import is_confidential
from duixian.office.awards.exclusions import demand_no_exclusion
from duixian.office.awards.four_eyes import deciders
from duixian.office.awards.gate import demand_notice_ran
from duixian.office.awards.models import Award, NoticeItem, Step
from duixian.office.awards.scores import demand_passing_scores
from duixian.office.awards.states import Need
from duixian.office.awards.windows import demand_open_window
from duixian.office.evidence.attach import demand_no_open_stop
from duixian.office.evidence.models import Evidence
from duixian.office.refusal import Clash, Refusal

STAGES: Mapping[str, str] = {"city_check": "determination", "approve": "notice", "order": "payment"}
"""At which stage an action's exclusion check is made."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do with an award (办理请求), its changes already made in memory."""

    award: Award
    action: str
    reason: str
    detail: Mapping[str, Any]


def demand_need(need: Need, wish: Wish) -> None:
    """Go on only when what is needed is there.

    Raises:
        Refusal: or one of its kinds, by what is missing.
    """
    _LOOKS[need](wish)


def _reason(wish: Wish) -> None:
    if not wish.reason:
        raise Refusal(
            "reason-missing", "须写明理由", why="退回、不予、从宽和追回都须告知理由", fix="请填写理由"
        )


def _account(wish: Wish) -> None:
    if wish.award.account_id is None:
        raise Clash("account-missing", "还没有收款账户", fix="请企业先提供收款账户")


def _evidence(wish: Wish) -> None:
    if not Evidence.objects.filter(award=wish.award, withdrawn_at=None).exists():
        raise Clash("evidence-missing", "还没有佐证材料", fix="请先上传佐证材料")


def _amount(wish: Wish) -> None:
    if wish.award.approved_fen is None:
        raise Clash("amount-missing", "还没有核定金额", fix="请在市级核查时核定金额")


def _public(wish: Wish) -> None:
    if is_confidential(wish.award):
        raise Clash(
            "confidential", "涉密事项不得公示", why="政策注明该事项涉密，不进入公示", fix="请通过专门渠道办理"
        )


def _listed(wish: Wish) -> None:
    """A notice stands that shows this award with its amount, and has not been its notice before."""
    notice = wish.detail.get("notice")
    shown = NoticeItem.objects.filter(
        notice=notice, award=wish.award, amount_fen=wish.award.approved_fen or 0,
        notice__withdrawn_at=None, notice__opens_on__gt=timezone.localdate(),
    )  # fmt: skip
    before = Step.objects.filter(award=wish.award, action="publish", detail__notice=notice)
    if notice is None or not shown.exists() or before.exists():
        raise Clash(
            "not-listed", "没有列着该事项的新公示", why="每次公示都是新的一份", fix="请用“发布公示”办理"
        )


def _two_checks(wish: Wish) -> None:
    # Both checks are told apart by the table; here only that two different people made them.
    if len(deciders(wish.award)) < 2:
        raise Clash("checks-missing", "县区和市级的核查还不齐，或者由同一人作出", fix="请先完成两级核查")


_LOOKS: Mapping[Need, Callable[[Wish], None]] = {
    Need.REASON: _reason,
    Need.ACCOUNT: _account,
    Need.WINDOW: lambda wish: demand_open_window(wish.award.document, wish.award.measure_id),
    Need.EVIDENCE: _evidence,
    Need.CLEAN_EVIDENCE: lambda wish: demand_no_open_stop(wish.award.pk),
    Need.AMOUNT: _amount,
    Need.NO_EXCLUSION: lambda wish: demand_no_exclusion(wish.award, STAGES[wish.action]),
    Need.SCORES: lambda wish: demand_passing_scores(wish.award),
    Need.PUBLIC: _public,
    Need.LISTED: _listed,
    Need.NOTICE_RAN: lambda wish: demand_notice_ran(wish.award),
    Need.TWO_CHECKS: _two_checks,
}
