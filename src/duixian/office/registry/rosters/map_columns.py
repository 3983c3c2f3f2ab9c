"""Saying which column holds which field (对应列): by a person, and remembered for the issuer's next list."""

from __future__ import annotations

from collections.abc import Mapping

from duixian.exchange.tables.areas import AreaReader
from duixian.exchange.tables.cell_text import Unreadable
from duixian.exchange.tables.cells import Words, cell_reader
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.city import city
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.registry.models import Roster, RosterState
from duixian.office.registry.rosters.headers import ColumnPlan, headers_of, plan_of, remember
from duixian.office.registry.rosters.roster_file import raw_of, roster_kind
from duixian.rules.vocabulary import FactKind
from duixian.source.titles import TitleReader


def map_columns(
    actor: Actor,
    roster_id: int,
    fields: Mapping[int, str],
    *,
    line: int | None = None,
    constants: Mapping[str, str] | None = None,
) -> Roster:
    """Set the field of each column, counted from 1, and where that is given the row of the header and what holds for every row.

    A preview that was made before is no more.

    Raises:
        Refusal: ``field-unknown``, ``field-twice``, ``header-not-there``, ``constant-unfit``.
        Clash: ``roster-closed`` once the list is committed or undone.
    """
    with acting():
        demand(actor, "roster.map")
        roster = open_roster(roster_id)
        kind = roster_kind(roster.kind)
        if constants is not None:
            demand_constants(kind, constants)
            roster.constants = dict(constants)
        wanted = line if line is not None else plan_of(roster.mapping).line
        raw = raw_of(roster, kind)
        headers = next((headers_of(cells) for number, cells in raw.rows if number == wanted), None)
        if headers is None:
            raise Refusal(
                "header-not-there",
                "没有这一行表头",
                why="表头行号不在表内",
                fix="请填写表头所在的行号",
                line=wanted,
            )
        _demand_fields(kind, fields, max(len(cells) for _, cells in raw.rows), roster.constants)
        plan = ColumnPlan(wanted, headers, dict(fields))
        roster.mapping = plan.as_json()
        roster.state = RosterState.UPLOADED
        roster.save(update_fields=["mapping", "constants", "state"])
        roster.rows.all().delete()
        remember(roster.issuer, roster.kind, plan)
        tell(actor, "roster.map", roster, detail={"fields": sorted(set(fields.values())), "line": wanted})
        return roster


def open_roster(roster_id: int) -> Roster:
    """A roster that may still be worked on, its row held.

    Raises:
        NotThere: when there is none.
        Clash: ``roster-closed``.
    """
    roster = Roster.objects.select_for_update(of=("self",), no_key=True).filter(pk=roster_id).first()
    if roster is None:
        raise NotThere("not-there", "没有找到", why="没有这份名单")
    if roster.state not in (RosterState.UPLOADED, RosterState.PREVIEWED):
        raise Clash(
            "roster-closed",
            f"名单{roster.get_state_display()}，不能再改",
            why="入库后的名单只能撤销",
            fix="请先撤销，再重新上传",
            state=roster.state,
        )
    return roster


def demand_constants(kind: FactKind, constants: Mapping[str, str]) -> None:
    """Go on only when each constant is a text that a cell of its field could hold.

    Raises:
        Refusal: ``field-unknown`` or ``constant-unfit``.
    """
    here = city()
    words = Words(TitleReader.of(here.vocabulary), AreaReader(here.region))
    for name, text in constants.items():
        field = _field(kind, name)
        try:
            empty = cell_reader(kind.fields[field], words)(text) is None
        except Unreadable as error:
            raise Refusal(
                "constant-unfit", f"统一取值“{name}”读不通", why=error.expected or error.code, fix="请对照词汇表填写", field=name
            ) from error  # fmt: skip
        if empty:
            raise Refusal("constant-unfit", f"统一取值“{name}”是空的", fix="请填写，或去掉", field=name)


def _demand_fields(
    kind: FactKind, fields: Mapping[int, str], width: int, constants: Mapping[str, str]
) -> None:
    named = [_field(kind, name) for name in [*fields.values(), *constants]]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise Refusal(
            "field-twice",
            f"字段重复：{'、'.join(twice)}",
            why="一个字段只能取自一列或统一取值",
            fix="请去掉重复的",
            fields=twice,
        )
    strange = [column for column in fields if not 1 <= column <= width]
    if strange:
        raise Refusal(
            "column-not-there", "没有这一列", why=f"表有{width}列", fix="请核对列号", columns=strange
        )


def _field(kind: FactKind, name: str) -> str:
    if name not in kind.fields:
        raise Refusal(
            "field-unknown",
            f"{kind.name}没有这个字段：{name[:40]}",
            fix=f"可用的字段：{'、'.join(kind.fields)}",
        )
    return name
