"""The owner alone sets the password of an account, with a code that holds once and not for long."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.alter_account import close_account
from duixian.office.accounts.invitations import invite, invite_first_administrator, take_up
from duixian.office.accounts.models import Role, User
from duixian.office.accounts.open_account import open_account, open_first_administrator
from duixian.office.refusal import Clash, NotThere, Refusal
from tests.office.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(administrator: Actor) -> User:
    """An account that was opened just now."""
    return open_account(administrator, name="zhangsan", role=Role.FINANCE)


def test_an_invitation_sets_the_password(administrator: Actor, invited: User) -> None:
    user = take_up("zhangsan", invite(administrator, invited.pk), PASSWORD)
    assert user.check_password(PASSWORD)
    assert user.password.startswith("argon2$argon2id$")


def test_an_invitation_holds_once(administrator: Actor, invited: User) -> None:
    code = invite(administrator, invited.pk)
    take_up("zhangsan", code, PASSWORD)
    with pytest.raises(Refusal) as refused:
        take_up("zhangsan", code, PASSWORD + "2")
    assert refused.value.code == "invitation-wrong"


def test_an_invitation_holds_for_three_days(administrator: Actor, invited: User) -> None:
    code = invite(administrator, invited.pk)
    with (
        time_machine.travel(timezone.now() + timedelta(days=4)),
        pytest.raises(Refusal) as refused,
    ):
        take_up("zhangsan", code, PASSWORD)
    assert refused.value.code == "invitation-wrong"


def test_an_invitation_is_for_its_account_alone(administrator: Actor, invited: User, officer: User) -> None:
    code = invite(administrator, invited.pk)
    for name in (officer.username, "nobody"):
        with pytest.raises(Refusal) as refused:
            take_up(name, code, PASSWORD)
        assert refused.value.code == "invitation-wrong"


@pytest.mark.parametrize("weak", ["短", "1234567890123", "password123", "zhangsan-1", "abcdefghi"])
def test_a_weak_password_is_refused_and_the_invitation_stays(
    administrator: Actor, invited: User, weak: str
) -> None:
    code = invite(administrator, invited.pk)
    with pytest.raises(Refusal) as refused:
        take_up("zhangsan", code, weak)
    assert refused.value.code == "password-weak"
    assert weak not in refused.value.why
    take_up("zhangsan", code, PASSWORD)


def test_a_closed_account_is_not_invited(administrator: Actor, invited: User) -> None:
    code = invite(administrator, invited.pk)
    close_account(administrator, invited.pk, reason="误开")
    with pytest.raises(Clash):
        invite(administrator, invited.pk)
    with pytest.raises(Refusal):
        take_up("zhangsan", code, PASSWORD)


def test_who_is_not_there_is_not_invited(administrator: Actor) -> None:
    with pytest.raises(NotThere):
        invite(administrator, 999_999)


def test_the_first_administrator_is_invited_from_the_command_line_until_the_account_is_used(db: None) -> None:
    first = open_first_administrator("guanliyuan")
    taken = take_up("guanliyuan", invite_first_administrator(first), PASSWORD)
    with pytest.raises(ValueError, match="somebody's"):
        invite_first_administrator(taken)
