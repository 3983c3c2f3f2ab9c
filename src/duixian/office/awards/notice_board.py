"""The notice board (公示栏): every notice there ever was, for those who work with them."""

from __future__ import annotations

from django.db.models import QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.awards.models import PublicNotice
from duixian.office.refusal import NotThere


def notices(actor: Actor) -> QuerySet[PublicNotice]:
    """All notices, the newest first; what they show is public."""
    demand(actor, "notice.read")
    return PublicNotice.objects.order_by("-pk")


def notice(actor: Actor, notice_id: int) -> PublicNotice:
    """One notice.

    Raises:
        NotThere: when there is none.
    """
    found = notices(actor).filter(pk=notice_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到该公示")
    return found
