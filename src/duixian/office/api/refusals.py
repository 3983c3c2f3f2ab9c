"""Refusals as answers (拒绝答复): everything that is not done is told as ``application/problem+json``, in one form.

A handler raises nothing special: a room's ``Refusal`` becomes the answer, with its status, code, why, fix and facts. So do requests
that do not fit their schema, unknown addresses, and bugs (which are logged, and told without their inside).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from duixian.office.api.refusal_words import EDGE, TITLES, edge, words_of
from duixian.office.api.validation_words import told_errors
from duixian.office.city import UnreadableCity
from duixian.office.obstacles import is_out_of_reach
from duixian.office.refusal import Refusal
from duixian.wording import Language

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("duixian.office.api")
_BY_STATUS = {
    400: "unreadable-request", 401: "not-signed-in", 403: "forbidden", 404: "no-such-address", 405: "method-not-allowed",
    413: "too-large", 422: "invalid-request", 429: "too-many-requests", 503: "busy",
}  # fmt: skip


def language_of(request: HttpRequest) -> Language:
    """The language that the asker reads: Chinese, unless he prefers English."""
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        if part.strip().startswith("zh"):
            return Language.CHINESE
        if part.strip().startswith("en"):
            return Language.ENGLISH
    return Language.CHINESE


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as an answer."""
    language = language_of(request)
    words = words_of(refusal, language)
    titles = TITLES.get(refusal.status, TITLES[422])
    body = {
        "type": f"urn:duixian:refusal:{refusal.code}",
        "title": titles[language is Language.ENGLISH],
        "status": refusal.status,
        "code": refusal.code,
        "detail": words.what,
        "why": words.why,
        "fix": words.fix,
        "facts": refusal.facts,
    }
    text = json.dumps(body, ensure_ascii=False, default=str)
    answer = HttpResponse(text, status=refusal.status, content_type=MEDIA_TYPE)
    answer["Content-Language"] = language.value
    if refusal.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="duixian"'
    return answer


def install(api: NinjaAPI) -> None:
    """Let the API answer every exception in this form."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def refuse_only_so(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose every refusal has this form, also those that never reach a handler (405, and the like)."""

    @wraps(view)
    def told(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        try:
            answer = view(request, *arguments, **named)
        except Exception as error:
            return _told(request, error)
        if answer.status_code < 400 or answer.get("Content-Type", "").startswith(MEDIA_TYPE):
            return answer
        found = refused(request, edge(_BY_STATUS.get(answer.status_code, "internal-error")))
        if answer.has_header("Allow"):
            found["Allow"] = answer["Allow"]
        return found

    return told


def no_such_address(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The answer under every path that the API does not have."""
    return refused(request, edge("no-such-address"))


def _told(request: HttpRequest, error: Exception) -> HttpResponse:
    """What stopped a request before ninja could tell it, in the same form."""
    kind = next(each for each in type(error).__mro__ if each in _ANSWERS)
    return _ANSWERS[kind](request, error)


def _refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return refused(request, refusal)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    problems = told_errors(error.errors, language_of(request))
    return refused(request, edge("invalid-request", problems=problems))


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refused(request, edge(_BY_STATUS.get(error.status_code, "unreadable-request")))


def _database(request: HttpRequest, error: OperationalError | InterfaceError) -> HttpResponse:
    """Waiting too long for somebody else's work is no bug, nor is a database that is away: the same request may come again."""
    words = str(error).lower()
    if any(each in words for each in ("locked", "lock timeout", "deadlock", "could not serialize")):
        answer = refused(request, edge("busy"))
        answer["Retry-After"] = "1"
        return answer
    if is_out_of_reach(error):
        _LOG.error("the database is out of reach at %s %s: %s", request.method, request.path, error)
        return refused(request, edge("database-not-reached"))
    return _bug(request, error)


def _bug(request: HttpRequest, error: Exception) -> HttpResponse:
    _LOG.error("unexpected error at %s %s", request.method, request.path, exc_info=error)
    got_request_exception.send(sender=NinjaAPI, request=request)
    return refused(request, edge("internal-error"))


def _as(code: str) -> Callable[[HttpRequest, Any], HttpResponse]:
    assert code in EDGE
    return lambda request, error: refused(request, edge(code))


_ANSWERS: Mapping[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refusal: _refusal,
    ValidationError: _invalid,
    AuthenticationError: _as("not-signed-in"),
    Throttled: _as("too-many-requests"),
    HttpError: _http_error,
    Http404: _as("no-such-address"),
    PermissionDenied: _as("forbidden"),
    RequestDataTooBig: _as("too-large"),
    SuspiciousOperation: _as("unreadable-request"),
    MultiPartParserError: _as("unreadable-request"),
    UnreadableCity: _as("city-unreadable"),
    OperationalError: _database,
    InterfaceError: _database,
    Exception: _bug,
}
