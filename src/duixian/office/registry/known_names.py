"""The names that the registry knows (已知名称): of every enterprise its present one, and all that it bore before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from duixian.exchange.names.index import KnownName, NameIndex
from duixian.exchange.tables.roster import PROVINCES
from duixian.office.city import city
from duixian.office.registry.attribute_names import FORMER_NAMES, name_field
from duixian.office.registry.current import current_attributes

_BETWEEN = re.compile("[;；、,，]")


def known_names(on: date) -> dict[str, KnownName]:
    """The names of all enterprises by code; the one that holds on a day is the present one, and else the last one known."""
    present: dict[str, tuple[str, str]] = {}
    former: dict[str, list[str]] = {}
    rows = current_attributes().filter(name__in=(name_field(), FORMER_NAMES))
    columns = ("enterprise_id", "name", "value", "valid_from", "valid_to")
    for code, name, value, first, last in rows.values_list(*columns).iterator(chunk_size=10_000):
        if name == FORMER_NAMES:
            former.setdefault(code, []).extend(filter(None, map(str.strip, _BETWEEN.split(value))))
            continue
        holds = (first is None or first <= on) and (last is None or last >= on)
        rank = "9" if holds else first.isoformat() if first else ""
        kept = present.get(code)
        if kept is None or rank > kept[0]:
            present[code] = (rank, value)
            value = kept[1] if kept else ""
        if value:
            former.setdefault(code, []).append(value)
    return {
        code: KnownName(code, name, _others(former.get(code, ()), name))
        for code, (_, name) in present.items()
    }


def name_index(names: dict[str, KnownName]) -> NameIndex:
    """An index of these names, with the places that may open a name."""
    return NameIndex(names.values(), [*PROVINCES, *_places()])


def _places() -> Iterator[str]:
    for area in city().region.areas.values():
        yield area.name
        yield from area.aliases


def _others(names: list[str] | tuple[()], present: str) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name != present)
