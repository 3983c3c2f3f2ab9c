"""Objections (异议): received while a notice stands, answered within a time limit, and in the way of the award until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import demand, is_allowed
from duixian.office.acting import acting, tell
from duixian.office.awards.clocks import ANSWER, start_clock, stop_clock
from duixian.office.awards.four_eyes import deciders
from duixian.office.awards.gate import latest_item
from duixian.office.awards.models import ENDED, NoticeItem, Objection, State
from duixian.office.awards.move import move
from duixian.office.awards.row_lock import lock
from duixian.office.refusal import Clash, NotThere, Refusal

HANDLERS = frozenset({Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.AUDITOR})
"""Who sees an objector's name and contact. Least of all the enterprise that is objected to."""
MASK = "＊＊＊"
CONSEQUENCES = ("correct", "refuse")
"""What follows when an objection is upheld."""


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection as one may see it (异议视图)."""

    id: int
    item: int
    award: int
    objector: str
    contact: str
    text: str
    received_at: datetime
    answer: str
    is_upheld: bool | None
    answered_at: datetime | None


def receive(actor: Actor, item_id: int, *, objector: str, contact: str, text: str) -> Objection:
    """Take an objection to a line of a notice, real names only; from now on the time limit for an answer runs.

    An officer records what came in writing; what comes through the public part is taken by the system (``SYSTEM``).

    The award's row is locked first: at midnight either the objection is in time and stops the approval, or it is too late.

    Raises:
        Refusal: ``objection-incomplete``. NotThere. Clash: ``objection-late`` or ``notice-withdrawn``.
    """
    with acting():
        demand(actor, "objection.receive")
        item = NoticeItem.objects.select_related("notice").filter(pk=item_id).first()
        if item is None:
            raise NotThere("not-there", "没有找到该公示项")
        award = lock(item.award_id)
        if not (objector.strip() and contact.strip() and text.strip()):
            raise Refusal(
                "objection-incomplete",
                "异议须写明异议人、联系方式和内容",
                why="须实名提出才能核实和答复",
                fix="请补全",
            )
        item.notice.refresh_from_db()
        if item.notice.withdrawn_at is not None:
            raise Clash("notice-withdrawn", "该公示已经撤回，不再受理异议")
        if timezone.localdate() > item.notice.closes_on:
            raise Clash(
                "objection-late", f"公示期已于{item.notice.closes_on.isoformat()}届满", why="异议只在公示期内受理",
                fix="公示期满后发现问题的，请向审计或者财政部门反映",
            )  # fmt: skip
        objection = Objection.objects.create(
            item=item, objector=objector.strip()[:120], contact=contact.strip()[:120], text=text.strip()
        )
        start_clock(ANSWER, _subject(objection), award=award)
        tell(actor, "objection.receive", objection, enterprise=award.enterprise_id)
    return objection


def answer(actor: Actor, objection_id: int, *, text: str, is_upheld: bool, then: str = "") -> Objection:
    """Answer an objection, once. When it is upheld, the award goes back for correction or is refused (``then``), for that reason.

    Whoever has decided on the award does not judge an objection to his own decision.

    Raises:
        Refusal: ``answer-missing``, ``consequence-missing`` (upheld, and ``then`` is neither ``correct`` nor ``refuse``).
        NotThere. Clash: ``answered-already`` or ``own-decision``.
    """
    with acting():
        key = Objection.objects.filter(pk=objection_id).values_list("item__award", flat=True).first()
        if key is None:
            raise NotThere("not-there", "没有找到该异议")
        award = lock(key)
        objection = Objection.objects.select_for_update(no_key=True).get(pk=objection_id)
        demand(actor, "objection.answer", area=award.area, enterprise=award.enterprise_id)
        if objection.answered_at is not None:
            raise Clash("answered-already", "该异议已经答复", why="答复只作一次")
        if not text.strip():
            raise Refusal("answer-missing", "答复须写明核实情况和结论", fix="请填写答复")
        if actor.id in deciders(award):
            raise Clash("own-decision", "核查过该事项的人不能答复对它的异议", fix="请由另一人答复")
        if is_upheld:
            _follow(actor, objection, then, text)
        objection.answer, objection.is_upheld = text.strip(), is_upheld
        objection.answered_at, objection.answered_by_id = timezone.now(), actor.id
        objection.save(update_fields=["answer", "is_upheld", "answered_at", "answered_by"])
        stop_clock(ANSWER, _subject(objection))
        tell(
            actor, "objection.answer", objection, enterprise=award.enterprise_id, detail={"upheld": is_upheld}
        )
    return objection


def objections(actor: Actor, *, is_open: bool | None = None) -> list[ObjectionView]:
    """The objections that this account may know of, oldest first; personal data only for those who handle them, and that is told."""
    with acting():
        demand(actor, "objection.read", area=actor.area, enterprise=actor.enterprise)
        rows = Objection.objects.select_related("item__award").order_by("pk")
        if is_open is not None:
            rows = rows.filter(answered_at__isnull=is_open)
        seen = [each for each in rows if _may_know(actor, each)]
        if actor.role in HANDLERS:
            for each in seen:
                tell(
                    actor, "objection.read", each, enterprise=each.item.award.enterprise_id,
                    detail={"fields": ["objector", "contact", "text"]},
                )  # fmt: skip
        return [view(actor, each) for each in seen]


def view(actor: Actor, objection: Objection) -> ObjectionView:
    """An objection with what this role need not see masked. Its words alone may give the objector away."""
    is_whole = actor.role in HANDLERS
    return ObjectionView(
        objection.pk, objection.item_id, objection.item.award_id,
        objection.objector if is_whole else MASK, objection.contact if is_whole else MASK, objection.text if is_whole else MASK,
        objection.received_at, objection.answer, objection.is_upheld, objection.answered_at,
    )  # fmt: skip


def _follow(actor: Actor, objection: Objection, then: str, text: str) -> None:
    item = objection.item
    award = lock(item.award_id)
    last = latest_item(award)
    if award.state in (*ENDED, State.CORRECTION) or last is None or last.pk != item.pk:
        # It was sent back or ended by another objection already, or shown anew since.
        return
    if then not in CONSEQUENCES:
        raise Refusal(
            "consequence-missing",
            "异议成立的，须决定退回补正或者不予兑付",
            fix="请选择 correct（退回补正）或 refuse（不予兑付）",
        )
    move(award, then, actor, reason=text, detail={"objection": objection.pk})


def _may_know(actor: Actor, objection: Objection) -> bool:
    award = objection.item.award
    return is_allowed(actor, "objection.read", area=award.area, enterprise=award.enterprise_id)


def _subject(objection: Objection) -> str:
    return f"objection {objection.pk}"
