"""A second factor is enrolled by its owner, asked for from its first code on, and taken away by another's hand when the device is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import time_machine
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.second_factor import confirm, enrol, has_second_factor, recover, remove
from duixian.office.accounts.tokens import actor_of_token, issue
from duixian.office.audit.models import AuditEvent
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal
from tests.office.accounts.conftest import actor, code_of

pytestmark = pytest.mark.django_db


def test_a_second_factor_counts_from_its_first_code_on(officer: User) -> None:
    address = urlsplit(enrol(actor(officer)))
    assert (address.scheme, unquote(address.path)) == ("otpauth", f"/兑现:{officer.username}")
    assert parse_qs(address.query)["digits"] == ["6"]
    assert not has_second_factor(officer)
    confirm(actor(officer), code_of(TOTPDevice.objects.get(user=officer)))
    assert has_second_factor(officer)


def test_the_secret_is_nowhere_in_the_audit_chain(officer: User) -> None:
    secret = parse_qs(urlsplit(enrol(actor(officer))).query)["secret"][0]
    told = repr(list(AuditEvent.objects.values()))
    assert "second_factor.enrol" in told
    assert secret not in told


def test_beginning_again_forgets_the_first_secret(officer: User) -> None:
    enrol(actor(officer))
    first = TOTPDevice.objects.get(user=officer)
    enrol(actor(officer))
    with pytest.raises(Refusal) as refused:
        confirm(actor(officer), code_of(first))
    assert refused.value.code == "second-factor-code-wrong"


def test_a_second_device_is_not_enrolled_beside_the_first(officer: User, device: TOTPDevice) -> None:
    with pytest.raises(Clash) as refused:
        enrol(actor(officer))
    assert refused.value.code == "second-factor-there"


def test_what_was_not_begun_is_not_confirmed(officer: User) -> None:
    with pytest.raises(Clash) as refused:
        confirm(actor(officer), "123456")
    assert refused.value.code == "second-factor-not-begun"


def test_tokens_of_before_end_with_the_first_code(officer: User) -> None:
    text = issue(actor(officer), "脚本").text
    enrol(actor(officer))
    confirm(actor(officer), code_of(TOTPDevice.objects.get(user=officer)))
    assert actor_of_token(text) is None


def test_wrong_codes_make_the_device_wait(officer: User, device: TOTPDevice) -> None:
    for _ in range(3):
        with pytest.raises(Refusal):
            remove(actor(officer), "000000")
    with pytest.raises(Refusal):
        remove(actor(officer), code_of(device))
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        remove(actor(officer), code_of(device))
    assert not has_second_factor(officer)


def test_who_has_none_removes_none(officer: User) -> None:
    with pytest.raises(Clash) as refused:
        remove(actor(officer), "123456")
    assert refused.value.code == "second-factor-not-there"


def test_an_administrator_helps_who_lost_his_device(
    administrator: Actor, officer: User, device: TOTPDevice
) -> None:
    recover(administrator, officer.pk, reason="手机遗失")
    assert not has_second_factor(officer)
    assert AuditEvent.objects.get(action="account.recover").detail == {"reason": "手机遗失"}
    with pytest.raises(Clash):
        recover(administrator, officer.pk, reason="手机遗失")


def test_nobody_helps_himself_nor_without_a_reason(
    administrator: Actor, officer: User, device: TOTPDevice, make_actor: Callable[..., Actor]
) -> None:
    with pytest.raises(NotAllowed):
        recover(administrator, administrator.account_id, reason="x")
    with pytest.raises(NotAllowed):
        recover(make_actor(Role.AUDITOR), officer.pk, reason="x")
    with pytest.raises(Refusal):
        recover(administrator, officer.pk, reason="")
    with pytest.raises(NotThere):
        recover(administrator, 999_999, reason="x")
    assert has_second_factor(officer)
