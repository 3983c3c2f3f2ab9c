"""Attaching evidence to a claim (提交佐证): whoever brings the same invoice, contract or machine twice is stopped, at once and for both.

Two who bring it in the same moment still find each other: they wait in line for the fingerprint before they look.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.advisory_lock import wait_in_line
from duixian.office.evidence.claims import CLOSED, OPEN_TO_ENTERPRISE, WITHOUT_MONEY, claim
from duixian.office.evidence.file_names import safe_name
from duixian.office.evidence.fingerprint import fingerprint
from duixian.office.evidence.models import Evidence, EvidenceKind, EvidenceStop, StoredFile
from duixian.office.evidence.ruling import demand_no_open_stop, open_stops, rule
from duixian.office.evidence.store import keep
from duixian.office.refusal import Clash, NotThere, Refusal

__all__ = ["attach", "attach_upload", "demand_no_open_stop", "open_stops", "rule", "withdraw"]


def attach(
    actor: Actor,
    award_id: int,
    kind: str,
    name: str,
    identity: Mapping[str, str],
    file: StoredFile | None = None,
) -> Evidence:
    """Attach a piece of evidence to an award; the same piece again is the first one.

    Every other claim with money that rests on the same fingerprint gets a stop with this one.

    Raises:
        Refusal: what ``fingerprint`` refuses, ``evidence-kind-unknown``, or ``evidence-without-file``.
        Clash: ``claim-closed``, or ``evidence-twice`` when the claim has that fingerprint already with another file.
    """
    if kind not in EvidenceKind.values:
        raise Refusal(
            "evidence-kind-unknown", "不认识的佐证种类", why=f"种类为 {'、'.join(EvidenceKind.values)}"
        )
    if kind == EvidenceKind.OTHER and file is None:
        raise Refusal("evidence-without-file", "没有文件", why="其他佐证须有文件", fix="请上传文件")
    mark = fingerprint(kind, identity)
    with acting():
        if mark:
            wait_in_line(f"evidence:{mark}")
        award = claim(award_id, lock=True)
        demand(actor, "evidence.attach", area=award.area, enterprise=award.enterprise_id)
        _demand_open(actor, award)
        if (same := _same(award_id, kind, mark, file)) is not None:
            return same
        piece = Evidence.objects.create(
            award_id=award_id,
            kind=kind,
            name=safe_name(name),
            identity=dict(identity),
            fingerprint=mark,
            file=file,
            added_by_id=actor.account_id,
        )
        stops = _stop(piece)
        tell(
            actor, "evidence.attach", piece, enterprise=award.enterprise_id,
            detail={"award": award_id, "kind": kind, "fingerprint": mark, "file": file.digest if file else "", "stops": len(stops)},
        )  # fmt: skip
        return piece


def attach_upload(
    actor: Actor, award_id: int, kind: str, name: str, identity: Mapping[str, str], content: bytes | None
) -> Evidence:
    """The same with a file that is still to be kept: nothing is, unless the actor may bring evidence to that claim."""
    with acting():
        award = claim(award_id)
        demand(actor, "evidence.attach", area=award.area, enterprise=award.enterprise_id)
        file = keep(content, name) if content is not None else None
        return attach(actor, award_id, kind, name, identity, file)


def withdraw(actor: Actor, evidence_id: int, reason: str) -> Evidence:
    """Take a piece of evidence back; it stays, and no longer counts. Again is the same.

    Raises:
        Refusal: ``reason-missing``.
        Clash: ``claim-closed``.
    """
    if not reason.strip():
        raise Refusal("reason-missing", "没有写理由", why="撤回佐证须说明理由", fix="请写明理由")
    with acting():
        piece = Evidence.objects.select_for_update(no_key=True).filter(pk=evidence_id).first()
        if piece is None:
            raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
        award = claim(piece.award_id)
        demand(actor, "evidence.withdraw", area=award.area, enterprise=award.enterprise_id)
        if piece.withdrawn_at is not None:
            return piece
        _demand_open(actor, award)
        piece.withdrawn_at = timezone.now()
        piece.save(update_fields=["withdrawn_at"])
        detail = {"award": award.pk, "fingerprint": piece.fingerprint, "reason": reason.strip()}
        tell(actor, "evidence.withdraw", piece, enterprise=award.enterprise_id, detail=detail)
        return piece


def _demand_open(actor: Actor, award: Any) -> None:
    """An enterprise changes its evidence only while the claim is with it; nobody does once it is over."""
    is_open = award.state in OPEN_TO_ENTERPRISE if actor.is_enterprise else award.state not in CLOSED
    if not is_open:
        raise Clash(
            "claim-closed",
            "该事项已不能改动佐证",
            why=f"当前状态：{award.get_state_display()}",
            fix="请联系经办人退回补正" if actor.is_enterprise else "",
        )


def _same(award_id: int, kind: str, mark: str, file: StoredFile | None) -> Evidence | None:
    """The same piece, when the claim has it already."""
    living = Evidence.objects.filter(award_id=award_id, kind=kind, withdrawn_at=None)
    if not mark:
        return living.filter(file=file).first()
    found = living.filter(fingerprint=mark).first()
    if found is not None and file is not None and found.file_id != file.digest:
        raise Clash(
            "evidence-twice",
            "该事项已有同一份佐证",
            why="一张发票、一份合同、一台设备在一个事项中只计一次",
            fix="请先撤回原来的一份，再提交新文件",
            evidence=found.pk,
        )
    return found


def _stop(piece: Evidence) -> list[EvidenceStop]:
    """A stop with every other claim that rests on the same, unless that one ended without money."""
    if not piece.fingerprint:
        return []
    others = (
        Evidence.objects.filter(~Q(award_id=piece.award_id), fingerprint=piece.fingerprint, withdrawn_at=None)
        .exclude(award__state__in=WITHOUT_MONEY)
        .order_by("pk")
    )
    return [EvidenceStop.objects.create(first=other, second=piece) for other in others]
