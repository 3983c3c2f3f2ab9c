"""Ruling on a stop (处理重复佐证): neither claim goes on until an officer who brought neither piece has said which may stand, and why."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.evidence.models import EvidenceStop
from duixian.office.refusal import Clash, NotThere, Refusal

ALLOWED, FIRST, SECOND = "allowed", "first", "second"
RULINGS = (ALLOWED, FIRST, SECOND)

_LIVING = Q(first__withdrawn_at=None, second__withdrawn_at=None)


def open_stops(award: Any) -> QuerySet[EvidenceStop]:
    """The stops of an award, given itself or by its number, on which nobody has ruled; a piece that was withdrawn stops nothing."""
    number = getattr(award, "pk", award)
    mine = Q(first__award_id=number) | Q(second__award_id=number)
    return EvidenceStop.objects.filter(_LIVING, mine, ruling="").order_by("pk")


def demand_no_open_stop(award_id: int) -> None:
    """Go on only when nothing of what the claim rests on is stopped.

    Raises:
        Clash: ``evidence-stopped`` while a stop is open, ``evidence-ruled-out`` while the claim keeps a piece that was found to belong to
            another one.
    """
    stopped = list(open_stops(award_id).values_list("pk", flat=True)[:20])
    if stopped:
        raise Clash(
            "evidence-stopped",
            "佐证与其他申报重复，尚未处理",
            why="同一发票、合同或设备用于两个事项，处理前都不能继续",
            fix="请由未经手的人员处理重复佐证",
            stops=stopped,
        )
    lost = list(_lost(award_id).values_list("pk", flat=True)[:20])
    if lost:
        raise Clash(
            "evidence-ruled-out",
            "有佐证已认定归其他事项",
            why="重复佐证的处理结果不利于本事项",
            fix="请撤回该佐证，或退回补正后重新核算",
            stops=lost,
        )


def rule(actor: Actor, stop_id: int, ruling: str, reason: str) -> EvidenceStop:
    """Say which claim keeps the evidence: ``allowed`` (both), ``first`` or ``second``. The same again is the same.

    Raises:
        Refusal: ``ruling-unknown``, ``reason-missing`` or ``own-evidence``.
        Clash: ``stop-ruled`` when it was ruled otherwise.
    """
    if ruling not in RULINGS:
        raise Refusal("ruling-unknown", "不认识的处理结果", why=f"应为 {'、'.join(RULINGS)}")
    if not reason.strip():
        raise Refusal("reason-missing", "没有写理由", why="处理重复佐证须说明理由", fix="请写明理由")
    with acting():
        demand(actor, "stop.rule")
        stop = EvidenceStop.objects.select_for_update(of=("self",), no_key=True).filter(pk=stop_id).first()
        if stop is None:
            raise NotThere("not-there", "没有找到", why="没有这条重复佐证")
        if stop.ruling:
            return _ruled_already(stop, ruling)
        if actor.id in (stop.first.added_by_id, stop.second.added_by_id):
            raise Refusal(
                "own-evidence", "不能处理自己提交的佐证", why="提交人与处理人须分开", fix="请由他人处理"
            )
        stop.ruling, stop.reason = ruling, reason.strip()
        stop.ruled_by_id, stop.ruled_at = actor.id, timezone.now()
        stop.save(update_fields=["ruling", "reason", "ruled_by", "ruled_at"])
        detail = {"ruling": ruling, "awards": [stop.first.award_id, stop.second.award_id]}
        tell(actor, "stop.rule", stop, detail=detail)
        return stop


def stops_before(actor: Actor, *, is_open: bool | None = None) -> QuerySet[EvidenceStop]:
    """The stops that an officer is shown (待处理重复佐证): those in which either claim lies within his area; the look is told."""
    with acting():
        demand(actor, "stop.read", area=actor.area, enterprise=actor.enterprise)
        tell(actor, "stop.read", detail={"area": actor.area})
    stops = EvidenceStop.objects.select_related("first__award", "second__award").order_by("-pk")
    if is_open is not None:
        stops = stops.filter(_LIVING, ruling="") if is_open else stops.exclude(ruling="")
    areas = _areas_of(actor)
    if areas is None:
        return stops
    return stops.filter(Q(first__award__area__in=areas) | Q(second__award__area__in=areas))


def _areas_of(actor: Actor) -> list[str] | None:
    """The areas that lie within a county officer's; None for everybody who sees the whole city."""
    from duixian.office.city import city

    if not actor.area:
        return None
    region = city().region
    return [name for name in region.areas if region.lies_in(name, frozenset((actor.area,)))]


def _lost(award_id: int) -> QuerySet[EvidenceStop]:
    return EvidenceStop.objects.filter(_LIVING).filter(
        Q(ruling=FIRST, second__award_id=award_id) | Q(ruling=SECOND, first__award_id=award_id)
    )


def _ruled_already(stop: EvidenceStop, ruling: str) -> EvidenceStop:
    if stop.ruling == ruling:
        return stop
    raise Clash(
        "stop-ruled", "已有处理结果", why=f"处理结果为：{stop.get_ruling_display()}", ruling=stop.ruling
    )
