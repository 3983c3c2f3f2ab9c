"""Applying (申报): a draft for a determination, and its submission while the window is open. Also opening again what had ended."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.measure_of import delivery_of, measure_of, mode_of
from duixian.office.awards.models import ENDED, Award, Mode, State
from duixian.office.awards.move import move, new_step
from duixian.office.awards.open_awards import award_of, latest_award, payable
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.runs.models import RunState, StoredDetermination
from duixian.rules.measure import Delivery


def apply(actor: Actor, determination_id: int) -> Award:
    """Begin an application for what a run found payable; a draft that is there already is given back.

    Raises:
        NotThere: when there is no such determination, or it is somebody else's. Refusal: ``not-for-application`` when it is 免申即享.
        Clash: ``award-exists`` when an award of the same fact is on its way or has ended.
    """
    with acting():
        determination = _payable(determination_id)
        demand(actor, "award.apply", area=determination.area, enterprise=determination.enterprise)
        there = latest_award(determination)
        if there is not None:
            return _the_draft(there)
        award = _beginning(determination)
        if award.mode != Mode.APPLICATION:
            raise Refusal("not-for-application", "该事项免申即享，无须申报", fix="请在待确认事项中确认")
        return _begin(award, "apply", actor, "")


def reopen(actor: Actor, determination_id: int, *, reason: str) -> Award:
    """Open again what was declined, refused or recovered, for a determination of a run.

    Raises:
        Refusal: ``reason-missing``. Clash: ``award-exists`` when one is living, ``nothing-ended`` when there was none.
    """
    with acting():
        determination = _payable(determination_id)
        demand(actor, "award.reopen", area=determination.area, enterprise=determination.enterprise)
        if not reason.strip():
            raise Refusal(
                "reason-missing", "须写明理由", why="已办结的事项重新建立须有理由", fix="请填写理由"
            )
        there = latest_award(determination)
        if there is None:
            raise Clash("nothing-ended", "该事实没有已办结的事项", fix="请用“建立兑付事项”")
        if there.state not in ENDED:
            raise _exists(there)
        return _begin(_beginning(determination), "reopen", actor, reason)


def submit(actor: Actor, award_id: int, *, version: int | None = None) -> Award:
    """Hand an application in. It needs an open window and at least one piece of evidence (``states.py``)."""
    return move(award_id, "submit", actor, version=version)


def resubmit(actor: Actor, award_id: int, *, reason: str = "", version: int | None = None) -> Award:
    """Hand in again what was sent back (补正). No window is asked for: the application itself came in time."""
    return move(award_id, "resubmit", actor, reason=reason, version=version)


def renew(
    actor: Actor, award_id: int, determination_id: int, *, reason: str, version: int | None = None
) -> Award:
    """Let an award that nobody has checked rest on a newer determination of the same fact.

    Raises:
        Clash: ``other-fact`` when the determination is about something else.
    """
    determination = _payable(determination_id)
    there = latest_award(determination)
    if there is None or there.pk != award_id:
        raise Clash("other-fact", "该认定结果不是这一事项的", fix="请选择同一事实、同一事项的认定结果")
    changes = {
        "determination_id": determination.pk, "ceiling_fen": determination.amount_fen,
        "base_fen": determination.base_fen, "year": determination.year,
    }  # fmt: skip
    detail = {"run": determination.run_id, "ceiling_fen": determination.amount_fen}
    return move(award_id, "renew", actor, reason=reason, version=version, changes=changes, detail=detail)


def _payable(determination_id: int) -> StoredDetermination:
    found = StoredDetermination.objects.select_related("run").filter(pk=determination_id).first()
    if found is None or found.run.state != RunState.FINISHED:
        raise NotThere("not-there", "没有找到该认定结果", why="不存在，或不在该账号的管辖范围内")
    if not payable(found.run).filter(pk=found.pk).exists():
        raise Refusal("not-payable", "该认定结果没有可兑付的金额", fix="请查看认定理由")
    return found


def _beginning(determination: StoredDetermination) -> Award:
    measure = measure_of(determination.document, determination.measure_id)
    delivery = delivery_of(measure, determination.run.rulings)
    return award_of(determination, mode_of(delivery), delivery is Delivery.SELECTION)


def _begin(award: Award, action: str, actor: Actor, reason: str) -> Award:
    """Save an award with its first step; whoever was faster wins."""
    try:
        with transaction.atomic():
            award.save()
    except IntegrityError as error:
        there = latest_award(award.determination)
        if there is None:
            raise Clash("award-exists", "同一事实已有事项在办") from error
        return _the_draft(there)
    new_step(award, action, actor, number=1, before="", reason=reason).save()
    tell(actor, f"award.{action}", award, enterprise=award.enterprise_id)
    return award


def _the_draft(there: Award) -> Award:
    if there.state != State.DRAFT:
        raise _exists(there)
    return there


def _exists(there: Award) -> Clash:
    return Clash(
        "award-exists", f"同一事实已有事项，状态为“{State(there.state).label}”", why="同一事实在同一事项下只兑付一次",
        fix="请查看已有的事项；已办结的由市级审核重新建立", award=there.pk,
    )  # fmt: skip
