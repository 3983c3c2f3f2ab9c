"""The page of permissions, written from the actions of all rooms and the routes of the API."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from duixian.office.accounts.models import Role
from duixian.office.accounts.permissions import ROOMS, SYSTEM_ROLE, Action, Reach, all_actions
from duixian.office.api.acts import PUBLIC, routes
from duixian.office.api.root import api
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "reference" / "permissions.md"
ALL, OWN, NONE = "●", "○", ""
"""What a cell says: everything in the city, one's own area's or enterprise's, nothing."""
COLUMNS: dict[str, str] = {**{role.value: str(role.label) for role in Role}, SYSTEM_ROLE: "系统"}
_HEAD = """# Permissions

Written from `actions.py` of every room and from the routes of the API by `make accept`; what is not listed nobody may do.
● reaches everything in the city, ○ only what is one's own: a county officer's area, an enterprise's own things. To whom a thing is not
his it is not there (404); whose role may not do something at all is told so (403).

A role is not the whole answer: who entered something does not approve it, nobody decides twice on one award, nobody alters his own account.
"""


def cell(action: Action, role: str) -> str:
    """What a role may do of an action."""
    if role not in action.roles:
        return NONE
    if action.reach is Reach.OWN_AREA and role in (Role.ENTERPRISE, Role.COUNTY_OFFICER):
        return OWN
    return ALL


def permission_page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_tables(), "## Routes", "", *_routes()]) + "\n"


def told_on_page() -> dict[tuple[str, str], str]:
    """The cells as the page tells them, by action and role."""
    told = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [each.strip() for each in line.split("|")[1:-1]]
        if len(cells) == 2 + len(COLUMNS) and cells[0].startswith("`"):
            told.update(
                {(cells[0].strip("`"), role): said for role, said in zip(COLUMNS, cells[2:], strict=True)}
            )
    return told


def _tables() -> Iterator[str]:
    for room in ROOMS:
        rows = [_row(each) for each in _actions_of(room)]
        if rows:
            yield from (f"## {room}", "", _line("action", "动作", *COLUMNS.values()))
            yield from ("|---|---|" + ":-:|" * len(COLUMNS), *rows, "")


def _actions_of(room: str) -> list[Action]:
    owned = import_module(f"duixian.office.{room}.actions").ACTIONS
    return [each for each in all_actions().values() if each in owned]


def _row(action: Action) -> str:
    return _line(f"`{action.name}`", action.title, *(cell(action, role) for role in COLUMNS))


def _routes() -> Iterator[str]:
    yield from (_line("route", "action"), "|---|---|")
    for route in routes(api):
        action = "open to all" if route.action == PUBLIC else f"`{route.action}`"
        yield _line(f"`{route.method} {route.path}`", action)


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
