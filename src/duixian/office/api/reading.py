"""Reading requests (读取请求): JSON and forms that a database can hold, or a refusal at the door.

No control character NUL, no half of a surrogate pair, no number that is not whole (money is whole fen), no NaN, no key twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from duixian.office.api.refusal_words import edge
from duixian.office.api.refusals import refused

_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class Unreadable(ValueError):
    """The body holds what no request may hold."""


class StrictParser(Parser):
    """Reads bodies and forms strictly."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The JSON of a body; ValueError when there is none that the API takes."""
        body = json.loads(
            request.body, parse_constant=_no_constant, parse_float=_whole, object_pairs_hook=_once
        )
        _check(body)
        return body

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """The fields of a query or a form."""
        for name, values in data.lists():
            for text in (name, *values):
                if isinstance(text, str) and not is_readable(text):
                    raise edge("unreadable-request")
        return super().parse_querydict(data, list_fields, request)


def readable(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A run that is never asked with a path that no database can hold."""

    @wraps(run)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        query = unquote_plus(request.META.get("QUERY_STRING", ""))
        if not is_readable(request.path) or not is_readable(query):
            return refused(request, edge("unreadable-request"))
        return run(request, **named)

    return answered


def is_readable(text: str) -> bool:
    """Whether a text can be stored and sent: no NUL, no half of a surrogate pair."""
    return _UNREADABLE.search(text) is None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unreadable("a key stands twice")
        _check(name)
        _check(value)
        found[name] = value
    return found


def _check(value: Any) -> None:
    if isinstance(value, str) and not is_readable(value):
        raise Unreadable("a text that cannot be stored")
    if isinstance(value, list):
        for each in value:
            _check(each)


def _no_constant(name: str) -> Any:
    raise Unreadable(name)


def _whole(text: str) -> int:
    """``3.0`` is three; a number that is not whole is none of ours."""
    value = Decimal(text)
    if value != value.to_integral_value() or abs(value) >= 2**63:
        raise Unreadable("a number that is not whole")
    return int(value)
