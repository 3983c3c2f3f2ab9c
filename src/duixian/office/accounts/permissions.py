"""Who may do what (权限): one table of actions and roles, and one rule of whose things.

Every room lists its own actions in its ``actions.py``; ``ALL`` gathers them. What is not listed nobody may do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.city import city
from duixian.office.refusal import NotAllowed, NotThere

ROOMS = ("accounts", "audit", "registry", "evidence", "runs", "awards", "treasury", "documents", "api")


SYSTEM_ROLE = "system"
"""The role in which the office itself does what the calendar starts."""
_ROLES = frozenset((*Role, SYSTEM_ROLE))


class Reach(StrEnum):
    """Whose things an action reaches (范围)."""

    EVERYWHERE = "everywhere"
    """The whole city, whoever asks: an action on no enterprise's thing."""
    OWN_AREA = "own_area"
    """A county officer his own area, an enterprise itself, everybody else the whole city."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done (动作), by which roles, and whose things it reaches."""

    name: str
    title: str
    roles: frozenset[str]
    reach: Reach = Reach.OWN_AREA


READERS = frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.CITY_REVIEWER, Role.FINANCE, Role.AUDITOR})
"""Who works with enterprises' things, and who looks over their shoulders."""


@cache
def all_actions() -> Mapping[str, Action]:
    """Every action of every room, by name.

    Raises:
        ValueError: when two rooms name the same, or an action names a role that is none.
    """
    found: dict[str, Action] = {}
    for room in ROOMS:
        for each in import_module(f"duixian.office.{room}.actions").ACTIONS:
            if each.name in found or not each.roles <= _ROLES:
                raise ValueError(each.name)
            found[each.name] = each
    return found


def is_allowed(actor: Actor, name: str, *, area: str = "", enterprise: str = "") -> bool:
    """Whether an actor may do that to a thing of this area and enterprise. An action that no room lists is a bug: KeyError."""
    action = all_actions()[name]
    return actor.role in action.roles and (
        action.reach is Reach.EVERYWHERE or _reaches(actor, area, enterprise)
    )


def demand(actor: Actor, name: str, *, area: str = "", enterprise: str = "") -> None:
    """Go on only when the actor may.

    Raises:
        NotAllowed: when his role may not do that at all.
        NotThere: when the thing is somebody else's: he shall not even learn that it is there.
    """
    if actor.role not in all_actions()[name].roles:
        raise NotAllowed(
            "not-allowed",
            f"该账号无权办理：{all_actions()[name].title}",
            why="角色权限不含此动作",
            fix="请由有权的角色办理",
        )
    if not is_allowed(actor, name, area=area, enterprise=enterprise):
        raise NotThere("not-there", "没有找到", why="不存在，或不在该账号的管辖范围内")


def _reaches(actor: Actor, area: str, enterprise: str) -> bool:
    if actor.role == Role.ENTERPRISE:
        return bool(actor.enterprise) and actor.enterprise == enterprise
    if actor.role == Role.COUNTY_OFFICER:
        # A functional zone of the city stands on its own: the county around it does not reach into it.
        return bool(actor.area) and (
            area == actor.area or city().region.lies_in(area, frozenset((actor.area,)))
        )
    return True
