"""API tokens are shown once, kept as a hash, and end by date, by hand or with their account."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import ApiToken, Role, User
from duixian.office.accounts.tokens import actor_of_token, issue, own_tokens, revoke
from duixian.office.audit.models import AuditEvent
from duixian.office.refusal import NotThere, Refusal
from tests.office.accounts.conftest import actor

pytestmark = pytest.mark.django_db


def test_a_token_acts_for_its_account(officer: User) -> None:
    issued = issue(actor(officer), "脚本")
    assert actor_of_token(issued.text) == actor(officer)


def test_only_the_hash_is_kept(officer: User) -> None:
    issued = issue(actor(officer), "脚本")
    kept = ApiToken.objects.values().get()
    assert kept["digest"] == hashlib.sha256(issued.text.encode()).hexdigest()
    assert issued.text not in repr(kept)
    assert issued.text not in repr(list(AuditEvent.objects.values()))


def test_no_two_tokens_are_the_same(officer: User) -> None:
    texts = {issue(actor(officer), "脚本").text for _ in range(20)}
    assert len(texts) == 20
    assert all(len(text) > 40 and text.startswith("duixian_") for text in texts)


@pytest.mark.parametrize("text", ["", "duixian_", "nothing", "令牌"])
def test_what_was_never_issued_acts_for_nobody(officer: User, text: str) -> None:
    issue(actor(officer), "脚本")
    assert actor_of_token(text) is None


def test_a_token_ends_on_its_day(officer: User) -> None:
    text = issue(actor(officer), "脚本", days=7).text
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert actor_of_token(text) is not None
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert actor_of_token(text) is None


def test_a_revoked_token_acts_for_nobody_and_stays_on_the_list(officer: User) -> None:
    issued = issue(actor(officer), "脚本")
    revoke(actor(officer), issued.token.pk)
    first = revoke(actor(officer), issued.token.pk).revoked_at
    assert actor_of_token(issued.text) is None
    assert [each.revoked_at for each in own_tokens(actor(officer))] == [first]
    assert AuditEvent.objects.filter(action="token.revoke").count() == 1


def test_nobody_revokes_or_sees_another_s_token(officer: User, make_actor: Callable[..., Actor]) -> None:
    other = make_actor(Role.CITY_REVIEWER)
    issued = issue(actor(officer), "脚本")
    with pytest.raises(NotThere):
        revoke(other, issued.token.pk)
    assert not own_tokens(other).exists()


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [(" ", 7, "token-name-needed"), ("x", 0, "token-days"), ("x", 366, "token-days")],
)
def test_a_token_without_a_name_or_with_an_endless_term_is_refused(
    officer: User, name: str, days: int, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        issue(actor(officer), name, days=days)
    assert refused.value.code == code
