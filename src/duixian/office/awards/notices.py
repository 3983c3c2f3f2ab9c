"""Public notices (公示): what was checked is shown to everybody for so many working days, as it was on that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award, NoticeItem, Objection, PublicNotice, State
from duixian.office.awards.move import move
from duixian.office.awards.working_days import add_working_days
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.registry.dossiers import name_of

MOST_WORKING_DAYS = 60


def publish(
    actor: Actor,
    award_ids: Sequence[int],
    *,
    title: str,
    contact: str,
    working_days: int | None = None,
) -> PublicNotice:
    """Publish the checked awards of one document, from today's working hour on; all of them or none.

    The day of publishing does not count (民法典 §201): the notice opens on the next working day, and closes at the end of the last of its
    working days (``DUIXIAN_NOTICE_WORKING_DAYS``, or more).

    Raises:
        Refusal: ``notice-empty``, ``notice-words-missing``, ``notice-too-short``, ``notice-too-long``, ``several-documents``.
        NotThere: when an award is not there. Clash: by what an award lacks, or ``holidays-unknown``.
    """
    with acting():
        demand(actor, "notice.publish")
        days = _days(working_days)
        awards = _locked(award_ids)
        document = _document(awards)
        if not title.strip() or not contact.strip():
            raise Refusal(
                "notice-words-missing", "公示须有标题和联系方式", fix="请补全标题和受理异议的联系方式"
            )
        today = timezone.localdate()
        notice = PublicNotice.objects.create(
            title=title.strip(), document=document, contact=contact.strip(), working_days=days,
            opens_on=add_working_days(today, 1), closes_on=add_working_days(today, days), published_by_id=actor.account_id,
        )  # fmt: skip
        NoticeItem.objects.bulk_create(_shown(notice, each, today) for each in awards)
        for each in awards:
            move(each, "publish", actor, detail={"notice": notice.pk})
        tell(
            actor,
            "notice.publish",
            notice,
            detail={"awards": len(awards), "closes_on": notice.closes_on.isoformat()},
        )
    return notice


def end_notice(actor: Actor, notice_id: int) -> list[Award]:
    """Let every award of a notice that has run go on; those with an objection that is open or upheld stay.

    Raises:
        NotThere. Clash: ``notice-withdrawn`` or ``notice-running``.
    """
    with acting():
        demand(actor, "notice.end")
        notice = notice_of(notice_id)
        if notice.withdrawn_at is not None:
            raise Clash("notice-withdrawn", "该公示已经撤回")
        if timezone.localdate() <= notice.closes_on:
            raise Clash(
                "notice-running",
                f"公示期到{notice.closes_on.isoformat()}为止，还没有届满",
                fix="请在公示期满后办理",
            )
        held = Objection.objects.filter(Q(answered_at=None) | Q(item__notice=notice, is_upheld=True)).values(
            "item__award"
        )
        waiting = Award.objects.filter(notice_items__notice=notice, state=State.ON_NOTICE).exclude(
            pk__in=held
        )
        ended = [
            move(each, "end_notice", actor) for each in waiting.order_by("pk") if _is_latest(each, notice)
        ]
        tell(actor, "notice.end", notice, detail={"awards": len(ended)})
    return ended


def end_notices(actor: Actor) -> list[Award]:
    """Let everything go on whose notice has run: for the daily clock."""
    demand(actor, "notice.end")
    ran = PublicNotice.objects.filter(
        closes_on__lt=timezone.localdate(), withdrawn_at=None, items__award__state=State.ON_NOTICE
    )
    keys = ran.order_by("pk").values_list("pk", flat=True).distinct()
    return [award for key in list(keys) for award in end_notice(actor, key)]


def withdraw_notice(actor: Actor, notice_id: int, *, reason: str) -> PublicNotice:
    """Take a notice back, with a reason; its awards stand again where they stood before, and need another notice.

    Raises:
        Refusal: ``reason-missing``. Clash: ``notice-withdrawn``, or ``notice-in-use`` when an award of it has been approved already.
    """
    with acting():
        demand(actor, "notice.withdraw")
        notice = notice_of(notice_id)
        if notice.withdrawn_at is not None:
            raise Clash("notice-withdrawn", "该公示已经撤回")
        if not reason.strip():
            raise Refusal("reason-missing", "撤回公示须写明理由", fix="请填写理由")
        awards = [each for each in _locked(_award_ids(notice)) if _is_latest(each, notice)]
        used = [each.pk for each in awards if each.state in _BEYOND]
        if used:
            raise Clash(
                "notice-in-use", "公示中的事项已经批准，不能撤回公示", why="批准以这次公示为据", awards=used
            )
        for each in awards:
            if each.state in (State.ON_NOTICE, State.NOTICE_ENDED):
                move(each, "unpublish", actor, reason=reason, detail={"notice": notice.pk})
        notice.withdrawn_at, notice.withdrawn_by_id, notice.withdrawal_reason = (
            timezone.now(),
            actor.id,
            reason.strip(),
        )
        notice.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        tell(actor, "notice.withdraw", notice)
    return notice


def notice_of(notice_id: int) -> PublicNotice:
    """The notice, its row locked.

    Raises:
        NotThere: when there is none.
    """
    found = PublicNotice.objects.select_for_update(no_key=True).filter(pk=notice_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到该公示")
    return found


_BEYOND = (State.APPROVED, State.IN_PAYMENT, State.PAID, State.RECOVERING, State.RECOVERED)


def _days(wanted: int | None) -> int:
    least = settings.NOTICE_WORKING_DAYS
    days: int = least if wanted is None else wanted
    if days < least:
        raise Refusal("notice-too-short", f"公示期不少于{least}个工作日", fix=f"请公示{least}个工作日以上")
    if days > MOST_WORKING_DAYS:
        raise Refusal("notice-too-long", f"公示期不超过{MOST_WORKING_DAYS}个工作日")
    return days


def _locked(award_ids: Sequence[int]) -> list[Award]:
    """In the order of their numbers, as everybody locks who locks several."""
    keys = sorted(set(award_ids))
    found = list(Award.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if len(found) != len(keys):
        raise NotThere("not-there", "有的事项没有找到", why="不存在，或不在该账号的管辖范围内")
    return found


def _award_ids(notice: PublicNotice) -> list[int]:
    return list(NoticeItem.objects.filter(notice=notice).values_list("award", flat=True))


def _document(awards: Sequence[Award]) -> str:
    documents = {each.document for each in awards}
    if not documents:
        raise Refusal("notice-empty", "公示里没有事项", fix="请选择要公示的事项")
    if len(documents) > 1:
        raise Refusal("several-documents", "一份公示只列一个文件的事项", fix="请按文件分别公示")
    return documents.pop()


def _shown(notice: PublicNotice, award: Award, on: date) -> NoticeItem:
    # Without an amount the move that follows is refused, and nothing of it stays.
    return NoticeItem(
        notice=notice, award=award, enterprise_name=name_of(award.enterprise_id, on)[:200],
        measure=award.determination.measure, amount_fen=award.approved_fen or 0,
    )  # fmt: skip


def _is_latest(award: Award, notice: PublicNotice) -> bool:
    """Whether the award stands in this notice now, and was not shown anew in a later one."""
    last = NoticeItem.objects.filter(award=award).order_by("-pk").values_list("notice", flat=True).first()
    return last == notice.pk
