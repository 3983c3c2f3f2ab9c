"""Facts into the registry (事实入库): new ones begin, changed ones supersede, known ones are passed over; in bulk as one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from duixian.office.city import city
from duixian.office.refusal import Clash
from duixian.office.registry.bulk import insert_rows, reserve_numbers
from duixian.office.registry.models import Enterprise, FactRecord
from duixian.office.registry.stored_values import Stored, hash_of_fact, stored_values
from duixian.rules.fact import Value

_FEW = 5_000
_PIECE = 500
_COLUMNS = (
    "id", "kind", "number", "enterprise_id", "happened_on", "values", "content_hash", "source_id", "source_row", "recorded_at",
    "supersedes_id", "is_withdrawal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact that is to be recorded (待登记事实), with its row in the source; its values as engines or as the database have them."""

    kind: str
    number: str
    code: str
    values: Mapping[str, Value | Stored]
    row: int | None = None


class Head(NamedTuple):
    """The last version of a fact (最新版本), a withdrawal perhaps."""

    id: int
    number: str
    enterprise: str
    content_hash: str
    is_withdrawal: bool


@dataclass(slots=True)
class Recorded:
    """What became of rows (登记结果): how many facts began, superseded an earlier version or were known; ``facts`` leads to all."""

    new: int = 0
    superseded: int = 0
    known: int = 0
    facts: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """The three numbers."""
        return {"new": self.new, "superseded": self.superseded, "known": self.known}


def write_facts(source_id: int, rows: Sequence[FactRow]) -> Recorded:
    """Write facts, the pen in hand. Enterprises that are not there yet begin with them.

    Raises:
        Clash: ``number-twice`` when two rows say different things under one number.
    """
    by_key = _once(rows)
    heads = {
        kind: heads_of(kind, {number for each, number in by_key if each == kind}) for kind in _kinds(rows)
    }
    ensure_enterprises({row.code for row in rows})
    recorded, written = Recorded(), []
    for key, (row, values, content_hash) in by_key.items():
        head = heads[row.kind].get(row.number)
        if head is not None and not head.is_withdrawal and head.content_hash == content_hash:
            recorded.known += 1
            recorded.facts[key] = head.id
            continue
        recorded.new += head is None
        recorded.superseded += head is not None
        written.append((row, values, content_hash, head.id if head else None))
    numbers = reserve_numbers(FactRecord, len(written))
    recorded.facts.update(
        {(each[0].kind, each[0].number): number for each, number in zip(written, numbers, strict=True)}
    )
    insert_rows(FactRecord, _COLUMNS, _lines(source_id, written, numbers))
    return recorded


def restate(earlier: Sequence[FactRecord], replaced: Sequence[int]) -> None:
    """Say again what earlier versions said, in place of the versions numbered ``replaced``; the source is that of the earlier ones."""
    now = timezone.now()
    numbers = reserve_numbers(FactRecord, len(earlier))
    insert_rows(
        FactRecord,
        _COLUMNS,
        (
            (number, each.kind, each.number, each.enterprise_id, each.happened_on, each.values, each.content_hash, each.source_id,
             each.source_row, now, head, False)
            for number, each, head in zip(numbers, earlier, replaced, strict=True)
        ),
    )  # fmt: skip


def withdraw_all(source_id: int, facts: Sequence[FactRecord]) -> None:
    """Withdraw facts, each superseded by a row that says so."""
    now = timezone.now()
    numbers = reserve_numbers(FactRecord, len(facts))
    insert_rows(
        FactRecord,
        _COLUMNS,
        (
            (number, each.kind, each.number, each.enterprise_id, each.happened_on, each.values, each.content_hash, source_id, None, now,
             each.pk, True)
            for number, each in zip(numbers, facts, strict=True)
        ),
    )  # fmt: skip


def heads_of(kind: str, numbers: Collection[str]) -> dict[str, Head]:
    """The last versions of the facts of a kind with these numbers."""
    last = FactRecord.objects.filter(kind=kind, successor__isnull=True)
    if len(numbers) > _FEW:
        return {head.number: head for head in _heads(last) if head.number in numbers}
    asked = sorted(numbers)
    pieces = (asked[start : start + _PIECE] for start in range(0, len(asked), _PIECE))
    return {head.number: head for piece in pieces for head in _heads(last.filter(number__in=piece))}


def ensure_enterprises(codes: Collection[str]) -> int:
    """Let enterprises be known that were not; how many these are."""
    known = known_codes(codes)
    strange = sorted(set(codes) - known)
    now = timezone.now()
    insert_rows(Enterprise, ("code", "known_since"), ((code, now) for code in strange))
    return len(strange)


def known_codes(codes: Collection[str]) -> set[str]:
    """Which of these codes the registry knows."""
    if len(codes) > _FEW:
        return set(Enterprise.objects.values_list("code", flat=True).iterator()) & set(codes)
    asked = sorted(codes)
    found: set[str] = set()
    for start in range(0, len(asked), _PIECE):
        piece = asked[start : start + _PIECE]
        found.update(Enterprise.objects.filter(code__in=piece).values_list("code", flat=True))
    return found


_Prepared = tuple[FactRow, dict[str, Stored], str]


def _once(rows: Sequence[FactRow]) -> dict[tuple[str, str], _Prepared]:
    """The rows by kind and number, each once, with what they look like in the database."""
    found: dict[tuple[str, str], _Prepared] = {}
    for row in rows:
        values = stored_values(row.values)
        content_hash = hash_of_fact(row.kind, row.number, row.code, values)
        first = found.setdefault((row.kind, row.number), (row, values, content_hash))
        if first[2] != content_hash:
            raise Clash(
                "number-twice",
                "一个编号有两种内容",
                why="同一编号只能是同一事实",
                fix="请核对编号后重新提交",
                kind=row.kind,
                number=row.number,
            )
    return found


def _heads(last: QuerySet[FactRecord]) -> Iterator[Head]:
    columns = ("pk", "number", "enterprise_id", "content_hash", "is_withdrawal")
    return (Head(*each) for each in last.values_list(*columns).iterator(chunk_size=5_000))


def _kinds(rows: Sequence[FactRow]) -> set[str]:
    return {row.kind for row in rows}


def _lines(
    source_id: int,
    written: Sequence[tuple[FactRow, dict[str, Stored], str, int | None]],
    numbers: Sequence[int],
) -> Iterator[tuple[object, ...]]:
    now = timezone.now()
    days = {name: kind.date_field for name, kind in city().vocabulary.kinds.items()}
    for (row, values, content_hash, head), number in zip(written, numbers, strict=True):
        day = str(values.get(days.get(row.kind, ""), ""))
        yield (
            number, row.kind, row.number, row.code, date.fromisoformat(day) if day else None, values, content_hash, source_id, row.row,
            now, head, False,
        )  # fmt: skip
