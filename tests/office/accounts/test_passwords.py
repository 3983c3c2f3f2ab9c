"""Passwords are changed by their owner, who knows the old one."""

from __future__ import annotations

import pytest
from django.test import Client

from duixian.office.accounts.models import User
from duixian.office.accounts.passwords import change_password
from duixian.office.audit.models import AuditEvent
from duixian.office.refusal import Refusal
from tests.office.accounts.conftest import PASSWORD, actor

pytestmark = pytest.mark.django_db
ANOTHER = "云台山-海上-日出-二〇二六"


def test_a_password_is_changed_and_told_without_itself(officer: User) -> None:
    assert change_password(actor(officer), PASSWORD, ANOTHER).check_password(ANOTHER)
    assert AuditEvent.objects.get(action="account.change_password").detail == {}


def test_who_does_not_know_the_old_password_changes_nothing(officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        change_password(actor(officer), ANOTHER, ANOTHER)
    assert refused.value.code == "password-wrong"


def test_a_weak_new_password_is_refused(officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        change_password(actor(officer), PASSWORD, "short")
    assert refused.value.code == "password-weak"


def test_other_sessions_end_with_the_old_password(officer: User, client: Client) -> None:
    client.force_login(officer)
    assert client.get("/api/v1/accounts/me").status_code == 200
    change_password(actor(officer), PASSWORD, ANOTHER)
    assert client.get("/api/v1/accounts/me").status_code == 401
