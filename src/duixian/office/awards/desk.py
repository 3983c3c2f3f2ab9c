"""The desk (办理台): the awards that an account may see, by state, area and the like; and one with all its steps."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award
from duixian.office.city import city
from duixian.office.refusal import NotThere


def awards(
    actor: Actor,
    *,
    state: str = "",
    area: str = "",
    document: str = "",
    measure_id: str = "",
    enterprise: str = "",
) -> QuerySet[Award]:
    """The awards of this account's reach that fit, oldest first."""
    demand(actor, "award.read", area=actor.area, enterprise=actor.enterprise)
    wanted = {
        "state": state,
        "area": area,
        "document": document,
        "measure_id": measure_id,
        "enterprise": enterprise,
    }
    given = {name: value for name, value in wanted.items() if value}
    return Award.objects.filter(_reach(actor), **given).select_related("determination").order_by("pk")


def award(actor: Actor, award_id: int) -> Award:
    """One award, with its steps to be read from ``steps``; reading it is told.

    Raises:
        NotThere: when there is none, or it is out of reach.
    """
    with acting():
        found = Award.objects.select_related("determination").filter(pk=award_id).first()
        if found is None:
            raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")
        demand(actor, "award.read", area=found.area, enterprise=found.enterprise_id)
        tell(actor, "award.read", found, enterprise=found.enterprise_id)
    return found


def _reach(actor: Actor) -> Q:
    """The same rule as ``permissions`` has, for a query."""
    if actor.role == Role.ENTERPRISE:
        return Q(enterprise=actor.enterprise)
    if actor.role == Role.COUNTY_OFFICER:
        region, own = city().region, frozenset((actor.area,))
        return Q(area__in=[name for name in region.areas if region.lies_in(name, own)])
    return Q()
