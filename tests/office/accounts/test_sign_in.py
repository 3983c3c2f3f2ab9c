"""Signing in is throttled by name and address, and says nothing about what was wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.models import User
from duixian.office.accounts.sign_in import LockedOut, NotSignedIn, sign_in
from duixian.office.audit.models import AuditEvent
from tests.office.accounts.conftest import PASSWORD, asked_from, code_of

pytestmark = pytest.mark.django_db


def _refused(name: str, password: str, code: str = "", address: str = "10.1.2.3") -> str:
    with pytest.raises((NotSignedIn, LockedOut)) as refused:
        sign_in(asked_from(address), name, password, code)
    return refused.value.code


def test_the_right_password_signs_in_and_is_told(officer: User) -> None:
    request = asked_from()
    assert sign_in(request, officer.username, PASSWORD) == officer
    assert request.session["_auth_user_id"] == str(officer.pk)
    assert AuditEvent.objects.get().action == "account.sign_in"


def test_a_wrong_name_and_a_wrong_password_look_the_same(officer: User) -> None:
    assert _refused(officer.username, "wrong") == _refused("nobody", PASSWORD) == "sign-in-wrong"


def test_a_closed_account_does_not_sign_in(officer: User) -> None:
    officer.is_active = False
    officer.save()
    assert _refused(officer.username, PASSWORD) == "sign-in-wrong"


def test_the_fifth_failure_locks_the_name_at_that_address_even_for_the_right_password(officer: User) -> None:
    codes = [_refused(officer.username, "wrong") for _ in range(5)]
    assert codes == ["sign-in-wrong"] * 4 + ["locked-out"]
    assert _refused(officer.username, PASSWORD) == "locked-out"


def test_the_lock_is_for_that_name_at_that_address_only(officer: User) -> None:
    for _ in range(5):
        _refused(officer.username, "wrong")
    assert sign_in(asked_from("10.9.9.9"), officer.username, PASSWORD) == officer
    assert _refused("nobody", PASSWORD) == "sign-in-wrong"


def test_the_lock_ends_after_an_hour(officer: User) -> None:
    for _ in range(5):
        _refused(officer.username, "wrong")
    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        assert _refused(officer.username, PASSWORD) == "locked-out"
    with time_machine.travel(timezone.now() + timedelta(minutes=121), tick=False):
        assert sign_in(asked_from(), officer.username, PASSWORD) == officer


def test_a_success_forgets_the_failures_before_it(officer: User) -> None:
    for _ in range(4):
        _refused(officer.username, "wrong")
    sign_in(asked_from(), officer.username, PASSWORD)
    assert _refused(officer.username, "wrong") == "sign-in-wrong"


def test_failures_and_the_lock_are_told_once_each_and_never_for_names_that_are_no_account(
    officer: User,
) -> None:
    for _ in range(7):
        _refused(officer.username, "wrong")
    _refused("nobody", "wrong")
    assert list(AuditEvent.objects.values_list("action", "actor", "subject_id")) == [
        *[("account.sign_in_failed", "系统", str(officer.pk))] * 4,
        ("account.locked_out", "系统", str(officer.pk)),
    ]


def test_a_second_factor_is_asked_for(officer: User, device: TOTPDevice) -> None:
    assert _refused(officer.username, PASSWORD) == "second-factor-needed"
    request = asked_from()
    sign_in(request, officer.username, PASSWORD, code_of(device))
    assert request.session["otp_device_id"] == device.persistent_id


def test_a_code_holds_once(officer: User, device: TOTPDevice) -> None:
    code = code_of(device)
    sign_in(asked_from(), officer.username, PASSWORD, code)
    assert _refused(officer.username, PASSWORD, code) == "second-factor-wrong"


def test_guessing_codes_is_locked_like_guessing_passwords(officer: User, device: TOTPDevice) -> None:
    guesses = [_refused(officer.username, PASSWORD, "000000") for _ in range(5)]
    assert guesses == ["second-factor-wrong"] * 4 + ["locked-out"]


def test_the_lock_does_not_depend_on_the_browser(officer: User) -> None:
    def asked(number: int) -> HttpRequest:
        request = asked_from()
        request.META["HTTP_USER_AGENT"] = f"browser {number}"
        return request

    for number in range(5):
        with pytest.raises((NotSignedIn, LockedOut)):
            sign_in(asked(number), officer.username, "wrong")
    with pytest.raises(LockedOut):
        sign_in(asked(9), officer.username, PASSWORD)
