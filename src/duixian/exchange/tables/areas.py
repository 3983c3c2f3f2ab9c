"""Areas as officers write them (地区的写法): 海州区, 连云港市海州区, 江苏省连云港市海州区, a code, an alias."""

from __future__ import annotations

from collections.abc import Iterator

from duixian.rules.region import AreaKind, Region
from duixian.source.normalise import fold

_WHERE_FIRMS_ARE = {AreaKind.DISTRICT, AreaKind.COUNTY, AreaKind.ZONE}


class AreaReader:
    """Reads the areas of a city in any of their written forms (地区识别).

    ``names`` are the districts, counties and zones: what a message offers as the right answers.
    """

    def __init__(self, region: Region) -> None:
        self.names = [area.name for area in region.areas.values() if area.kind in _WHERE_FIRMS_ARE]
        self._names: dict[str, set[str]] = {}
        self._cities = [fold(area.name) for area in region.areas.values() if area.kind is AreaKind.CITY]
        for form, name in _forms(region):
            self._names.setdefault(fold(form), set()).add(name)

    def area(self, text: str) -> str | None:
        """The area that a text names; None when it names none, or a form that two areas share."""
        folded = fold(text)
        for form in (folded, *self._without_city(folded)):
            names = self._names.get(form, set())
            if len(names) == 1:
                return next(iter(names))
        return None

    def _without_city(self, text: str) -> Iterator[str]:
        for city in self._cities:
            before, found, rest = text.partition(city)
            if found and rest and (not before or before.endswith("省")):
                yield rest


def _forms(region: Region) -> Iterator[tuple[str, str]]:
    """Every form with the area that it names; 市辖区 is a line of statistics, not a place."""
    for area in region.areas.values():
        if area.kind is not AreaKind.PLACEHOLDER:
            yield area.name, area.name
            yield from ((alias, area.name) for alias in area.aliases)
            if area.code:
                yield area.code, area.name
