"""A trial of a route: the request that everybody in turn tries, about a thing of the first enterprise and its county.

``TRIALS`` of each module here leads from ``"METHOD /path"`` to a function that builds the thing on a stage and tells the request.
A new route needs one such entry; ``tests/office/test_permission_matrix.py`` does the rest, and names the routes that have none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from duixian.office.accounts.models import User
from tests.office.awards.scene import Scene
from tests.office.treasury.world import World, make_world

DONE = frozenset({200, 201, 202, 204})


class Stage:
    """What things are built on (场景): awards from ``scene``, treasury from ``world``; both about the same first enterprise."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def world(self) -> World:
        """The treasury's people and things, made when a trial asks for them."""
        return make_world()


@dataclass(frozen=True, slots=True)
class Trial:
    """One request (尝试). ``path`` fills the braces of the route's path, by the caller where the thing is the caller's own.

    ``body`` is sent as JSON, ``form`` as a form with files. ``is_nobodys``: no enterprise's or area's thing, such as a list. ``done`` are
    the answers that say that it was done. ``by_session`` for what programs may not ask.
    """

    path: Mapping[str, object] | Callable[[User], Mapping[str, object]] = field(default_factory=dict)
    query: str = ""
    body: object = None
    form: Mapping[str, object] | None = None
    is_nobodys: bool = False
    done: frozenset[int] = DONE
    by_session: bool = False
    body_of: Callable[[User], object] | None = None


Build = Callable[[Stage], Trial]


def plain(body: object = None, *, query: str = "") -> Build:
    """A request that needs no thing to be built."""
    return lambda stage: Trial(body=body, query=query, is_nobodys=True)
