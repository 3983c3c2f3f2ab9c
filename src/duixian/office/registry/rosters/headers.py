"""Which row of a list is its header, and which column holds which field (列对应): guessed, or remembered from the issuer's last list.

A guess is shown and may be changed; what a person decided is remembered for the issuer, the kind and these very headers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duixian.exchange.tables.header import FIRST_ROWS, ORDINAL, Column, HeaderNames
from duixian.exchange.tables.table import Raw
from duixian.money import UNITS_IN_YUAN
from duixian.office.registry.models import ColumnMapping
from duixian.office.registry.rosters.raw_rows import RawTable
from duixian.office.registry.stored_values import as_json
from duixian.rules.vocabulary import FactKind, FieldType
from duixian.source.normalise import fold

_UNITS = "|".join(sorted(UNITS_IN_YUAN, key=len, reverse=True))
_UNIT = re.compile(rf"单位:(?:人民币)?(?P<table>{_UNITS})|[(\[](?P<header>{_UNITS})[)\]]")


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How the columns of a list are read (列对应).

    ``line`` is the header's row, 0 when there is none to be found; ``fields`` leads from a column, counted from 1, to a field of the kind.
    """

    line: int
    headers: tuple[str, ...]
    fields: Mapping[int, str]
    is_remembered: bool = False

    def as_json(self) -> dict[str, Any]:
        """The form in which a roster keeps it."""
        return {
            "line": self.line,
            "headers": list(self.headers),
            "fields": {str(column): name for column, name in sorted(self.fields.items())},
            "is_remembered": self.is_remembered,
        }


def plan_of(kept: Mapping[str, Any]) -> ColumnPlan:
    """The plan that a roster keeps."""
    fields = {int(column): str(name) for column, name in kept.get("fields", {}).items()}
    headers = tuple(kept.get("headers", ()))
    return ColumnPlan(int(kept.get("line", 0)), headers, fields, bool(kept.get("is_remembered", False)))


def find_plan(raw: RawTable, kind: FactKind, issuer: str) -> ColumnPlan:
    """The plan remembered for one of the first rows, else the row that names most fields."""
    first = [(line, headers_of(cells)) for line, cells in raw.rows[:FIRST_ROWS]]
    for line, headers in first:
        known = ColumnMapping.objects.filter(
            issuer=issuer, kind=kind.name, headers_hash=hash_of(headers)
        ).first()
        if known is not None:
            fields = {int(column): name for column, name in known.mapping.items() if name in kind.fields}
            return ColumnPlan(line, headers, fields, is_remembered=True)
    names = HeaderNames(kind)
    counts = [names.count(headers) for _, headers in first]
    best = counts.index(max(counts, default=0)) if counts else 0
    if not counts or not counts[best]:
        return ColumnPlan(0, (), {})
    line, headers = first[best]
    return ColumnPlan(line, headers, _guess(headers, names))


def remember(issuer: str, kind: str, plan: ColumnPlan) -> None:
    """Keep what a person decided for the next list with these headers."""
    ColumnMapping.objects.update_or_create(
        issuer=issuer,
        kind=kind,
        headers_hash=hash_of(plan.headers),
        defaults={"mapping": plan.as_json()["fields"]},
    )


def headers_of(cells: Sequence[Raw]) -> tuple[str, ...]:
    """The texts of a header row, without its empty end."""
    texts = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def hash_of(headers: Sequence[str]) -> str:
    """What makes two headers the same: their words, whatever their spacing and width."""
    return hashlib.sha256(as_json([fold(each) for each in headers]).encode()).hexdigest()


def columns_of(plan: ColumnPlan, kind: FactKind, raw: RawTable) -> tuple[Column, ...]:
    """The columns that are read, amounts in the unit of their header, or of a line above it (单位：万元)."""
    above = [cell for line, cells in raw.rows[:FIRST_ROWS] if line < plan.line for cell in cells]
    units = [
        found["table"] for cell in above if isinstance(cell, str) and (found := _UNIT.search(fold(cell)))
    ]
    of_table = next(filter(None, units), "")
    return tuple(
        Column(column - 1, kind.fields[name], header, _unit(header, of_table, kind.fields[name].type))
        for column, name in sorted(plan.fields.items())
        for header in [plan.headers[column - 1] if column <= len(plan.headers) else ""]
    )


def _guess(headers: Sequence[str], names: HeaderNames) -> dict[int, str]:
    """Each field's best column: its own name before other headers; none where two are as good. A mere count of rows (序号) is nobody's
    number."""
    best: dict[str, tuple[int, int]] = {}
    rivals: set[tuple[str, int]] = set()
    for column, header in enumerate(headers, start=1):
        found = names.field(header)
        if found is None or fold(header) == ORDINAL:
            continue
        field = found[0]
        rank = int(fold(header) != fold(field.name))
        if field.name not in best or rank < best[field.name][0]:
            best[field.name] = (rank, column)
        elif rank == best[field.name][0]:
            rivals.add((field.name, rank))
    return {column: name for name, (rank, column) in best.items() if (name, rank) not in rivals}


def _unit(header: str, of_table: str, type_: FieldType) -> str:
    if type_ is not FieldType.MONEY:
        return ""
    found = _UNIT.search(fold(header))
    own = (found["header"] or found["table"]) if found else ""
    return own or of_table
