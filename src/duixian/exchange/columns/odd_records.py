"""Rows that were read by row (逐行记录): lists without codes, numbers that come twice, and every table that has no columns.

What depends on all rows of a kind is settled here, before the first block, by the same steps and in the same order as
``read_facts`` takes them. A row that stays in its columns shares its number with none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from duixian.exchange.tables.duplicates import without_duplicates
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.roles import Roles
from duixian.exchange.tables.roster import KnownNames, UncertainName, match_names
from duixian.exchange.tables.rows import Record
from duixian.rules.policy import City


@dataclass(frozen=True, slots=True)
class OddRecord:
    """A record and the place of its table among those that were read (逐行记录)."""

    table: int
    record: Record


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left of the odd records (定稿记录), by kind; and the names that a person has to settle."""

    records: Mapping[str, list[OddRecord]]
    uncertain: tuple[UncertainName, ...]


Subjects = Callable[[Iterable[Record]], Iterable[Record]]
"""All records of enterprises: these, and those in columns."""


def settle(
    odd: Iterable[OddRecord], city: City, roles: Mapping[str, Roles], subjects: Subjects, findings: Findings
) -> Settled:
    """Look up names and settle duplicates; ``subjects`` is asked only when a name has to be looked up."""
    tables: dict[int, int] = {}
    by_kind: dict[str, list[Record]] = {name: [] for name in city.vocabulary.kinds}
    for each in sorted(odd, key=lambda each: (each.table, each.record.place.line)):
        tables[id(each.record)] = each.table
        by_kind[each.record.kind.name].append(each.record)
    subject = city.vocabulary.subject.name
    kept = {subject: without_duplicates(by_kind.pop(subject), lambda record: record.code, findings)}
    is_named = any(not record.code for records in by_kind.values() for record in records)
    names = KnownNames(subjects(kept[subject]) if is_named else (), city.region)
    uncertain: list[UncertainName] = []
    for kind, records in by_kind.items():
        named = match_names(records, roles[kind], names, findings, uncertain)
        kept[kind] = without_duplicates(named, lambda record: record.id, findings)
    return Settled(
        {kind: [OddRecord(tables[id(each)], each) for each in records] for kind, records in kept.items()},
        tuple(sorted(uncertain, key=lambda each: each.place)),
    )
