"""Reading evidence (查看佐证): of one claim, and its files; every look is told."""

from __future__ import annotations

from django.http import HttpResponse

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.evidence.claims import claim
from duixian.office.evidence.download import attachment
from duixian.office.evidence.models import Evidence
from duixian.office.refusal import NotThere


def evidence_of(actor: Actor, award_id: int) -> list[Evidence]:
    """The evidence of an award, withdrawn pieces included, in the order of their coming."""
    with acting():
        award = claim(award_id)
        demand(actor, "evidence.read", area=award.area, enterprise=award.enterprise_id)
        pieces = list(Evidence.objects.filter(award_id=award_id).select_related("file").order_by("pk"))
        tell(actor, "evidence.read", award, enterprise=award.enterprise_id, detail={"count": len(pieces)})
        return pieces


def download(actor: Actor, evidence_id: int) -> HttpResponse:
    """The file of a piece of evidence, to be saved.

    Raises:
        NotThere: when there is no such piece, or it has no file.
    """
    with acting():
        piece = Evidence.objects.select_related("file").filter(pk=evidence_id).first()
        if piece is None:
            raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
        award = claim(piece.award_id)
        demand(actor, "evidence.open", area=award.area, enterprise=award.enterprise_id)
        if piece.file is None:
            raise NotThere("file-not-there", "没有文件", why="这份佐证没有上传文件")
        detail = {"award": award.pk, "file": piece.file.digest}
        tell(actor, "evidence.open", piece, enterprise=award.enterprise_id, detail=detail)
        return attachment(piece.file, piece.name)
