"""The client's address (来访地址): what is locked out together with a name."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """The address from which was asked; None when only a local socket is between.

    Each proxy appends to ``X-Forwarded-For`` whom it was asked by. What stands left of our own proxies' words anybody could have written.
    """
    said = [each.strip() for each in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
    if 0 < settings.PROXIES <= len(said) and _is_address(said[-settings.PROXIES]):
        return said[-settings.PROXIES]
    here = str(request.META.get("REMOTE_ADDR", ""))
    return here if _is_address(here) else None


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
