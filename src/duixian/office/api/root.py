"""The root of the API (接口总入口): all routers under ``/api/v1/``, one way of signing in, one form of refusal.

How a room adds its routes: ``api/<room>.py`` holds ``router = Router(tags=["…"])``, and is named in ``ROUTERS``. Paths are written in
full (``/awards/{award_id}``), every operation has ``@acts("noun.verb")`` beneath its ``@router.…`` line (``acts.py``), handlers take their
actor from ``actor_of_request`` (``signing_in.py``), lists answer a ``Page`` (``paging.py``), single things ``tell_version`` and writes pass
``version_wanted`` to the service (``versions.py``). Refusals are raised by services and become answers here (``refusals.py``).
``Idempotency-Key`` works for every write without a line of its own (``idempotency.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from duixian.office.api.idempotency import answered_once
from duixian.office.api.openapi import Document
from duixian.office.api.reading import StrictParser, readable
from duixian.office.api.refusals import install, no_such_address, refuse_only_so
from duixian.office.api.signing_in import SIGNED_IN
from duixian.office.api.versions import unless_unchanged

ROUTERS = (
    "public", "evaluation", "registry", "rosters", "evidence", "runs", "rulings", "awards", "notices", "batches", "ledger",
    "documents", "accounts", "audit",
)  # fmt: skip
"""The modules of this room that hold a router, in the order of the document."""
_DESCRIPTION = (
    "Policies, determinations, awards and payments of a city. Money is whole fen; null is unknown, never zero. "
    "Every refusal is application/problem+json."
)


class Renderer(JSONRenderer):
    """JSON in UTF-8, Chinese as it is written."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 (ninja's own shape)


class OfficeApi(NinjaAPI):
    """ninja's API with our document and names."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The whole document."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return Document(self, prefix)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name: unique within the API, and stable."""
        return operation.view_func.__name__


def build(routers: Iterable[Router]) -> OfficeApi:
    """An API of these routers, with everything that holds for all routes."""
    api = OfficeApi(
        title="兑现 Duixian",
        version="1",
        description=_DESCRIPTION,
        urls_namespace="api",
        docs_url="",
        docs_decorator=require_safe,
        auth=SIGNED_IN,
        renderer=Renderer(),
        parser=StrictParser(),
    )
    install(api)
    # The last one added stands outermost.
    for around in (unless_unchanged, answered_once, readable):
        api.add_decorator(around, mode="view")
    for router in routers:
        api.add_router("", router)
    return api


def addresses(api: NinjaAPI) -> tuple[list[URLPattern | URLResolver], str, str]:
    """What an address book mounts: the API's own addresses, and a refusal under every other."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = refuse_only_so(pattern.callback)
    return [*patterns, re_path(r"^(?P<rest>.*)$", csrf_exempt(no_such_address))], app_name, namespace


def _rooms() -> Iterator[Router]:
    for name in ROUTERS:
        module = f"duixian.office.api.{name}"
        if find_spec(module) is not None:
            yield import_module(module).router


api = build(_rooms())
urls = addresses(api)
"""What ``office/urls.py`` mounts."""
