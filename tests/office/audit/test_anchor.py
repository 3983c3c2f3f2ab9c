"""Anchors are kept outside of the database, and a forged one is known by its signature."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.models import Role
from duixian.office.audit.anchor import Anchor, anchor_of, cast_anchor, head, keep
from duixian.office.audit.models import AuditEvent
from duixian.office.audit.verify import verify, verify_as
from duixian.office.refusal import NotAllowed
from tests.office.audit.chained import chain_of, unguarded, write
from tests.office.no_room import room_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of the office of its own."""
    settings.HOME = tmp_path
    return tmp_path


def test_an_anchor_is_given_out_as_a_file_and_kept(make_actor: Callable[..., Actor], home: Path) -> None:
    chain_of(3)
    anchor = cast_anchor(make_actor(Role.AUDITOR))
    assert (anchor.number, anchor.is_ours) == (3, True)
    assert (home / "anchors" / "000000000003.json").read_text("utf-8") == anchor.as_text()
    assert anchor_of(anchor.as_text()) == anchor
    assert AuditEvent.objects.get(action="audit.anchor").subject_id == "3"


def test_verifying_holds_the_chain_against_the_anchors_that_are_kept() -> None:
    chain_of(3)
    keep(head())
    assert verify() == []
    with unguarded():
        write("DELETE FROM audit_event WHERE number = 3")
        assert verify() == ["链头存证有第 3 号，链中没有：末尾被截去"]


def test_a_forged_anchor_is_found(home: Path) -> None:
    chain_of(3)
    forged = json.loads(head().as_text()) | {"number": 2}
    assert not Anchor(**forged).is_ours
    path = keep(head())
    path.write_text(json.dumps(forged), "utf-8")
    assert verify() == ["第 2 号的链头存证签名不对"]
    path.write_text("{}", "utf-8")
    assert verify() == ["链头存证 000000000003.json 读不通"]


def test_half_an_anchor_is_none(home: Path) -> None:
    chain_of(3)
    anchor = head()
    with pytest.raises(OSError, match="too large"), room_for(10):
        keep(anchor)
    assert list((home / "anchors").iterdir()) == []
    keep(anchor)
    assert verify() == []


def test_an_anchor_outlives_a_change_of_the_key(settings: LazySettings) -> None:
    chain_of(1)
    keep(head())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"
    assert verify() == []


def test_an_anchor_that_is_kept_already_stays() -> None:
    chain_of(1)
    first = keep(head()).read_text("utf-8")
    assert keep(head()).read_text("utf-8") == first


def test_the_anchor_of_an_empty_chain_fits_every_chain() -> None:
    anchor = head()
    chain_of(2)
    assert anchor.number == 0
    assert verify([anchor]) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"number": "1", "hash": "", "at": "", "signature": ""}'])
def test_what_is_no_anchor_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"anchor|Expecting"):
        anchor_of(text)


def test_only_who_keeps_the_chain_verifies_and_anchors_it(make_actor: Callable[..., Actor]) -> None:
    for role in Role:
        actor = make_actor(role)
        if role in (Role.AUDITOR, Role.ADMINISTRATOR):
            assert verify_as(actor) == []
        else:
            for act in (verify_as, cast_anchor):
                with pytest.raises(NotAllowed):
                    act(actor)
