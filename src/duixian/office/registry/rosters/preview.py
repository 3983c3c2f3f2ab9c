"""Looking at a list before it is taken over (预览): every row with what it was found to be, and all that is to be said of it.

Reading and matching hold nobody up; only what was found is written in one go. Decisions that a person made on a row stay when the list
is looked at again, as long as the row says the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone

from duixian.exchange.tables.shown import shown
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.registry.bulk import insert_rows
from duixian.office.registry.fact_rows import known_codes
from duixian.office.registry.known_names import known_names
from duixian.office.registry.models import Roster, RosterRow, RosterState, Verdict
from duixian.office.registry.remarks import ERROR, remark
from duixian.office.registry.rosters.headers import plan_of
from duixian.office.registry.rosters.judge import Judge
from duixian.office.registry.rosters.map_columns import open_roster
from duixian.office.registry.rosters.reading import ReadRoster, ReadRow, read_roster, roster_roles
from duixian.office.registry.rosters.registered import registered, with_numbers
from duixian.office.registry.rosters.resolve import Resolved, Resolver
from duixian.office.registry.rosters.roster_file import raw_of, roster_kind
from duixian.office.registry.stored_values import stored_values
from duixian.rules.vocabulary import FactKind

_COLUMNS = (
    "roster_id", "number", "cells", "values", "verdict", "enterprise_id", "candidates", "problems", "is_skipped", "decided_by_id",
)  # fmt: skip


class _Decision(NamedTuple):
    """What a person decided on a row (确认)."""

    cells: list[str]
    code: str | None
    is_skipped: bool
    by: int | None
    verdict: str


_Decided = Mapping[int, _Decision]


@dataclass(slots=True)
class Seen:
    """A row of the preview (预览行)."""

    line: int
    cells: list[str]
    verdict: str
    values: dict[str, Any] = field(default_factory=dict)
    code: str | None = None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)
    is_skipped: bool = False
    decided_by: int | None = None


def preview(actor: Actor, roster_id: int) -> Roster:
    """Look at a list; its rows are then to be read and decided.

    Raises:
        Refusal: ``header-not-found`` or ``column-missing`` when the columns are to be mapped first.
        Clash: ``roster-closed``, or ``roster-changed`` when somebody mapped its columns meanwhile.
    """
    demand(actor, "roster.preview")
    roster = Roster.objects.select_related("file").filter(pk=roster_id).first()
    if roster is None:
        raise NotThere("not-there", "没有找到", why="没有这份名单")
    kind = roster_kind(roster.kind)
    demand_columns(roster, kind)
    plan = plan_of(roster.mapping)
    read = read_roster(raw_of(roster, kind), plan, kind, roster.constants)
    rows = _seen(roster, kind, read, has_numbers=roster_roles(kind).id in plan.fields.values())
    with acting():
        held = open_roster(roster_id)
        if (held.mapping, held.constants) != (roster.mapping, roster.constants):
            raise Clash(
                "roster-changed", "列对应已被他人改动", why="预览期间有人改了列对应", fix="请重新预览"
            )
        _write(held, rows)
        held.state, held.problems, held.counts = RosterState.PREVIEWED, read.remarks, counts_of(rows)
        held.save(update_fields=["state", "problems", "counts"])
        tell(actor, "roster.preview", held, detail=held.counts)
        return held


def demand_columns(roster: Roster, kind: FactKind) -> None:
    """Go on only when the header is found and every required field has a column or a constant."""
    plan, roles = plan_of(roster.mapping), roster_roles(kind)
    named = {*plan.fields.values(), *roster.constants}
    if not plan.line:
        raise Refusal(
            "header-not-found", "没有认出表头", why="前几行中没有认识的列名", fix="请指明表头行和各列的字段"
        )
    missing = [each.name for each in kind.fields.values() if each.is_required and each.name not in named]
    missing = [name for name in missing if name not in (roles.id, roles.code)]
    if not {roles.code, roles.name} & set(plan.fields.values()):
        missing.insert(0, roles.name or roles.code)
    if missing:
        raise Refusal(
            "column-missing",
            f"没有对应的列：{'、'.join(missing)}",
            why="这些字段必须有",
            fix="请对应列，或填写统一取值",
            fields=missing,
        )


def counts_of(rows: list[Seen]) -> dict[str, int]:
    """How many rows there are of each verdict, and how many still wait for a person."""
    found = Counter(str(row.verdict) for row in rows)
    waiting = sum(is_open(row.verdict, row.is_skipped, row.decided_by) for row in rows)
    return {"rows": len(rows), **{verdict: found[verdict] for verdict in Verdict.values}, "open": waiting}


def is_open(verdict: str, is_skipped: bool, decided_by: int | None) -> bool:
    """Whether a row waits for a person."""
    return not is_skipped and decided_by is None and verdict not in (Verdict.MATCHED, Verdict.KNOWN)


def _seen(roster: Roster, kind: FactKind, read: ReadRoster, *, has_numbers: bool) -> list[Seen]:
    """All rows: whose each is first, then what it is."""
    roles = roster_roles(kind)
    records = [row.record for row in read.rows if row.record is not None]
    codes = known_codes({record.code for record in records if record.code})
    resolver = Resolver(known_names(timezone.localdate()), codes)
    decided = _decided(roster)
    whose = {id(row): _whose(row, resolver, decided) for row in read.rows}
    _part_shared_numbers(read, whose)
    found = [
        (each.code, row.record.values)
        for row in read.rows
        if (each := whose[id(row)]).code and row.record is not None
    ]
    known = registered(kind, roster, found)
    if has_numbers:
        with_numbers(known, kind, {record.id for record in records})
    judge = Judge(kind, roster, known, has_numbers=has_numbers)
    return [_row(row, whose[id(row)], judge, decided, roles.code) for row in read.rows]


def _part_shared_numbers(read: ReadRoster, whose: dict[int, Resolved]) -> None:
    """A number that several enterprises have is nobody's: none of its rows can be recorded."""
    shared: dict[str, list[ReadRow]] = defaultdict(list)
    for row in read.rows:
        if row.record is not None and whose[id(row)].code:
            shared[row.record.id].append(row)
    for number, rows in shared.items():
        if len({whose[id(row)].code for row in rows}) == 1:
            continue
        for row in rows:
            others = "、".join(f"第{other.line}行" for other in rows if other is not row)
            row.remarks.append(
                remark(
                    "number-shared", ERROR, f"编号“{shown(number)}”在{others}是别的企业的",
                    why="一个编号只能是一家企业的一件事", fix="请修正原文件后重新上传，或这几行不入库", line=row.line, found=shown(number),
                )
            )  # fmt: skip
            row.record, whose[id(row)] = None, Resolved(Verdict.UNREADABLE)


