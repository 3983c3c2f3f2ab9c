"""Verifying the whole office finds what is wrong in any of its parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import LazySettings

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.evidence.store import keep_own, path_of
from duixian.office.runs.models import Run
from duixian.office.runs.start import start
from duixian.office.whole_office import verify_office

DAY = date(2026, 12, 31)


def _complaints() -> dict[str, list[str]]:
    return {each.part: each.complaints for each in verify_office() if each.complaints}


@pytest.mark.django_db
def test_an_office_where_nothing_happened_is_green() -> None:
    assert _complaints() == {}


@pytest.mark.django_db
def test_a_changed_file_is_told(settings: LazySettings, tmp_path: object) -> None:
    settings.FILES = tmp_path
    digest = keep_own("名单".encode(), "text/plain").digest
    path_of(digest).chmod(0o600)
    path_of(digest).write_bytes("别的".encode())
    assert _complaints() == {"存档文件": [f"文件 {digest} 缺失或已被改动"]}


@pytest.mark.django_db
def test_a_changed_run_is_told(make_actor: Callable[..., Actor]) -> None:
    run = start(make_actor(Role.CITY_OFFICER), title="首批", as_of=DAY)
    Run.objects.filter(pk=run.pk).update(is_strict=True)
    assert _complaints() == {"认定批次": [f"批次 {run.pk} 的严格模式与凭据不符"]}
