"""API tokens (接口令牌): how programs act for an account. The token is shown once; only its SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import ApiToken, User
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import NotThere, Refusal

_MARK = "duixian_"
"""What every token begins with, so that one left in a file or a log is found by those who look for secrets."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token (新令牌) with its text, which is nowhere else."""

    token: ApiToken
    text: str


def issue(actor: Actor, name: str, *, days: int = 30) -> Issued:
    """Give the account a token for ``days`` days. Whoever calls this has made sure of password and second factor just before.

    Raises:
        Refusal: ``token-name-needed``, ``token-days``.
    """
    with acting():
        demand(actor, "token.issue")
        if not name.strip():
            raise Refusal("token-name-needed", "令牌须有名称", fix="请写明用在哪里")
        if not 1 <= days <= settings.MOST_TOKEN_DAYS:
            raise Refusal(
                "token-days", "令牌的期限不在允许范围内", fix=f"请填1至{settings.MOST_TOKEN_DAYS}天"
            )
        text = _MARK + secrets.token_urlsafe(32)
        token = ApiToken.objects.create(
            user=User.objects.get(pk=actor.account_id),
            name=name.strip()[:80],
            digest=_digest(text),
            expires_at=timezone.now() + timedelta(days=days),
        )
        tell(actor, "token.issue", token, detail={"days": days})
    return Issued(token, text)


def revoke(actor: Actor, token_id: int) -> ApiToken:
    """Revoke one's own token; a second time it stays as it is.

    Raises:
        NotThere: ``not-there``: also for somebody else's.
    """
    with acting():
        demand(actor, "token.revoke")
        token = (
            ApiToken.objects.select_for_update(no_key=True)
            .filter(pk=token_id, user_id=actor.account_id)
            .first()
        )
        if token is None:
            raise NotThere("not-there", "没有找到")
        if token.revoked_at is None:
            token.revoked_at = timezone.now()
            token.save(update_fields=["revoked_at"])
            tell(actor, "token.revoke", token)
    return token


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of one's own account, the newest first."""
    demand(actor, "token.read")
    return ApiToken.objects.filter(user_id=actor.account_id).order_by("-id")


def actor_of_token(text: str) -> Actor | None:
    """Who acts with this token; None where it is unknown, revoked, expired, or its account closed."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_WHOSE, [_digest(text), now])
        found = cursor.fetchone()
    return None if found is None else Actor(*found)


_WHOSE = """
    SELECT u.id, u.username, u.role, u.area, u.unit, u.enterprise_code
    FROM accounts_token t JOIN accounts_user u ON u.id = t.user_id
    WHERE t.digest = %s AND t.revoked_at IS NULL AND t.expires_at > %s AND u.is_active
"""
"""Asked with every request of a program: written out, since putting it together takes longer than running it."""


def _digest(text: str) -> str:
    """A plain hash is enough: nobody guesses 256 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()
