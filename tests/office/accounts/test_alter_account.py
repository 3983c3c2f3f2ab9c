"""Accounts are altered, closed and reopened by another's hand, never by one's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.alter_account import alter_account, close_account, reopen_account
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.tokens import actor_of_token, issue
from duixian.office.audit.models import AuditEvent
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal, Stale
from tests.office.accounts.conftest import PASSWORD, actor
from tests.office.conftest import AREA

pytestmark = pytest.mark.django_db


def test_an_account_gets_another_role_and_area(administrator: Actor, officer: User) -> None:
    altered = alter_account(administrator, officer.pk, version=1, role=Role.COUNTY_OFFICER, area=AREA)
    assert (altered.role, altered.area, altered.version) == (Role.COUNTY_OFFICER, AREA, 2)
    event = AuditEvent.objects.get(action="account.alter")
    assert event.detail == {
        "fields": ["area", "role"],
        "role": ["city_officer", "county_officer"],
        "area": ["", AREA],
    }


def test_of_personal_data_only_the_field_is_told(administrator: Actor, officer: User) -> None:
    alter_account(administrator, officer.pk, email="new@example.cn", person="某某")
    assert AuditEvent.objects.get(action="account.alter").detail == {"fields": ["email", "first_name"]}


def test_altering_nothing_tells_nothing(administrator: Actor, officer: User) -> None:
    assert alter_account(administrator, officer.pk, unit="").version == 1
    assert not AuditEvent.objects.filter(action="account.alter").exists()


def test_what_does_not_fit_the_new_role_is_refused(administrator: Actor, officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        alter_account(administrator, officer.pk, role=Role.COUNTY_OFFICER)
    assert refused.value.code == "area-needed"


def test_a_field_that_no_account_has_is_a_bug(administrator: Actor, officer: User) -> None:
    with pytest.raises(TypeError):
        alter_account(administrator, officer.pk, is_superuser="1")


def test_who_read_an_older_version_is_refused(administrator: Actor, officer: User) -> None:
    alter_account(administrator, officer.pk, unit="市工信局")
    with pytest.raises(Stale):
        alter_account(administrator, officer.pk, version=1, unit="市财政局")


def test_another_placement_revokes_the_tokens(administrator: Actor, officer: User) -> None:
    text = issue(actor(officer), "脚本").text
    alter_account(administrator, officer.pk, person="某某")
    assert actor_of_token(text) is not None
    alter_account(administrator, officer.pk, role=Role.CITY_REVIEWER)
    assert actor_of_token(text) is None


def test_nobody_alters_closes_or_raises_his_own_account(administrator: Actor) -> None:
    own = administrator.account_id
    acts: list[Callable[[], object]] = [
        lambda: alter_account(administrator, own, role=Role.FINANCE),
        lambda: close_account(administrator, own, reason="x"),
        lambda: reopen_account(administrator, own, reason="x"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.code == "own-account"


@pytest.mark.parametrize("role", [each for each in Role if each != Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_alters_accounts(
    make_user: Callable[..., User], officer: User, role: str
) -> None:
    with pytest.raises(NotAllowed):
        alter_account(actor(make_user(role, "another")), officer.pk, role=Role.ADMINISTRATOR)


def test_a_closed_account_keeps_nothing_open(administrator: Actor, officer: User) -> None:
    text = issue(actor(officer), "脚本").text
    assert not close_account(administrator, officer.pk, reason="调离").is_active
    assert actor_of_token(text) is None
    with pytest.raises(Clash):
        close_account(administrator, officer.pk, reason="调离")


def test_a_reopened_account_needs_a_new_password_and_new_tokens(administrator: Actor, officer: User) -> None:
    text = issue(actor(officer), "脚本").text
    close_account(administrator, officer.pk, reason="调离")
    reopened = reopen_account(administrator, officer.pk, reason="调回")
    assert reopened.is_active
    assert not reopened.check_password(PASSWORD)
    assert actor_of_token(text) is None
    with pytest.raises(Clash):
        reopen_account(administrator, officer.pk, reason="调回")


def test_closing_and_reopening_need_a_reason(administrator: Actor, officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        close_account(administrator, officer.pk, reason=" ")
    assert refused.value.code == "reason-needed"


def test_an_administrator_who_was_closed_meanwhile_closes_nobody(
    administrator: Actor, officer: User, make_actor: Callable[..., Actor]
) -> None:
    second = make_actor(Role.ADMINISTRATOR, "second")
    close_account(second, administrator.account_id, reason="调离")
    with pytest.raises(NotAllowed):
        close_account(administrator, second.account_id, reason="调离")


def test_an_account_that_is_not_there_is_not_found(administrator: Actor) -> None:
    with pytest.raises(NotThere):
        alter_account(administrator, 999_999, unit="x")
