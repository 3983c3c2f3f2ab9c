"""Undoing a list (撤销名单): its facts are superseded by what was known before, or withdrawn; every row stays.

Runs that were frozen with these facts keep them, and so do the awards that came of them: what was paid is claimed back, not unwritten.
What another source has changed since is left as it is, and counted.
"""

from __future__ import annotations

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import NotThere, Refusal
from duixian.office.registry.fact_rows import restate, withdraw_all
from duixian.office.registry.models import FactRecord, Roster, RosterState, Source
from duixian.office.registry.pen import take_the_pen
from duixian.office.registry.sources import made_source


def undo(actor: Actor, roster_id: int, reason: str) -> Roster:
    """Undo a list; one that was not committed yet is only closed. Again is the same.

    Raises:
        Refusal: ``reason-missing``.
    """
    if not reason.strip():
        raise Refusal("reason-missing", "没有写理由", why="撤销名单须说明理由", fix="请写明理由")
    with acting():
        demand(actor, "roster.undo")
        take_the_pen()
        roster = Roster.objects.select_for_update(of=("self",), no_key=True).filter(pk=roster_id).first()
        if roster is None:
            raise NotThere("not-there", "没有找到", why="没有这份名单")
        if roster.state == RosterState.UNDONE:
            return roster
        counts = {}
        if roster.source is not None:
            undoing = made_source(actor, f"撤销名单：{roster.title}", document_number=roster.document_number)
            counts = _undo_facts(roster.source, undoing)
        roster.state, roster.counts = RosterState.UNDONE, {**roster.counts, **counts}
        roster.save(update_fields=["state", "counts"])
        tell(actor, "roster.undo", roster, detail={"reason": reason.strip(), **counts})
        return roster


def _undo_facts(source: Source, undoing: Source) -> dict[str, int]:
    """Supersede every last version that came of the source."""
    ours = FactRecord.objects.filter(source=source)
    last = list(
        ours.filter(successor__isnull=True).select_related("supersedes__source__roster").order_by("pk")
    )
    before = [(fact, _before(fact, source)) for fact in last]
    back = [(fact, earlier) for fact, earlier in before if earlier is not None]
    gone = [fact for fact, earlier in before if earlier is None and not fact.is_withdrawal]
    restate([earlier for _, earlier in back], [fact.pk for fact, _ in back])
    withdraw_all(undoing.pk, gone)
    return {"withdrawn_again": len(gone), "restored": len(back), "left": ours.count() - len(last)}


def _before(fact: FactRecord, source: Source) -> FactRecord | None:
    """What was known before the source spoke; another list that was undone says nothing either."""
    earlier = fact.supersedes
    while earlier is not None:
        roster = getattr(earlier.source, "roster", None)
        is_silent = earlier.source_id == source.pk or (
            roster is not None and roster.state == RosterState.UNDONE
        )
        if not is_silent:
            return None if earlier.is_withdrawal else earlier
        earlier = earlier.supersedes
    return None
