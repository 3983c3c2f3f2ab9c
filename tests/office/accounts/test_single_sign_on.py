"""The city's single sign-on signs in whom an administrator gave an account, and nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.conf import LazySettings
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.models import User
from duixian.office.api.root import urls
from duixian.office.audit.models import AuditEvent
from tests.office.accounts.conftest import code_of
from tests.office.accounts.provider import CLIENT, SECRET, Provider, another_key, serving

pytestmark = pytest.mark.django_db
ADDRESSES = (
    path("api/v1/", urls),
    path("admin/", admin.site.urls),
    path("oidc/", include("mozilla_django_oidc.urls")),
)
BACKEND = "duixian.office.accounts.single_sign_on.CityBackend"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """One provider for all tests: making keys takes its time."""
    with serving() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings: LazySettings) -> Provider:
    """The provider as it is at first, and the office set up for it."""
    running.key, running.claims, running.token, running.is_down = (
        running.published,
        {"sub": "u-518"},
        {},
        False,
    )
    settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = CLIENT, SECRET
    settings.OIDC_ISSUER = running.address
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{running.address}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{running.address}/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{running.address}/me"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{running.address}/keys"
    settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, BACKEND]
    settings.ROOT_URLCONF = ADDRESSES
    return running


@pytest.fixture
def known(officer: User) -> User:
    """The officer whom the provider knows as u-518."""
    officer.single_sign_on_id = "u-518"
    officer.save()
    return officer


def _came_back(client: Client) -> HttpResponse:
    """The whole way: from the office to the provider, and back with a code."""
    away = client.get("/oidc/authenticate/")
    back = requests.get(away["Location"], allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith("http://testserver/oidc/callback/?")
    return client.get(back.removeprefix("http://testserver"))  # type: ignore[return-value]


def _account(client: Client) -> str:
    """Whose session it is, as the API sees it."""
    answer = client.get("/api/v1/accounts/me")
    return str(answer.json().get("name") or answer.json()["code"])


def test_who_has_an_account_is_signed_in(provider: Provider, known: User, client: Client) -> None:
    assert _came_back(client).status_code == 302
    assert _account(client) == known.username
    assert AuditEvent.objects.get(action="account.sign_in").actor == known.username


def test_the_claim_is_a_setting(
    provider: Provider, known: User, client: Client, settings: LazySettings
) -> None:
    settings.OIDC_CLAIM = "employee_number"
    provider.claims = {"sub": "u-518", "employee_number": "0042"}
    _came_back(client)
    assert _account(client) == "not-signed-in"
    known.single_sign_on_id = "0042"
    known.save()
    _came_back(client)
    assert _account(client) == known.username


def test_nobody_becomes_an_officer_by_signing_in(
    provider: Provider, officer: User, client: Client, settings: LazySettings
) -> None:
    settings.OIDC_CREATE_USER = True
    before = User.objects.count()
    _came_back(client)
    assert (_account(client), User.objects.count()) == ("not-signed-in", before)


def test_a_closed_account_is_not_signed_in_and_a_session_ends_with_its_account(
    provider: Provider, known: User, client: Client
) -> None:
    _came_back(client)
    assert _account(client) == known.username
    User.objects.filter(pk=known.pk).update(is_active=False)
    assert _account(client) == "not-signed-in"
    _came_back(client)
    assert _account(client) == "not-signed-in"


@pytest.mark.parametrize(
    ("token", "claims"),
    [
        ({"aud": "somebody-else"}, {"sub": "u-518"}),
        ({"aud": ["a", "b"]}, {"sub": "u-518"}),
        ({"iss": "http://elsewhere.example"}, {"sub": "u-518"}),
        ({"exp": 1}, {"sub": "u-518"}),
        ({"exp": None}, {"sub": "u-518"}),
        ({"nonce": "another"}, {"sub": "u-518"}),
        ({"sub": "u-1"}, {"sub": "u-518"}),
        ({}, {"sub": "u-1"}),
        ({}, {}),
        ({"sub": None}, {}),
        ({}, ["u-518"]),
    ],
)
def test_a_token_that_is_not_for_us_about_that_person_and_now_signs_nobody_in(
    provider: Provider, known: User, client: Client, token: dict[str, Any], claims: Any
) -> None:
    provider.token, provider.claims = token, claims
    assert _came_back(client).status_code == 302
    assert _account(client) == "not-signed-in"


def test_a_token_signed_by_another_key_signs_nobody_in(
    provider: Provider, known: User, client: Client
) -> None:
    provider.key = another_key()
    assert _came_back(client).status_code == 302
    assert _account(client) == "not-signed-in"


def test_a_provider_that_is_down_signs_nobody_in(provider: Provider, known: User, client: Client) -> None:
    provider.is_down = True
    assert _came_back(client).status_code == 302
    assert _account(client) == "not-signed-in"


def test_a_code_that_another_browser_fetched_signs_nobody_in(
    provider: Provider, known: User, client: Client
) -> None:
    away = client.get("/oidc/authenticate/")
    back = requests.get(away["Location"], allow_redirects=False, timeout=10).headers["Location"]
    other = Client()
    other.get(back.removeprefix("http://testserver"))
    assert _account(other) == "not-signed-in"
    assert client.get(back.removeprefix("http://testserver").replace("state=", "state=x")).status_code == 400
    assert _account(client) == "not-signed-in"


def test_the_second_factor_is_asked_for_here_too(
    provider: Provider, known: User, device: TOTPDevice, client: Client
) -> None:
    _came_back(client)
    assert _account(client) == "second-step-missing"
    for code, status in (("000000", 401), ("", 401)):
        answer = client.post("/api/v1/sign-in/second-factor", {"code": code}, content_type="application/json")
        assert answer.status_code == status
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    said = {"code": code_of(device)}
    assert (
        client.post("/api/v1/sign-in/second-factor", said, content_type="application/json").status_code == 200
    )
    assert _account(client) == known.username


@pytest.mark.parametrize(("client_id", "found"), [("", "False"), ("duixian", "True")])
def test_its_addresses_are_there_only_where_a_city_has_one(client_id: str, found: str) -> None:
    asked = (
        "import django; django.setup(); from django.urls import get_resolver; from django.conf import settings;"
        "print(any(str(each.pattern) == 'oidc/' for each in get_resolver().url_patterns)"
        " == settings.HAS_SINGLE_SIGN_ON == (settings.AUTHENTICATION_BACKENDS[-1].endswith('CityBackend'))"
        " and settings.HAS_SINGLE_SIGN_ON)"
    )
    environ = os.environ | {
        "DUIXIAN_OIDC_CLIENT_ID": client_id,
        "DJANGO_SETTINGS_MODULE": "duixian.office.settings",
    }
    answer = subprocess.run(
        [sys.executable, "-c", asked], env=environ, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == found
