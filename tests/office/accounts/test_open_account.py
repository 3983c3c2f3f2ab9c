"""Accounts are opened by an administrator, for a role, an area and an enterprise that fit together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duixian.credit_code import make_code
from duixian.office.accounts.actor import SYSTEM, Actor
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.open_account import open_account, open_first_administrator
from duixian.office.audit.models import AuditEvent
from duixian.office.refusal import Clash, NotAllowed, Refusal
from tests.office.conftest import AREA

pytestmark = pytest.mark.django_db
CODE = make_code("91", "320722", 1)


def test_an_account_is_opened_without_a_password(administrator: Actor) -> None:
    user = open_account(administrator, name="zhangsan", role=Role.COUNTY_OFFICER, area=AREA, unit="县工信局")
    assert (user.role, user.area, user.unit) == ("county_officer", AREA, "县工信局")
    assert not user.has_usable_password()


def test_opening_is_told_in_the_audit_chain_without_the_name_of_the_person(administrator: Actor) -> None:
    user = open_account(
        administrator, name="zhangsan", role=Role.FINANCE, person="某某某", email="a@example.cn"
    )
    event = AuditEvent.objects.get(action="account.open")
    assert (event.actor, event.subject_type, event.subject_id) == ("administrator", "User", str(user.pk))
    assert event.detail == {"role": "finance", "area": ""}


def test_a_credit_code_gets_its_official_spelling(administrator: Actor) -> None:
    user = open_account(administrator, name="qiye", role=Role.ENTERPRISE, enterprise_code=f" {CODE.lower()} ")
    assert user.enterprise_code == CODE


@pytest.mark.parametrize(
    ("placement", "code"),
    [
        ({"role": "mayor"}, "role-unknown"),
        ({"role": Role.COUNTY_OFFICER}, "area-needed"),
        ({"role": Role.COUNTY_OFFICER, "area": "昆山市"}, "area-unknown"),
        ({"role": Role.FINANCE, "area": AREA}, "area-not-wanted"),
        ({"role": Role.ENTERPRISE}, "enterprise-needed"),
        ({"role": Role.ENTERPRISE, "enterprise_code": CODE[:-1] + "!"}, "credit-code-wrong"),
        ({"role": Role.AUDITOR, "enterprise_code": CODE}, "enterprise-not-wanted"),
        ({"role": Role.FINANCE, "email": "no address"}, "account-field-wrong"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    administrator: Actor, placement: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        open_account(administrator, name="zhangsan", **placement)
    assert refused.value.code == code
    assert not User.objects.filter(username="zhangsan").exists()


@pytest.mark.parametrize("name", ["", "zhang san", "x" * 151])
def test_a_name_that_is_none_is_refused(administrator: Actor, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        open_account(administrator, name=name, role=Role.FINANCE)
    assert refused.value.code == "account-field-wrong"


def test_a_name_or_an_identity_is_taken_once(administrator: Actor) -> None:
    open_account(administrator, name="zhangsan", role=Role.FINANCE, single_sign_on_id="u-1")
    for name, identity in (("zhangsan", ""), ("lisi", "u-1")):
        with pytest.raises(Clash) as refused:
            open_account(administrator, name=name, role=Role.FINANCE, single_sign_on_id=identity)
        assert refused.value.code == "account-name-taken"
    open_account(administrator, name="lisi", role=Role.FINANCE)
    open_account(administrator, name="wangwu", role=Role.FINANCE)


@pytest.mark.parametrize("role", [each for each in Role if each != Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_opens_accounts(make_actor: Callable[..., Actor], role: str) -> None:
    with pytest.raises(NotAllowed):
        open_account(make_actor(role), name="zhangsan", role=Role.FINANCE)


def test_the_system_opens_no_accounts(db: None) -> None:
    with pytest.raises(NotAllowed):
        open_account(SYSTEM, name="zhangsan", role=Role.FINANCE)


def test_the_first_administrator_is_opened_once(db: None) -> None:
    first = open_first_administrator("guanliyuan")
    assert first.role == Role.ADMINISTRATOR
    with pytest.raises(Clash) as refused:
        open_first_administrator("another")
    assert refused.value.code == "administrator-there"
