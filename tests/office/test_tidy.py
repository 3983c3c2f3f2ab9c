"""Tidying takes away what has served its time, and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.utils import timezone

from duixian.office.accounts.models import Role, User
from duixian.office.api.idempotency import KEPT_DAYS
from duixian.office.api.models import KeptAnswer
from duixian.office.evidence.store import is_whole, keep_own
from duixian.office.tidy import PARTS, tidy

pytestmark = pytest.mark.django_db
TWO_DAYS = 2 * 24 * 3600


@pytest.fixture(autouse=True)
def _own_folders(settings: LazySettings, tmp_path: Path) -> None:
    settings.FILES, settings.COPIES = tmp_path / "files", tmp_path / "copies"
    settings.COPIES.mkdir()


def _old(path: Path) -> Path:
    then = time.time() - TWO_DAYS
    os.utime(path, (then, then))
    return path


def _left() -> dict[str, int]:
    return {each.part: each.count for each in tidy() if each.count}


def test_where_nothing_is_left_over_nothing_is_taken_away() -> None:
    assert [each.part for each in tidy()] == list(PARTS)
    assert _left() == {}


def test_files_that_were_never_finished_go_and_kept_ones_stay(settings: LazySettings) -> None:
    digest = keep_own("名单".encode(), "text/plain").digest
    waiting = Path(settings.FILES) / ".waiting"
    old, new = _old(_made(waiting / "old")), _made(waiting / "new")
    assert _left() == {"没有写完的文件": 1}
    assert (old.exists(), new.exists(), is_whole(digest)) == (False, True, True)


def test_copies_of_a_request_that_died_go_and_those_at_work_stay(settings: LazySettings) -> None:
    dead, at_work = settings.COPIES / "dead", settings.COPIES / "at work"
    for each in (dead, at_work):
        each.mkdir()
        _made(each / "table.csv")
    _old(dead)
    assert _left() == {"没有导入完的表": 1}
    assert (dead.exists(), at_work.exists()) == (False, True)


def test_sessions_that_are_over_go() -> None:
    now = timezone.now()
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    assert _left() == {"过期的会话": 1}
    assert Session.objects.get().session_key == "open"


def test_answers_that_nobody_asks_for_again_go(make_user: Callable[..., User]) -> None:
    user = make_user(Role.CITY_OFFICER)
    for key, days in (("old", KEPT_DAYS + 1), ("new", KEPT_DAYS - 1)):
        kept = KeptAnswer.objects.create(
            user=user, key=key, request_hash="x", status=200, body="", headers={}
        )
        KeptAnswer.objects.filter(pk=kept.pk).update(kept_at=timezone.now() - timedelta(days=days))
    assert _left() == {"幂等请求的旧答复": 1}
    assert KeptAnswer.objects.get().key == "new"


def _made(path: Path) -> Path:
    path.write_bytes(b"half")
    return path
