"""What tests of accounts share: an account with a password, its device, and requests from an address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.actor import Actor, actor_of
from duixian.office.accounts.models import Role, User

PASSWORD = "桥头-0518-花果山-盐河"
ADDRESS = "10.1.2.3"


@pytest.fixture
def administrator(make_actor: Callable[..., Actor]) -> Actor:
    """The administrator who acts."""
    return make_actor(Role.ADMINISTRATOR)


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    """A city officer with a password."""
    user = make_user(Role.CITY_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def device(officer: User) -> TOTPDevice:
    """The officer's confirmed device."""
    return TOTPDevice.objects.create(user=officer, confirmed=True)


def code_of(device: TOTPDevice) -> str:
    """What the device shows now."""
    return f"{totp(device.bin_key):06}"


def asked_from(address: str = ADDRESS) -> HttpRequest:
    """A request from an address, with a session of its own."""
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


def actor(user: User) -> Actor:
    """The actor as the account is now."""
    return actor_of(User.objects.get(pk=user.pk))
