"""Records gathered by enterprise (归集成档): dossiers by code, facts by kind and number, whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable

from duixian.credit_code import masked
from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.rows import Record
from duixian.exchange.tables.shown import shown
from duixian.rules.fact import Dossier, Fact


def gather_dossiers(
    subjects: Iterable[Record], facts: Iterable[Record], findings: Findings, *, has_subjects: bool
) -> tuple[Dossier, ...]:
    """A dossier for every enterprise that has a description or a fact.

    ``has_subjects`` says whether there was a table of enterprises at all: without one, that each enterprise is missing from it
    would say nothing.
    """
    described = {record.code: record for record in subjects}
    by_code: dict[str, list[Record]] = {code: [] for code in described}
    for record in facts:
        by_code.setdefault(record.code, []).append(record)
    return tuple(
        _dossier(code, described.get(code), by_code[code], findings, has_subjects=has_subjects)
        for code in sorted(by_code)
    )


def _dossier(
    code: str, subject: Record | None, records: list[Record], findings: Findings, *, has_subjects: bool
) -> Dossier:
    records.sort(key=lambda record: (record.kind.name, record.id))
    facts = tuple(Fact(each.kind.name, each.id, code, each.values, each.place) for each in records)
    if subject is not None:
        return Dossier(code, subject.name, subject.values, facts)
    first = min(records, key=lambda record: record.place)
    name = next((each.name for each in records if each.name), "")
    if has_subjects:
        findings.note("enterprise-not-listed", first.place, found=f"{masked(code)} {shown(name)}".strip())
    return Dossier(code, name, {}, facts)
