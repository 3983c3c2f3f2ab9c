"""The gate (公示关): nothing is approved, ordered or paid before its public notice has run without open objection."""

from __future__ import annotations

from django.utils import timezone

from duixian.office.awards.models import Award, NoticeItem, Objection
from duixian.office.refusal import Clash


def latest_item(award: Award) -> NoticeItem | None:
    """What was last shown of an award. After a correction the table of states lets it go on only through another notice."""
    return NoticeItem.objects.filter(award=award).select_related("notice").order_by("-id").first()


def demand_notice_ran(award: Award) -> None:
    """Go on only when the award's notice has run its working days to their end, with no objection open or upheld.

    The caller holds the award's row lock: an objection that is just being received waits for it, or is waited for.

    Raises:
        Clash: ``no-notice``, ``notice-withdrawn``, ``notice-running``, ``objection-open``, ``objection-upheld`` or ``notice-other-amount``.
    """
    item = latest_item(award)
    if item is None:
        raise Clash("no-notice", "该事项还没有公示", why="公示期满前不得批准、拨付", fix="请先列入公示")
    notice = item.notice
    if notice.withdrawn_at is not None:
        raise Clash("notice-withdrawn", "该事项的公示已经撤回", fix="请重新公示")
    if timezone.localdate() <= notice.closes_on:
        raise Clash(
            "notice-running",
            f"公示期到{notice.closes_on.isoformat()}为止，还没有届满",
            why="公示期满前不得批准、拨付",
            fix="请在公示期满后办理",
        )
    _demand_no_objection(award, item)
    if award.approved_fen != item.amount_fen:
        raise Clash(
            "notice-other-amount",
            "核定金额与公示金额不一致",
            why="公示的是另一个金额",
            fix="请退回后重新公示",
        )


def _demand_no_objection(award: Award, item: NoticeItem) -> None:
    if Objection.objects.filter(item__award=award, answered_at=None).exists():
        raise Clash(
            "objection-open", "该事项还有未答复的异议", why="异议答复前不得批准、拨付", fix="请先答复异议"
        )
    if item.objections.filter(is_upheld=True).exists():
        raise Clash("objection-upheld", "该事项的异议成立", fix="请退回补正或者不予兑付")
