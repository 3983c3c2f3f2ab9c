"""Throttling (限流): how often one address may ask the routes that are open to all."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from duixian.office.accounts.client_address import address_of
from duixian.office.api.signing_in import signed_in
from duixian.office.refusal import Refusal

_WINDOW_SECONDS = 60


class PublicThrottle(BaseThrottle):
    """So many requests a minute from one address, counted by calendar minutes; signed-in askers are not counted.

    The count is kept in the cache; without a shared cache each process of the server counts for itself.
    """

    def __init__(self, setting: str = "PUBLIC_REQUESTS_PER_MINUTE") -> None:
        self.setting = setting

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this one is still within the limit; it counts."""
        if _is_signed_in(request):
            return True
        minute = int(time.time()) // _WINDOW_SECONDS
        key = f"throttle:{self.setting}:{minute}:{address_of(request)}"
        cache.add(key, 0, 2 * _WINDOW_SECONDS)
        try:
            count = cache.incr(key)
        except ValueError:  # the cache forgot it between the two calls: a full cache is no reason to refuse
            return True
        return bool(count <= getattr(settings, self.setting))

    def wait(self) -> int:
        """Seconds until the next minute."""
        return _WINDOW_SECONDS - int(time.time()) % _WINDOW_SECONDS


def _is_signed_in(request: HttpRequest) -> bool:
    """A bad token is nobody's."""
    try:
        return signed_in(request) is not None
    except Refusal:
        return False