def _whose(row: ReadRow, resolver: Resolver, decided: _Decided) -> Resolved:
    """The enterprise of a row: as a person decided, or as it says itself."""
    if row.record is None:
        return Resolved(Verdict.UNREADABLE)
    known = decided.get(row.line)
    if known is not None and known.cells == row.cells and known.code:
        return Resolved(Verdict.MATCHED, known.code)
    return resolver.resolve(row.record.code, row.record.name)


def _row(row: ReadRow, whose: Resolved, judge: Judge, decided: _Decided, code_field: str) -> Seen:
    seen = Seen(
        row.line,
        row.cells,
        whose.verdict,
        candidates=whose.candidates,
        remarks=[*row.remarks, *whose.remarks],
    )
    known = decided.get(row.line)
    if known is not None and known.cells == row.cells:
        seen.is_skipped, seen.decided_by = known.is_skipped, known.by
    if row.record is None:
        return seen
    seen.values = dict(stored_values(row.record.values))
    if not whose.code:
        return seen
    seen.code = whose.code
    seen.values[code_field] = whose.code
    if seen.is_skipped:
        return seen
    judged = judge.judge(row.line, whose.code, seen.values)
    seen.values, seen.remarks = judged.values, [*seen.remarks, *judged.remarks]
    if whose.verdict == Verdict.MATCHED:
        seen.verdict = judged.verdict
    if seen.verdict == Verdict.CONFLICT and known is not None and known.verdict != Verdict.CONFLICT:
        # The enterprise was decided on, this conflict was not.
        seen.decided_by = None
    return seen


def _decided(roster: Roster) -> _Decided:
    columns = ("number", "cells", "enterprise_id", "is_skipped", "decided_by_id", "verdict")
    rows = roster.rows.exclude(decided_by=None).values_list(*columns)
    return {number: _Decision(*decision) for number, *decision in rows}


def _write(roster: Roster, rows: list[Seen]) -> None:
    roster.rows.all().delete()
    insert_rows(RosterRow, _COLUMNS, _lines(roster.pk, rows))


def _lines(roster: int, rows: list[Seen]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield (
            roster, row.line, row.cells, row.values, str(row.verdict), row.code, row.candidates, row.remarks, row.is_skipped,
            row.decided_by,
        )  # fmt: skip
