"""Accounts over the API: doors that count failures, secrets told once, and the administrator's work."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.tokens import issue
from duixian.office.api.models import KeptAnswer
from duixian.office.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "桥头-0518-花果山-盐河"


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What others asked within this minute does not count."""
    cache.clear()


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    """A city officer with a password."""
    user = make_user(Role.CITY_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def administrator(make_actor: Callable[..., Actor]) -> dict[str, str]:
    """The administrator's headers."""
    return headers(make_actor(Role.ADMINISTRATOR))


def headers(actor: Actor) -> dict[str, str]:
    """What a program sends that acts for an account."""
    return {"Authorization": f"Bearer {issue(actor, '测试').text}"}


def ask(client: Client, method: str, path: str, said: Any = None, **named: Any) -> Any:
    """A request with a body in JSON."""
    body = "" if said is None else json.dumps(said)
    return client.generic(method, f"/api/v1{path}", body, "application/json", **named)


def test_a_session_begins_and_ends(client: Client, officer: User) -> None:
    said = {"name": officer.username, "password": PASSWORD}
    assert ask(client, "POST", "/sign-in", said).json()["role"] == "city_officer"
    assert ask(client, "GET", "/accounts/me").json()["name"] == officer.username
    assert ask(client, "POST", "/sign-out").status_code == 200
    assert ask(client, "GET", "/accounts/me").status_code == 401


def test_no_answer_shows_a_password_or_a_hash(client: Client, officer: User) -> None:
    text = ask(client, "POST", "/sign-in", {"name": officer.username, "password": PASSWORD}).content.decode()
    assert "password" not in text
    assert "argon2" not in text


def test_the_door_locks_after_five_failures_and_says_so_in_our_own_form(
    client: Client, officer: User
) -> None:
    wrong = {"name": officer.username, "password": "wrong"}
    answers = [ask(client, "POST", "/sign-in", wrong) for _ in range(5)]
    assert [each.json()["code"] for each in answers] == ["sign-in-wrong"] * 4 + ["locked-out"]
    assert (answers[-1].status_code, answers[-1]["Content-Type"]) == (429, "application/problem+json")
    for path, more in (("/sign-in", {}), ("/sign-in/token", {"token": "x"})):
        assert ask(client, "POST", path, wrong | {"password": PASSWORD} | more).json()["code"] == "locked-out"


def test_an_idempotency_key_does_not_undo_the_counting_of_failures(
    client: Client, officer: User, make_actor: Callable[..., Actor]
) -> None:
    """A key makes one transaction of a request, and a refusal undoes it: so the doors take none."""
    other = headers(make_actor(Role.FINANCE))
    wrong = {"name": officer.username, "password": "wrong"}
    for number in range(5):
        answer = ask(client, "POST", "/sign-in", wrong, headers=other | {"Idempotency-Key": f"k{number}"})
        assert answer.json()["code"] == "idempotency-key-not-here"


def test_one_address_tries_only_so_often_whatever_the_names(client: Client, db: None, settings: Any) -> None:
    settings.SIGN_IN_REQUESTS_PER_MINUTE = 3
    with time_machine.travel(timezone.now(), tick=False):
        answers = [ask(client, "POST", "/sign-in", {"name": name, "password": "x"}) for name in "abcd"]
    assert [each.json()["code"] for each in answers] == ["sign-in-wrong"] * 3 + ["too-many-requests"]


def test_a_token_is_had_by_password_and_code(client: Client, officer: User) -> None:
    device = TOTPDevice.objects.create(user=officer, confirmed=True)
    said = {"name": officer.username, "password": PASSWORD, "token": "脚本", "days": 7}
    assert ask(client, "POST", "/sign-in/token", said).json()["code"] == "second-factor-needed"
    answer = ask(client, "POST", "/sign-in/token", said | {"code": f"{totp(device.bin_key):06}"})
    assert answer.status_code == 201
    token = {"Authorization": f"Bearer {answer.json()['text']}"}
    assert ask(client, "GET", "/accounts/me", headers=token).json()["name"] == officer.username
    assert "text" not in ask(client, "GET", "/tokens", headers=token).json()["items"][0]
    assert ask(client, "DELETE", f"/tokens/{answer.json()['id']}", headers=token).status_code == 200
    assert ask(client, "GET", "/accounts/me", headers=token).json()["code"] == "token-invalid"


def test_no_token_gives_birth_to_another(client: Client, officer: User) -> None:
    said = {"name": "另一个", "days": 7}
    answer = ask(client, "POST", "/tokens", said, headers=headers(actor_of(officer)))
    assert (answer.status_code, answer.json()["code"]) == (403, "session-needed")
    client.force_login(officer)
    assert ask(client, "POST", "/tokens", said).status_code == 201


def test_what_is_told_once_is_kept_nowhere(
    client: Client, officer: User, administrator: dict[str, str]
) -> None:
    keyed = administrator | {"Idempotency-Key": "once"}
    assert ask(client, "POST", f"/accounts/{officer.pk}/invite", headers=keyed).status_code == 422
    assert not KeptAnswer.objects.exists()


def test_a_second_factor_is_enrolled_and_removed(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert ask(client, "POST", "/accounts/me/second-factor").json()["address"].startswith("otpauth://totp/")
    device = TOTPDevice.objects.get()
    code = {"code": f"{totp(device.bin_key):06}"}
    confirmed = ask(client, "POST", "/accounts/me/second-factor/confirm", code)
    assert confirmed.json()["has_second_factor"] is True
    assert ask(client, "GET", "/accounts/me").status_code == 200, "the session that gave the code goes on"
    TOTPDevice.objects.update(last_t=-1)
    assert ask(client, "DELETE", "/accounts/me/second-factor", code).json()["has_second_factor"] is False


def test_an_account_is_opened_invited_taken_up_altered_and_closed(
    client: Client, administrator: dict[str, str]
) -> None:
    opened = ask(client, "POST", "/accounts", {"name": "zhangsan", "role": "finance"}, headers=administrator)
    assert (opened.status_code, opened["ETag"]) == (201, '"1"')
    path = f"/accounts/{opened.json()['id']}"
    code = ask(client, "POST", f"{path}/invite", headers=administrator).json()["code"]
    said = {"name": "zhangsan", "code": code, "password": PASSWORD}
    assert ask(client, "POST", "/invitations/take-up", said).status_code == 200
    stale = administrator | {"If-Match": '"1"'}
    assert ask(client, "PATCH", path, {"unit": "财政局"}, headers=stale).json()["code"] == "account-stale"
    altered = ask(client, "PATCH", path, {"unit": "财政局"}, headers=administrator)
    assert (altered.json()["unit"], altered["ETag"]) == ("财政局", '"3"')
    for way, is_active in (("close", False), ("reopen", True)):
        answer = ask(client, "POST", f"{path}/{way}", {"reason": "调离"}, headers=administrator)
        assert answer.json()["is_active"] is is_active
    assert ask(client, "GET", path, headers=administrator)["ETag"] == '"5"'


def test_accounts_are_listed_by_role_and_that_is_told(
    client: Client, officer: User, administrator: dict[str, str]
) -> None:
    found = ask(client, "GET", "/accounts?role=city_officer", headers=administrator).json()
    assert [each["name"] for each in found["items"]] == [officer.username]
    assert AuditEvent.objects.get(action="account.read").detail == {"role": "city_officer", "area": ""}


def test_one_s_own_password_is_changed_with_the_old_one(client: Client, officer: User) -> None:
    client.force_login(officer)
    said = {"old": "wrong", "new": "云台山-海上-日出-二〇二六"}
    assert ask(client, "POST", "/accounts/me/password", said).json()["code"] == "password-wrong"
    assert ask(client, "POST", "/accounts/me/password", said | {"old": PASSWORD}).status_code == 200
    assert ask(client, "GET", "/accounts/me").status_code == 401
