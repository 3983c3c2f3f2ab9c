"""Places and offices of a city: areas with their fiscal groups, responsible units, and the fiscal table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AreaKind(StrEnum):
    """What an area is (地区种类)."""

    CITY = "市"
    DISTRICT = "区"
    COUNTY = "县"
    ZONE = "功能板块"
    SUBZONE = "园区"
    PLACEHOLDER = "市辖区"


@dataclass(frozen=True, slots=True)
class Area:
    """A district, county or functional zone (地区), valid from one day to another (inclusive; None is open)."""

    code: str
    name: str
    kind: AreaKind
    aliases: tuple[str, ...] = ()
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit (责任单位): a bureau, zone committee, university or company named by a policy."""

    name: str
    official_name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FiscalShare:
    """One line of the city's fiscal table (现行财政体制): parts of city and county for an area, from a day on."""

    area: str
    city_part: int
    county_part: int
    basis: str
    valid_from: date
    valid_to: date | None = None
    document: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """All areas and units of a city (地区与单位); both maps lead from the name."""

    areas: Mapping[str, Area]
    units: Mapping[str, Unit]
    fiscal_table: tuple[FiscalShare, ...] = ()

    def lies_in(self, area: str, names: frozenset[str]) -> bool:
        """Whether an area is one of ``names`` or lies inside one of them.

        A functional zone of the city (功能板块) stands on its own, whatever district surrounds it.
        """
        seen: set[str] = set()
        while area and area not in seen:
            if area in names:
                return True
            seen.add(area)
            here = self.areas.get(area)
            area = "" if here is None or here.kind is AreaKind.ZONE else here.parent
        return False
