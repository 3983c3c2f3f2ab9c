"""What a route does (路由动作): every operation names its action of the permission table, or says that it is open to all.

    @router.get("/awards/{award_id}", response=AwardAnswer)
    @acts("award.read")
    def read_award(request: HttpRequest, award_id: Id) -> Award: ...

The action stands in the OpenAPI document as ``x-action``; a test compares the routes with the table. ``@acts`` demands nothing itself:
the service does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

PUBLIC = "public"
"""The action of routes that are open to all."""
_View = TypeVar("_View", bound=Callable[..., Any])


def acts(action: str) -> Callable[[_View], _View]:
    """Name the action of a route; stands beneath ``@router.get`` and the like."""

    def named(view: _View) -> _View:
        contribute_operation_callback(view, lambda operation: _name(operation, action))
        return view

    return named


def _name(operation: Operation, action: str) -> None:
    operation.openapi_extra = {**(operation.openapi_extra or {}), "x-action": action}
    if action == PUBLIC:
        operation.auth_param = None


class Route(NamedTuple):
    """One operation of the API (路由): method, path, the action it names ("" when it names none)."""

    method: str
    path: str
    action: str


def routes(api: NinjaAPI) -> Iterator[Route]:
    """All operations of the API, in the order of their mounting."""
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                action = str((operation.openapi_extra or {}).get("x-action", ""))
                for method in operation.methods:
                    yield Route(method, f"{bound.prefix}{path}", action)
