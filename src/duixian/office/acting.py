"""Acting (办理): one transaction, with everything that was done or read in it at the end of the audit chain; or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction

from duixian.office.accounts.actor import Actor
from duixian.office.audit.chain import Told, append

_TOLD: ContextVar[list[Told] | None] = ContextVar("told", default=None)


@contextmanager
def acting() -> Iterator[None]:
    """A transaction whose audit events are written last, so that the chain is held for as short as can be.

    Within another one it belongs to that.
    """
    if _TOLD.get() is not None:
        yield
        return
    told: list[Told] = []
    token = _TOLD.set(told)
    try:
        with transaction.atomic():
            yield
            append(told)
    finally:
        _TOLD.reset(token)


def tell(
    actor: Actor,
    action: str,
    subject: object = "",
    *,
    enterprise: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Note what was done or read, for the audit chain. ``detail`` holds no personal data, but may hold their fingerprints.

    Raises:
        RuntimeError: outside of ``acting()``: what leaves no trace must not happen.
    """
    told = _TOLD.get()
    if told is None:
        raise RuntimeError("nothing may be done outside of acting()")
    key = getattr(subject, "pk", subject)
    kind = type(subject).__name__ if hasattr(subject, "pk") else ""
    told.append(Told(actor.name, action, kind, str(key), enterprise, detail))
