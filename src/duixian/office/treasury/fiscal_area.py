"""The fiscal area (财政地区): whose treasury bears the county's part for an enterprise of an area.

A park (园区) has no treasury of its own: the county or zone above it pays. A functional zone (功能板块) stands on its own.
"""

from __future__ import annotations

from duixian.office.city import city
from duixian.rules.region import AreaKind

_PAYING = (AreaKind.DISTRICT, AreaKind.COUNTY, AreaKind.ZONE)


def fiscal_area(area: str) -> str:
    """The area whose treasury pays; "" when there is none, which is an answer that nobody may guess."""
    areas = city().region.areas
    seen: set[str] = set()
    while area and area not in seen:
        seen.add(area)
        here = areas.get(area)
        if here is None:
            return ""
        if here.kind in _PAYING:
            return area
        area = here.parent
    return ""


def is_fiscal_area(area: str) -> bool:
    """Whether an area has a treasury of its own."""
    return bool(area) and fiscal_area(area) == area
