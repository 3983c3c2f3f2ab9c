"""A token or a session, and nothing else, says who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.models import ApiToken, Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.office.api.probe")]


def session(user: User) -> Client:
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_token_that_has_ended_is_nobodys(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.CITY_OFFICER)
    assert client.get("/probe/days").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get("/probe/days").json()["code"] == "token-invalid"


def test_a_session_reads_as_it_is_and_writes_with_its_csrf_token(make_user: Callable[..., User]) -> None:
    client = session(make_user(Role.CITY_OFFICER))
    assert client.get("/probe/days").status_code == 200
    answer = client.post("/probe/days", {"note": "一"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    client.cookies["csrftoken"] = "a" * 32
    answer = client.post(
        "/probe/days", {"note": "一"}, content_type="application/json", headers={"x-csrftoken": "a" * 32}
    )
    assert answer.status_code == 201


def test_a_session_without_its_second_step_is_nobodys(make_user: Callable[..., User]) -> None:
    user = make_user(Role.CITY_OFFICER)
    TOTPDevice.objects.create(user=user, confirmed=True)
    answer = session(user).get("/probe/days")
    assert (answer.status_code, answer.json()["code"]) == (401, "second-step-missing")


def test_a_bad_token_never_falls_back_to_the_session(make_user: Callable[..., User]) -> None:
    answer = session(make_user(Role.CITY_OFFICER)).get("/probe/days", headers={"authorization": "Bearer x"})
    assert answer.json()["code"] == "token-invalid"
