"""The desk (办理台): the awards that an account may see, by state, area and the like; and one with all its steps."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award
from duixian.office.city import city
from duixian.office.kept_query import KeptPage, KeptQuery
from duixian.office.refusal import NotThere


def awards(
    actor: Actor,
    *,
    state: str = "",
    area: str = "",
    document: str = "",
    measure_id: str = "",
    enterprise: str = "",
    first: int = 0,
    most: int = 50,
) -> tuple[list[Award], int]:
    """The awards of this account's reach that fit, oldest first: so many from ``first`` on, and how many there are in all."""
    demand(actor, "award.read", area=actor.area, enterprise=actor.enterprise)
    wanted = {
        "state": state,
        "area": area,
        "document": document,
        "measure_id": measure_id,
        "enterprise": enterprise,
    }
    given = {name: value for name, value in wanted.items() if value}
    areas, own = _reach(actor)
    return _PAGE(first, most, *given.values(), *own, shape=(tuple(given), areas))


def award(actor: Actor, award_id: int) -> Award:
    """One award, with its steps to be read from ``steps``; reading it is told.

    Raises:
        NotThere: when there is none, or it is out of reach.
    """
    with acting():
        found = _ONE.first(award_id)
        if found is None:
            raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
        demand(actor, "award.read", area=found.area, enterprise=found.enterprise_id)
        tell(actor, "award.read", found, enterprise=found.enterprise_id)
    return found


def _reach(actor: Actor) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The same rule as ``permissions`` has, for a query: the areas, if not all, and the enterprise, if it is one."""
    if actor.role == Role.ENTERPRISE:
        return None, (actor.enterprise,)
    if actor.role == Role.COUNTY_OFFICER:
        region, own = city().region, frozenset((actor.area,))
        return tuple(name for name in region.areas if region.lies_in(name, own)), ()
    return None, ()


def _listed(names: tuple[str, ...], areas: tuple[str, ...] | None, *values: Any) -> QuerySet[Award]:
    """The awards with these fields as wanted, in these areas, and of the enterprise that comes last."""
    found = Award.objects.filter(**dict(zip(names, values, strict=False)))
    if areas is not None:
        found = found.filter(area__in=areas)
    if len(values) > len(names):
        found = found.filter(enterprise=values[-1])
    return found.select_related("determination").order_by("pk")


_PAGE = KeptPage(_listed)
_ONE = KeptQuery(lambda key: Award.objects.select_related("determination").filter(pk=key))
