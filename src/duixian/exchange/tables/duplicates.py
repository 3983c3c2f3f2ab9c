"""Rows that come twice (重复行): one number is one fact.

The same row again says nothing new: one is kept. Two different rows under one number contradict each other, and nobody but
their author knows which is right: both are left aside. The same holds for two rows of one enterprise in 企业.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from duixian.exchange.tables.findings import Findings
from duixian.exchange.tables.rows import Record
from duixian.exchange.tables.shown import shown
from duixian.rules.vocabulary import FieldType


def without_duplicates(
    records: Iterable[Record], key: Callable[[Record], str], findings: Findings
) -> list[Record]:
    """The records of one kind, each key once; ``key`` gives the number, or the code for the subject."""
    by_key: dict[str, list[Record]] = {}
    for record in records:
        by_key.setdefault(key(record), []).append(record)
    return [kept for name, same in by_key.items() if (kept := _one_of(name, same, findings))]


def _one_of(name: str, same: list[Record], findings: Findings) -> Record | None:
    """The record that stands for all of these, None when they disagree."""
    first = same[0]
    if len(same) == 1:
        return first
    type_ = FieldType.CREDIT_CODE if first.kind.is_subject else None
    agree = all(record.code == first.code and record.values == first.values for record in same)
    for record in same[1:] if agree else same:
        other = first if record is not first else same[1]
        if agree:
            findings.note("repeated-row", record.place, found=shown(name, type_), expected=str(other.place))
        else:
            code = "enterprise-twice" if record.kind.is_subject else "duplicate-id"
            findings.add(code, record.place, found=shown(name, type_), expected=str(other.place))
    return first if agree else None
