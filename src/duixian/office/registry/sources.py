"""Sources (来源): every fact and attribute names one, and a row of it."""

from __future__ import annotations

from datetime import date

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.refusal import Refusal
from duixian.office.registry.models import Source

LONGEST_TITLE = 200


def record_source(
    actor: Actor,
    title: str,
    *,
    issuer: str = "",
    document_number: str = "",
    published_on: date | None = None,
    content_hash: str = "",
) -> Source:
    """Put down where something is known from: a register, a document, an officer's own entry.

    Raises:
        Refusal: ``source-without-title``.
    """
    if not title.strip():
        raise Refusal(
            "source-without-title", "来源没有名称", why="每条信息都要说明从何而来", fix="请填写来源名称"
        )
    with acting():
        demand(actor, "source.record")
        source = made_source(
            actor, title, issuer=issuer, document_number=document_number, published_on=published_on, content_hash=content_hash
        )  # fmt: skip
        tell(actor, "source.record", source)
        return source


def made_source(
    actor: Actor,
    title: str,
    *,
    issuer: str = "",
    document_number: str = "",
    published_on: date | None = None,
    content_hash: str = "",
) -> Source:
    """The row of a source, for services that have demanded and tell by themselves."""
    return Source.objects.create(
        title=title.strip()[:LONGEST_TITLE],
        issuer=issuer.strip(),
        document_number=document_number.strip(),
        published_on=published_on,
        content_hash=content_hash,
        recorded_by_id=actor.account_id,
    )
