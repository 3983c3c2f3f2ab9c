"""A city's fact tables into the registry (导入事实表): what ``duixian determine`` reads from a folder, here it is kept.

Good rows are kept, every problem is told. A table of enterprises says what they are, not since when: its values hold from ``since`` on,
and where that is not given, without a beginning. What the registry knows otherwise is left as it is, and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from duixian.exchange.tables.roster import UncertainName
from duixian.exchange.tables.rows import Record
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.city import city
from duixian.office.registry.attribute_names import code_field
from duixian.office.registry.bulk import insert_rows
from duixian.office.registry.change import changed
from duixian.office.registry.current import current_attributes
from duixian.office.registry.fact_rows import FactRow, ensure_enterprises, write_facts
from duixian.office.registry.known_names import known_names
from duixian.office.registry.models import Attribute, Source
from duixian.office.registry.pen import take_the_pen
from duixian.office.registry.remarks import WARNING, remark, told
from duixian.office.registry.sources import made_source
from duixian.office.registry.spans import Span
from duixian.office.registry.stored_values import stored
from duixian.office.registry.table_records import TableRecords, read_tables
from duixian.rules.fact import Value

_COLUMNS = (
    "enterprise_id", "name", "value", "valid_from", "valid_to", "source_id", "source_row", "recorded_at", "is_withdrawal",
)  # fmt: skip


@dataclass(slots=True)
class Imported:
    """What became of an import (导入结果): how much was new, changed and known, which names a person has to settle, all problems."""

    enterprises: int = 0
    attributes: int = 0
    changes: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    uncertain: list[UncertainName] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """All numbers."""
        return {
            "rows": self.rows,
            "enterprises": self.enterprises,
            "attributes": self.attributes,
            "changes": self.changes,
            "uncertain": len(self.uncertain),
            **self.facts,
        }


def import_tables(
    actor: Actor, source: str, tables: Path | Mapping[str, Any], *, since: date | None = None
) -> Imported:
    """Import a folder of fact tables, one file, or typed tables in memory; the same again changes nothing.

    ``source`` is the title under which each file becomes a source of its own. Reading comes first and holds nobody up; what is written is
    one transaction.
    """
    demand(actor, "tables.import")
    read = read_tables(tables, city(), known_names(timezone.localdate()))
    with acting():
        take_the_pen()
        found = Imported(
            rows=read.rows, uncertain=read.uncertain, problems=[told(each) for each in read.problems]
        )
        sources = _sources(actor, source, read)
        found.sources = list(sources.values())
        _keep_subjects(read.subjects, sources, since, found)
        _keep_facts(read.facts, sources, found)
        tell(
            actor,
            "tables.import",
            "",
            detail={"sources": [each.pk for each in found.sources], **found.counts},
        )
        return found


def _sources(actor: Actor, title: str, read: TableRecords) -> dict[str, Source]:
    """A source for each file and sheet that has a good row."""
    names = sorted({_table(record) for record in (*read.subjects, *read.facts)})
    return {name: made_source(actor, f"{title} {name}".strip()) for name in names}


def _keep_facts(facts: Iterable[Record], sources: Mapping[str, Source], found: Imported) -> None:
    by_table: dict[str, list[FactRow]] = {}
    for record in facts:
        row = FactRow(record.kind.name, record.id, record.code, record.values, record.place.line)
        by_table.setdefault(_table(record), []).append(row)
    for table, rows in by_table.items():
        found.facts.update(write_facts(sources[table].pk, rows).counts)


def _keep_subjects(
    subjects: list[Record], sources: Mapping[str, Source], since: date | None, found: Imported
) -> None:
    """Keep what is new; what differs from what is known is a change where its day is known, and else told."""
    found.enterprises = ensure_enterprises({record.code for record in subjects})
    name_of_code = code_field()
    for record in subjects:
        record.values.pop(name_of_code, None)
    differing = _without_known({record.code: record.values for record in subjects}, Span(since))
    changes = [
        (record, name, record.values.pop(name), differing[record.code, name])
        for record in subjects
        for name in list(record.values)
        if (record.code, name) in differing
    ]
    now = timezone.now()
    found.attributes = sum(len(record.values) for record in subjects)
    insert_rows(
        Attribute,
        _COLUMNS,
        (
            (
                record.code,
                name,
                stored(value),
                since,
                None,
                sources[_table(record)].pk,
                record.place.line,
                now,
                False,
            )
            for record in subjects
            for name, value in record.values.items()
        ),
    )
    for record, name, value, known in changes:
        _change(record, name, value, since, sources[_table(record)], known, found)


def _without_known(told: Mapping[str, dict[str, Value]], span: Span) -> dict[tuple[str, str], list[Span]]:
    """Take out of the tables what the registry knows; what it knows otherwise for these days is the answer, by enterprise and name."""
    differing: dict[tuple[str, str], list[Span]] = {}
    columns = ("enterprise_id", "name", "value", "valid_from", "valid_to")
    for code, name, value, first, last in (
        current_attributes().values_list(*columns).iterator(chunk_size=10_000)
    ):
        values, known = told.get(code), Span(first, last)
        if values is None or name not in values or not known.meets(span):
            continue
        if stored(values[name]) == value and (known.holds(span) or last is None):
            del values[name]
        else:
            differing.setdefault((code, name), []).append(known)
    return differing


def _change(
    record: Record, name: str, value: Value, since: date | None, source: Source, known: list[Span], found: Imported
) -> None:  # fmt: skip
    """A value that differs: a change from a day on, where that day is known and nothing begins later; else it is told and left."""
    if since is not None and all(span.first is None or span.first < since for span in known):
        changed(source, record.code, name, value, since, record.place.line)
        found.changes += 1
        return
    found.problems.append(
        remark(
            "attribute-differs",
            WARNING,
            f"{name}与企业库不同，未改动",
            why="同一天只能有一个值，表中没有写明自何日起变化",
            fix="请登记变更日期，或按起用日期重新导入",
            line=record.place.line,
            file=record.place.file,
            expected="、".join(map(str, known)),
        )
    )


def _table(record: Record) -> str:
    place = record.place
    return f"{place.file}[{place.sheet}]" if place.sheet else place.file
