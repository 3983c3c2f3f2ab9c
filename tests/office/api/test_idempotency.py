"""A write under an Idempotency-Key happens once; its first answer is told again, to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from duixian.office.accounts.models import Role
from duixian.office.api.idempotency import TOLD_AGAIN, forget_old_answers
from duixian.office.api.models import KeptAnswer
from duixian.office.awards.models import Holiday
from tests.office.api.at_once import ASKERS, ROUNDS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.office.api.probe")]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def officer(client_of: Callable[..., Client]) -> Client:
    return client_of(Role.CITY_OFFICER)


def write(client: Client, key: str | None, note: str = "一") -> Any:
    headers = {} if key is None else {"idempotency-key": key}
    return client.post("/probe/days", {"note": note}, content_type="application/json", headers=headers)


def test_without_a_key_every_request_counts(officer: Client) -> None:
    write(officer, None)
    write(officer, None)
    assert Holiday.objects.count() == 2
    assert not KeptAnswer.objects.exists()


def test_the_first_answer_is_told_again_to_the_byte(officer: Client) -> None:
    first, second = write(officer, "k-1"), write(officer, "k-1")
    assert Holiday.objects.count() == 1
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert (first["ETag"], first["Content-Type"]) == (second["ETag"], second["Content-Type"])
    assert (first.get(TOLD_AGAIN), second.get(TOLD_AGAIN)) == (None, "true")


def test_another_body_under_the_same_key_is_refused(officer: Client) -> None:
    write(officer, "k-1")
    answer = write(officer, "k-1", "二")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
    assert Holiday.objects.count() == 1


def test_another_path_under_the_same_key_is_refused(officer: Client) -> None:
    write(officer, "k-1")
    answer = officer.post(
        "/probe/half", {"note": "一"}, content_type="application/json", headers={"idempotency-key": "k-1"}
    )
    assert answer.json()["code"] == "idempotency-key-reused"


def test_keys_belong_to_accounts(client_of: Callable[..., Client]) -> None:
    write(client_of(Role.CITY_OFFICER, "甲"), "k-1")
    write(client_of(Role.CITY_OFFICER, "乙"), "k-1")
    assert Holiday.objects.count() == 2


def test_a_refusal_changes_nothing_and_is_not_kept(officer: Client) -> None:
    for _ in range(2):
        answer = officer.post("/probe/half", headers={"idempotency-key": "k-1"})
        assert (answer.status_code, answer.get(TOLD_AGAIN)) == (409, None)
    assert not Holiday.objects.exists()
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", "钥匙", "a b", "x" * 121])
def test_a_key_that_is_none_is_refused(officer: Client, key: str) -> None:
    answer = write(officer, key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-malformed")
    assert not Holiday.objects.exists()


def test_reads_know_no_keys(officer: Client) -> None:
    officer.get("/probe/days", headers={"idempotency-key": "k-1"})
    assert not KeptAnswer.objects.exists()


def test_who_is_not_signed_in_leaves_no_answer(nobody: Client) -> None:
    assert write(nobody, "k-1").status_code == 401
    assert not KeptAnswer.objects.exists()


def upload(client: Client, content: bytes) -> Any:
    form = {"note": "名单", "file": SimpleUploadedFile("a.csv", content)}
    return client.post("/probe/files", form, headers={"idempotency-key": "k-1"})


def test_a_form_with_a_file_is_known_by_its_content_not_by_its_boundary(officer: Client) -> None:
    first, second = upload(officer, b"one"), upload(officer, b"one")
    assert first.status_code == 201, first.content
    assert first.content == second.content
    assert upload(officer, b"two").json()["code"] == "idempotency-key-reused"
    assert Holiday.objects.count() == 1


def test_answers_are_forgotten_after_thirty_days(officer: Client) -> None:
    write(officer, "old")
    KeptAnswer.objects.update(kept_at=timezone.now() - timedelta(days=31))
    write(officer, "new")
    assert forget_old_answers() == 1
    assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["new"]


def test_what_comes_at_the_same_time_under_one_key_happens_once(tmp_path: Path) -> None:
    name = str(tmp_path / "at_once.sqlite3") if connection.vendor == "sqlite" else f"at_once_{os.getpid()}"
    command = [sys.executable, "-m", "tests.office.api.at_once", name]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.office.settings"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [str(ROUNDS), str(ROUNDS)]
    assert ASKERS > 1
