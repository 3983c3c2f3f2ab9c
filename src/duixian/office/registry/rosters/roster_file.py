"""The file of a list (名单文件): its rows as they were published, and of which kind of facts they tell."""

from __future__ import annotations

from duixian.office.city import city
from duixian.office.evidence.store import open_file
from duixian.office.refusal import Refusal
from duixian.office.registry.models import Roster
from duixian.office.registry.rosters.raw_rows import RawTable, read_raw
from duixian.rules.vocabulary import FactKind


def raw_of(roster: Roster, kind: FactKind) -> RawTable:
    """The rows of a roster's file."""
    with open_file(roster.file_id) as stream:
        return read_raw(stream, roster.file_name, roster.file.media_type, kind)


def roster_kind(name: str) -> FactKind:
    """The kind of facts of a list.

    Raises:
        Refusal: ``roster-kind`` when the city knows no such kind, or it describes enterprises themselves.
    """
    kind = city().vocabulary.kinds.get(name)
    if kind is None or kind.is_subject:
        kinds = "、".join(each.name for each in city().vocabulary.kinds.values() if not each.is_subject)
        raise Refusal("roster-kind", "没有这种事实的名单", why=f"名单的种类为：{kinds}", fix="请选择事实种类")
    return kind
