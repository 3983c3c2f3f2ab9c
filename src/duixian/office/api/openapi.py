"""The OpenAPI document (接口文档): what ninja knows of the routes, and what holds for all of them.

Every operation may refuse in the one form of refusals; every write takes ``Idempotency-Key`` and ``If-Match``; every list and every
single thing may give an ``ETag``.
"""

from __future__ import annotations

import re
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from duixian.office.api.refusal_words import EDGE, TITLES

_REFUSED = {"$ref": "#/components/responses/Refused"}
_METHODS = ("get", "put", "post", "patch", "delete")
_ALWAYS = (400, 401, 403, 404, 409, 422, 500, 503)
_WRITES = (412, 413)

REFUSAL_SCHEMA: dict[str, Any] = {
    "title": "Refusal",
    "type": "object",
    "description": "Why the office did not do what it was asked (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail", "why", "fix", "facts"],
    "properties": {
        "type": {"type": "string", "description": "urn:duixian:refusal:<code>"},
        "title": {"type": "string"},
        "status": {"type": "integer", "enum": sorted(TITLES)},
        "code": {"type": "string", "description": "Stable; docs/reference/refusals.md lists all. The edge's own: " + ", ".join(EDGE)},
        "detail": {"type": "string", "description": "What was found."},
        "why": {"type": "string"},
        "fix": {"type": "string", "description": "One thing to try."},
        "facts": {"type": "object", "description": "What belongs to the code, such as the problems of a request."},
    },
}  # fmt: skip
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The first answer under a key is kept for 30 days and told again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[!-~]+$"},
}
_VERSION = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The ETag that was last read; anything newer refuses with 412.",
    "schema": {"type": "string", "pattern": '^(\\*|"(0|[1-9][0-9]{0,9})")$'},
}


def answers_file(*media_types: str) -> dict[str, Any]:
    """What a route says that answers a file: ``@router.get(…, openapi_extra=answers_file(DOCX))``."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"responses": {200: {"description": "A file", "content": dict.fromkeys(media_types, binary)}}}


class Document(OpenAPISchema):
    """ninja's document (接口文档), with what holds for every operation; two schemas of one name are a bug here, not one schema.

    Raises:
        ValueError: when two different schemas bear the same name.
    """

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        self._rivals: set[str] = set()
        super().__init__(api, path_prefix)
        complete(self)
        schemas = self["components"]["schemas"]
        used = _used(schemas, self["paths"])
        if self._rivals & used:
            raise ValueError(f"two schemas bear the same name: {sorted(self._rivals & used)}")
        self["components"]["schemas"] = {name: schemas[name] for name in sorted(used)}

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Take in the schemas of an operation."""
        for name, schema in definitions.items():
            known = self.schemas.get(name, schema)
            if known.get("properties", {}).keys() != schema.get("properties", {}).keys():
                self._rivals.add(name)
        self.schemas.update(definitions)


def _used(schemas: dict[str, Any], paths: dict[str, Any]) -> set[str]:
    """The schemas that something refers to: those of queries stand in the parameters themselves."""
    found, new = {"Refusal"}, _named(paths)
    while new - found:
        found |= new
        new = set().union(*(_named(schemas[name]) for name in found))
    return found


def _named(part: Any) -> set[str]:
    return set(re.findall(r"#/components/schemas/([^'\"]+)", repr(part)))


def complete(document: dict[str, Any]) -> None:
    """Add to a document of ninja's what holds for every operation."""
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Refusal"] = REFUSAL_SCHEMA
    components["responses"] = {
        "Refused": {
            "description": "Refused, and why",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
        }
    }
    for path in document["paths"].values():
        for method in _METHODS:
            if method in path:
                _complete_operation(method, path[method])


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    statuses = list(_ALWAYS)
    if not operation.get("security"):
        statuses.append(429)
    if method != "get":
        statuses += _WRITES
        if operation.get("security"):
            operation.setdefault("parameters", []).extend((_KEY, _VERSION))
    for status in statuses:
        responses.setdefault(status, _REFUSED)
    operation["responses"] = {str(status): responses[status] for status in sorted(responses, key=int)}
