"""The facts of a kind that the registry has (在库事实), as lists are held against them: by number, and by what they are about."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from duixian.office.registry.models import FactRecord, Roster, Source
from duixian.rules.vocabulary import FactKind
from duixian.source.normalise import fold

_FEW, _FEW_TITLES = 2_000, 20
_PIECE = 500

Matter = tuple[str, ...]
"""What a fact is about: its enterprise, title, day and object."""


class KnownFact(NamedTuple):
    """A fact of the registry (在库事实), a withdrawn one perhaps."""

    id: int
    number: str
    enterprise: str
    content_hash: str
    is_withdrawal: bool
    values: Mapping[str, Any]
    issuer: str
    document: str


@dataclass(slots=True)
class Registered:
    """The last versions of the facts of a kind."""

    by_number: dict[str, KnownFact] = field(default_factory=dict)
    by_matter: dict[Matter, list[KnownFact]] = field(default_factory=dict)


def registered(kind: FactKind, roster: Roster, rows: Collection[tuple[str, Mapping[str, Any]]]) -> Registered:
    """The facts that rows of a list may be about: each row is given with its enterprise and values.

    These are the facts of the same titles that those enterprises have, and all that came of the same document.
    """
    found, codes = Registered(), {code for code, _ in rows}
    last = FactRecord.objects.filter(kind=kind.name, successor__isnull=True)
    alike = last
    if kind.title_field:
        titles = sorted({str(values.get(kind.title_field, "")) for _, values in rows})
        alike = (
            last.filter(**{f"values__{kind.title_field}__in": titles}) if len(titles) <= _FEW_TITLES else last
        )
    for fact in _of(alike, codes):
        _enter(found, kind, fact)
    for fact in _facts(last.filter(source__in=_same_document(roster))):
        if fact.number not in found.by_number:
            _enter(found, kind, fact)
    return found


def _same_document(roster: Roster) -> list[int]:
    """The sources of the same issuer and document, however these are written."""
    asked = (fold(roster.issuer), fold(roster.document_number))
    known = Source.objects.exclude(issuer="").values_list("pk", "issuer", "document_number")
    return [pk for pk, issuer, document in known if (fold(issuer), fold(document)) == asked]


def _of(last: QuerySet[FactRecord], codes: Collection[str]) -> Iterator[KnownFact]:
    """The facts of these enterprises."""
    if len(codes) > _FEW:
        yield from (fact for fact in _facts(last) if fact.enterprise in codes)
        return
    asked = sorted(codes)
    for start in range(0, len(asked), _PIECE):
        yield from _facts(last.filter(enterprise_id__in=asked[start : start + _PIECE]))


def _enter(found: Registered, kind: FactKind, fact: KnownFact) -> None:
    found.by_number[fact.number] = fact
    if not fact.is_withdrawal:
        found.by_matter.setdefault(matter(kind, fact.enterprise, fact.values), []).append(fact)


def with_numbers(found: Registered, kind: FactKind, numbers: Collection[str]) -> None:
    """Add the facts that bear these numbers, whoever's they are."""
    asked = sorted(set(numbers) - set(found.by_number))
    last = FactRecord.objects.filter(kind=kind.name, successor__isnull=True)
    for start in range(0, len(asked), _PIECE):
        for fact in _facts(last.filter(number__in=asked[start : start + _PIECE])):
            found.by_number[fact.number] = fact


def matter(kind: FactKind, code: str, values: Mapping[str, Any]) -> Matter:
    """What a fact is about."""
    fields = (kind.title_field, kind.date_field, kind.object_field)
    return (code, *(str(values.get(name, "")) if name else "" for name in fields))


def _facts(last: QuerySet[FactRecord]) -> Iterator[KnownFact]:
    rows = last.annotate(
        text=Cast("values", TextField()), issuer=F("source__issuer"), document=F("source__document_number")
    ).values_list(
        "pk", "number", "enterprise_id", "content_hash", "is_withdrawal", "text", "issuer", "document"
    )
    for pk, number, code, content_hash, is_withdrawal, text, issuer, document in rows.iterator(
        chunk_size=5_000
    ):
        yield KnownFact(pk, number, code, content_hash, is_withdrawal, json.loads(text), issuer, document)
