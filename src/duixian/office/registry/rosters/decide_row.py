"""Deciding on a row of a list (确认名单行): which enterprise it means, that it counts in spite of a conflict, or that it is left out."""

from __future__ import annotations

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.registry.models import Enterprise, Roster, RosterRow, RosterState, Verdict
from duixian.office.registry.rosters.headers import plan_of
from duixian.office.registry.rosters.judge import Judge
from duixian.office.registry.rosters.map_columns import open_roster
from duixian.office.registry.rosters.preview import is_open
from duixian.office.registry.rosters.reading import roster_roles
from duixian.office.registry.rosters.registered import registered, with_numbers
from duixian.office.registry.rosters.roster_file import roster_kind

__all__ = ["decide_row", "previewed_roster", "skip_rows"]


def decide_row(actor: Actor, row_id: int, *, enterprise: str | None = None, skip: bool = False) -> RosterRow:
    """Say whose a row is, or that it is left out.

    Naming the enterprise that a row in conflict has already means: record it nonetheless. Where the choice of another enterprise brings
    a conflict to light, that one is still to be decided.

    Raises:
        Refusal: ``decision-missing`` unless exactly one of the two is given.
        Clash: ``row-unreadable`` when a row that cannot be read is to be recorded, ``roster-not-previewed``, ``roster-closed``.
    """
    if skip == (enterprise is not None):
        raise Refusal("decision-missing", "没有选择", why="须选定企业，或选择不入库", fix="请选其一")
    with acting():
        demand(actor, "roster.decide")
        row = RosterRow.objects.filter(pk=row_id).first()
        if row is None:
            raise NotThere("not-there", "没有找到", why="名单中没有这一行")
        roster = previewed_roster(row.roster_id)
        row = RosterRow.objects.select_for_update(of=("self",), no_key=True).get(pk=row_id)
        if enterprise is None:
            row.is_skipped, row.decided_by_id = True, actor.id
        else:
            _choose(actor, roster, row, enterprise)
        row.save(update_fields=["is_skipped", "decided_by", "enterprise", "values", "verdict", "problems"])
        _count(roster)
        detail = {"row": row.number, "skipped": row.is_skipped, "verdict": row.verdict}
        tell(actor, "roster.decide", roster, enterprise=enterprise or "", detail=detail)
        return row


def skip_rows(actor: Actor, roster_id: int, verdict: str) -> Roster:
    """Leave out all rows of one verdict that wait for a person.

    Raises:
        Refusal: ``verdict-unknown``.
        Clash: ``roster-not-previewed`` or ``roster-closed``.
    """
    if verdict not in (Verdict.UNCERTAIN, Verdict.UNKNOWN, Verdict.CONFLICT, Verdict.UNREADABLE):
        raise Refusal(
            "verdict-unknown", "这种核对结果的行不需要确认", fix="请选择待确认、未找到、有冲突或读不通"
        )
    with acting():
        demand(actor, "roster.decide")
        roster = previewed_roster(roster_id)
        waiting = roster.rows.filter(verdict=verdict, is_skipped=False, decided_by=None)
        count = waiting.update(is_skipped=True, decided_by=actor.id)
        _count(roster)
        tell(actor, "roster.decide", roster, detail={"skipped": count, "verdict": verdict})
        return roster


def previewed_roster(roster_id: int) -> Roster:
    """A roster that was looked at and may still be worked on, its row held.

    Raises:
        Clash: ``roster-not-previewed`` or ``roster-closed``.
    """
    roster = open_roster(roster_id)
    if roster.state != RosterState.PREVIEWED:
        raise Clash("roster-not-previewed", "名单还没有预览", why="入库前须逐行核对", fix="请先预览")
    return roster


def _choose(actor: Actor, roster: Roster, row: RosterRow, enterprise: str) -> None:
    """Put the enterprise into the row, and hold that against what the registry has."""
    if row.verdict == Verdict.UNREADABLE:
        raise Clash(
            "row-unreadable",
            "这一行读不通，不能入库",
            why="有字段缺失或写错",
            fix="请修正原文件后重新上传，或不入库",
        )
    if not Enterprise.objects.filter(pk=enterprise).exists():
        raise NotThere("not-there", "没有找到", why="企业库中没有这家企业", fix="请先登记该企业")
    kind = roster_kind(roster.kind)
    roles = roster_roles(kind)
    has_numbers = roles.id in plan_of(roster.mapping).fields.values()
    known = registered(kind, roster, [(enterprise, row.values)])
    if has_numbers:
        with_numbers(known, kind, {str(row.values[roles.id])})
    judge = Judge(kind, roster, known, has_numbers=has_numbers)
    # What the list says of this enterprise before counts here as it did in the preview.
    earlier = roster.rows.filter(enterprise_id=enterprise, is_skipped=False, number__lt=row.number)
    for other in earlier.order_by("number"):
        judge.judge(other.number, enterprise, other.values)
    judged = judge.judge(row.number, enterprise, row.values)
    is_accepted = row.verdict == Verdict.CONFLICT and row.enterprise_id == enterprise
    is_new_conflict = judged.verdict == Verdict.CONFLICT and not is_accepted
    row.enterprise_id, row.values, row.is_skipped = enterprise, judged.values, False
    row.verdict = Verdict.CONFLICT if is_accepted else judged.verdict
    row.decided_by_id = None if is_new_conflict else actor.id
    if judged.remarks and not is_accepted:
        row.problems = [*row.problems, *judged.remarks]


def _count(roster: Roster) -> None:
    """Count anew how many rows there are of each verdict, and how many wait."""
    rows = list(roster.rows.values_list("verdict", "is_skipped", "decided_by_id"))
    counts = {verdict: sum(each[0] == verdict for each in rows) for verdict in Verdict.values}
    roster.counts = {"rows": len(rows), **counts, "open": sum(is_open(*each) for each in rows)}
    roster.save(update_fields=["counts"])
