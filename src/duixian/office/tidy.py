"""Tidying (整理): what has served its time, or was left by a request that died, is taken away. What was decided stays."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from shutil import rmtree

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from duixian.office.api.idempotency import forget_old_answers
from duixian.office.evidence.store import forget_unfinished

DAY_SECONDS = 24 * 3600
"""A request that began so long ago is not at work any more."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was taken away (整理结果): of which kind, and how many."""

    part: str
    count: int


def tidy() -> Iterator[Tidied]:
    """Take away what nobody needs, kind by kind; once a day is right."""
    for part, forget in PARTS.items():
        yield Tidied(part, forget())


def _forget_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def _forget_copies() -> int:
    """Copies of tables whose import never came to its end."""
    old = time.time() - DAY_SECONDS
    count = 0
    for each in settings.COPIES.iterdir():
        # An import may come to its end while this one looks.
        with suppress(FileNotFoundError):
            if each.stat().st_mtime < old:
                rmtree(each)
                count += 1
    return count


PARTS: dict[str, Callable[[], int]] = {
    "幂等请求的旧答复": forget_old_answers,
    "过期的会话": _forget_sessions,
    "没有写完的文件": lambda: forget_unfinished(time.time() - DAY_SECONDS),
    "没有导入完的表": _forget_copies,
}
"""What is taken away, and how."""
