"""Signing in (登录): by a token for programs, or by the session of the pages; either way a handler gets an actor.

In a handler::

    @router.post("/awards/{award_id}/accept", response=AwardAnswer)
    @acts("award.accept")
    def accept_award(request: HttpRequest, award_id: Id) -> Award:
        return accept(actor_of_request(request), award_id, version=version_wanted(request))

Routes are closed unless they say ``auth=None`` and ``@acts(PUBLIC)``.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import User
from duixian.office.accounts.second_factor import has_passed
from duixian.office.accounts.tokens import actor_of_token
from duixian.office.api.refusal_words import edge

_KEPT = "_duixian_actor"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks.

    Raises:
        Refusal: ``not-signed-in`` on a route that is open to all, when nobody is signed in.
    """
    actor = signed_in(request)
    if actor is None:
        raise edge("not-signed-in")
    return actor


def signed_in(request: HttpRequest) -> Actor | None:
    """Who asks, None when nobody is signed in; looked up once a request.

    A token that is given must be good: a bad one never falls back to a session.
    """
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _by_token(request) or _by_session(request))
    kept: Actor | None = getattr(request, _KEPT)
    return kept


def _by_token(request: HttpRequest) -> Actor | None:
    scheme, _, text = request.headers.get("Authorization", "").partition(" ")
    if not scheme:
        return None
    actor = actor_of_token(text.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        raise edge("token-invalid")
    return actor


def _by_session(request: HttpRequest) -> Actor | None:
    user = request.user
    if not isinstance(user, User):
        return None
    if request.method not in _SAFE and check_csrf(request) is not None:
        raise edge("csrf")
    if not has_passed(request):
        raise edge("second-step-missing")
    return actor_of(user)


class Token(HttpBearer):
    """A token in the ``Authorization`` header (接口令牌)."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The actor behind the token."""
        return signed_in(request) if request.headers.get("Authorization") else None

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The same; what ninja calls in other set-ups."""
        return signed_in(request)


class Session(APIKeyCookie):
    """The session of the pages (会话); writes need the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The actor behind the session."""
        return signed_in(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """The same; what ninja calls in other set-ups."""
        return signed_in(request)


SIGNED_IN = (Token(), Session())
"""What every route asks for unless it is open to all."""
