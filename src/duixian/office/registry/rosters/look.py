"""Looking at lists and their rows (查看名单)."""

from __future__ import annotations

from django.db.models import QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import NotThere
from duixian.office.registry.models import Roster, RosterRow


def rosters(actor: Actor) -> QuerySet[Roster]:
    """All lists, the newest first."""
    demand(actor, "roster.read")
    return Roster.objects.select_related("uploaded_by").order_by("-pk")


def roster(actor: Actor, roster_id: int) -> Roster:
    """One list.

    Raises:
        NotThere: when there is none.
    """
    found = rosters(actor).filter(pk=roster_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到", why="没有这份名单")
    return found


def roster_rows(
    actor: Actor, roster_id: int, verdict: str = "", *, is_open: bool = False
) -> QuerySet[RosterRow]:
    """The rows of a list as they were previewed, of one verdict where that is given, or only those that wait; the look is told."""
    with acting():
        found = roster(actor, roster_id)
        tell(actor, "roster.read", found, detail={"verdict": verdict})
    rows = found.rows.select_related("enterprise").order_by("number")
    if verdict:
        rows = rows.filter(verdict=verdict)
    if is_open:
        rows = rows.filter(is_skipped=False, decided_by=None).exclude(verdict__in=("matched", "known"))
    return rows
