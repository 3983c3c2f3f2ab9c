"""Versions (版本): a single thing answers with its ``ETag``, and a write says by ``If-Match`` which version it means.

def read_award(request: HttpRequest, response: HttpResponse, award_id: Id) -> Award:
    award = read(actor_of_request(request), award_id)
    tell_version(response, award.version)
    return award

def accept_award(request: HttpRequest, award_id: Id) -> Award:
    return accept(actor_of_request(request), award_id, version=version_wanted(request))   # Stale (412) from the service
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotModified

from duixian.office.api.refusal_words import edge

_STRONG = re.compile(r'"(0|[1-9][0-9]{0,9})"')


def tell_version(response: HttpResponse, version: int) -> None:
    """Put the version of what is answered into the answer's ``ETag``."""
    response["ETag"] = f'"{version}"'


def version_wanted(request: HttpRequest) -> int | None:
    """The version that a write means; None when it means whatever there is.

    Raises:
        Refusal: ``version-malformed`` when ``If-Match`` is neither ``*`` nor one ETag as the API gives them.
    """
    written = request.headers.get("If-Match", "").strip()
    if written in ("", "*"):
        return None
    found = _STRONG.fullmatch(written)
    if found is None:
        raise edge("version-malformed")
    return int(found[1])


def unless_unchanged(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A run that answers 304 when the asker has this content already (``If-None-Match``).

    An ETag that is a version is no word on content: what is answered with a thing may have changed without it.
    """

    @wraps(run)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        answer = run(request, **named)
        known = request.headers.get("If-None-Match", "")
        etag = answer.get("ETag", "")
        if request.method != "GET" or answer.status_code != 200 or _STRONG.fullmatch(etag):
            return answer
        if etag not in [each.strip() for each in known.split(",") if each.strip()]:
            return answer
        unchanged = HttpResponseNotModified()
        unchanged["ETag"] = etag
        return unchanged

    return answered
