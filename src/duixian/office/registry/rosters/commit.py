"""Taking a list over (入库): all of it or nothing, once. What changed since the preview stops it; again is the first answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, NotThere
from duixian.office.registry.bulk import set_column
from duixian.office.registry.current import current_facts
from duixian.office.registry.fact_rows import FactRow, withdraw_all, write_facts
from duixian.office.registry.models import Roster, RosterRow, RosterState, Source, Verdict
from duixian.office.registry.pen import take_the_pen
from duixian.office.registry.rosters.decide_row import previewed_roster
from duixian.office.registry.rosters.headers import plan_of
from duixian.office.registry.rosters.judge import Judge, Judged
from duixian.office.registry.rosters.preview import is_open
from duixian.office.registry.rosters.reading import roster_roles
from duixian.office.registry.rosters.registered import registered, with_numbers
from duixian.office.registry.rosters.roster_file import roster_kind
from duixian.office.registry.sources import made_source
from duixian.rules.vocabulary import FactKind

_WAITING_SHOWN = 20


class _Row(NamedTuple):
    """What commit needs of a row."""

    id: int
    line: int
    verdict: str
    code: str
    values: Mapping[str, Any]
    decided_by: int | None


def commit(actor: Actor, roster_id: int) -> Roster:
    """Record the facts of a list; ``counts`` then tells what became of its rows.

    Raises:
        Clash: ``roster-not-previewed``, ``roster-waits`` while rows are undecided, ``preview-outdated`` when the registry has changed
            since, ``roster-closed``.
    """
    with acting():
        demand(actor, "roster.commit")
        take_the_pen()
        roster = Roster.objects.select_for_update(of=("self",), no_key=True).filter(pk=roster_id).first()
        if roster is None:
            raise NotThere("not-there", "没有找到", why="没有这份名单")
        if roster.state == RosterState.COMMITTED:
            return roster
        roster = previewed_roster(roster_id)
        _demand_decided(roster)
        roster.source = made_source(
            actor, roster.title, issuer=roster.issuer, document_number=roster.document_number,
            published_on=roster.published_on, content_hash=roster.content_hash,
        )  # fmt: skip
        counts = _record(roster, roster.source)
        roster.state, roster.counts = RosterState.COMMITTED, {**roster.counts, **counts}
        roster.save(update_fields=["source", "state", "counts"])
        tell(actor, "roster.commit", roster, detail={"content": roster.content_hash, **roster.counts})
        return roster


def _demand_decided(roster: Roster) -> None:
    rows = roster.rows.order_by("number").values_list("number", "verdict", "is_skipped", "decided_by_id")
    waiting = [line for line, verdict, is_skipped, by in rows if is_open(verdict, is_skipped, by)]
    if waiting:
        raise Clash(
            "roster-waits",
            f"还有{len(waiting)}行没有确认",
            why="入库是整份名单的事，不留未定的行",
            fix="请逐行选定企业，或选择不入库",
            count=len(waiting),
            rows=waiting[:_WAITING_SHOWN],
        )


def _record(roster: Roster, source: Source) -> dict[str, int]:
    """Judge every row once more, record what is new, and name its fact in each row."""
    kind = roster_kind(roster.kind)
    rows = _rows(roster)
    judged = _judged(roster, kind, rows)
    _demand_unchanged(judged)
    fresh = [(row, found) for row, found in judged if not _is_known(row, found)]
    facts = [FactRow(kind.name, found.number, row.code, found.values, row.line) for row, found in fresh]
    recorded = write_facts(source.pk, facts)
    known = [
        (row.id, found.fact) for row, found in judged if _is_known(row, found) and found.fact is not None
    ]
    written = [(row.id, recorded.facts[kind.name, found.number]) for row, found in fresh]
    set_column(RosterRow, "fact_id", [*known, *written])
    withdrawn = _withdraw_dropped(roster, source, {found.number for _, found in judged})
    skipped = roster.counts.get("rows", len(rows)) - len(rows)
    known_rows = len(rows) - len(fresh) + recorded.known
    return {
        "recorded": recorded.new, "superseded": recorded.superseded, "already_known": known_rows, "skipped": skipped,
        "withdrawn": withdrawn,
    }  # fmt: skip


def _rows(roster: Roster) -> list[_Row]:
    """The rows that are not left out, in their order."""
    columns = ("pk", "number", "verdict", "enterprise_id", "values", "decided_by_id")
    rows = roster.rows.filter(is_skipped=False).order_by("number").values_list(*columns)
    return [_Row(*row) for row in rows.iterator(chunk_size=5_000)]


def _judged(roster: Roster, kind: FactKind, rows: Collection[_Row]) -> list[tuple[_Row, Judged]]:
    id_field = roster_roles(kind).id
    has_numbers = id_field in plan_of(roster.mapping).fields.values()
    known = registered(kind, roster, [(row.code, row.values) for row in rows])
    if has_numbers:
        with_numbers(known, kind, {str(row.values[id_field]) for row in rows})
    judge = Judge(kind, roster, known, has_numbers=has_numbers)
    return [(row, judge.judge(row.line, row.code, row.values)) for row in rows]


def _demand_unchanged(judged: Collection[tuple[_Row, Judged]]) -> None:
    """What nobody decided on must still be what the preview showed."""
    changed = [row.line for row, found in judged if row.decided_by is None and found.verdict != row.verdict]
    if changed:
        raise Clash(
            "preview-outdated",
            "预览之后企业库有变化",
            why=f"有{len(changed)}行的核对结果已不同",
            fix="请重新预览",
            rows=changed[:_WAITING_SHOWN],
        )


def _is_known(row: _Row, found: Judged) -> bool:
    """Whether nothing is to be recorded; what a person wants recorded in spite of a conflict is."""
    return found.verdict == Verdict.KNOWN


def _withdraw_dropped(roster: Roster, source: Source, numbers: Collection[str]) -> int:
    """Withdraw the facts of the list that this one corrects, where they stand on it no longer."""
    if roster.corrects is None or roster.corrects.source_id is None:
        return 0
    earlier = current_facts(kind=roster.kind).filter(source_id=roster.corrects.source_id)
    dropped = [fact for fact in earlier.order_by("pk") if fact.number not in numbers]
    withdraw_all(source.pk, dropped)
    return len(dropped)
