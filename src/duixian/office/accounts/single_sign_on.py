"""The city's single sign-on (统一身份认证), by OpenID Connect's code flow with PKCE.

Nobody becomes an officer by signing in: the account must be there, active, and name the person's identity (统一身份标识). Whoever
has a second factor here passes that too. A provider that answers nonsense, or not at all, signs nobody in.
"""

from __future__ import annotations

import logging
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest
from jwt import PyJWTError
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from requests import RequestException

from duixian.office.accounts.models import User

_LOG = logging.getLogger(__name__)


class CityBackend(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Signs in the account whose identity the provider's claim names (统一身份认证)."""

    def authenticate(self, request: HttpRequest | None, **named: Any) -> User | None:
        """The account, or None: never an exception, whatever the provider says."""
        try:
            user: User | None = super().authenticate(request, **named)
        except (PyJWTError, RequestException, SuspiciousOperation, KeyError, TypeError, ValueError) as error:
            _LOG.warning("single sign-on failed: %s", type(error).__name__)
            return None
        return user

    def verify_token(self, token: str, **named: Any) -> dict[str, Any]:
        """What an ID token says, once signature, term and nonce are right, and it is from our provider, for us."""
        payload: dict[str, Any] = super().verify_token(token, **named)
        audience = payload.get("aud")
        if settings.OIDC_RP_CLIENT_ID not in (audience if isinstance(audience, list) else [audience]):
            raise SuspiciousOperation("the token is for somebody else")
        if payload.get("iss") != settings.OIDC_ISSUER:
            raise SuspiciousOperation("the token is from somebody else")
        if not isinstance(payload.get("exp"), int):
            raise SuspiciousOperation("the token has no end")
        return payload

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The claims of the person whom the ID token is about, and of no other (OpenID Connect Core 5.3.2)."""
        claims: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if not isinstance(claims, dict) or not payload.get("sub") or claims.get("sub") != payload["sub"]:
            raise SuspiciousOperation("the claims are about somebody else")
        return claims

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Whether the claim that we go by is there."""
        claim = claims.get(settings.OIDC_CLAIM)
        return isinstance(claim, str) and bool(claim.strip())

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """The active account of that identity: one or none."""
        return User.objects.filter(single_sign_on_id=claims[settings.OIDC_CLAIM], is_active=True)

    def create_user(self, claims: dict[str, Any]) -> NoReturn:
        """Never, whatever the settings say: accounts are opened by an administrator."""
        raise SuspiciousOperation("nobody gets an account by signing in")

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, as long as it is active."""
        return User.objects.filter(pk=user_id, is_active=True).first()
