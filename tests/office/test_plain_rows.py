"""A row that is written plainly is the row that Django would have written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from duixian.office.accounts.models import ApiToken, Role, User
from duixian.office.plain_rows import insert, update
from duixian.office.registry.models import Attribute, Enterprise, Source

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def _values(row: Any) -> dict[str, Any]:
    return {each.name: getattr(row, each.attname) for each in row._meta.concrete_fields}


def _told(row: Any) -> dict[str, Any]:
    """What the database has of a row, without its key and its clock."""
    kept = type(row).objects.get(pk=row.pk)
    return {name: value for name, value in _values(kept).items() if name not in ("id", "recorded_at")}


def _attribute(source: Source, **named: Any) -> Attribute:
    given = {
        "enterprise_id": "91320707XN00001XXX",
        "name": "企业名称",
        "source": source,
        "valid_from": DAY,
    } | named
    return Attribute(**given)


@pytest.fixture
def source(make_user: Callable[..., User]) -> Source:
    """A source, and an enterprise to tell of."""
    Enterprise.objects.create(code="91320707XN00001XXX")
    return Source.objects.create(title="名单", recorded_by=make_user(Role.CITY_OFFICER))


@pytest.mark.parametrize("value", ["乙公司", {"甲": [1, None, True]}, "quote ' and % and \\", 2**60])
def test_it_is_what_save_writes(source: Source, value: Any) -> None:
    plain, saved = insert(_attribute(source, value=value)), _attribute(source, value=value)
    saved.save()
    assert _told(plain) == _told(saved)
    assert plain.pk != saved.pk


def test_a_row_knows_its_key_and_its_clock(source: Source) -> None:
    before = timezone.now()
    made = insert(_attribute(source, value="甲"))
    assert Attribute.objects.get(pk=made.pk) == made
    assert before <= Attribute.objects.get(pk=made.pk).recorded_at <= timezone.now()


def test_a_key_that_is_no_number_is_written_too() -> None:
    made = insert(Enterprise(code="91320707XN00002XXX"))
    assert Enterprise.objects.get(pk="91320707XN00002XXX") == made


def test_what_must_not_stand_twice_is_refused(source: Source) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(Enterprise(code="91320707XN00001XXX"))


def test_an_update_writes_the_named_fields_and_no_others() -> None:
    user = User.objects.create(username="甲", role="auditor")
    token = ApiToken.objects.create(user=user, name="旧", digest="x", expires_at=timezone.now())
    token.name, token.digest, token.revoked_at = "新", "y", timezone.now()
    update(token, ["name", "revoked_at"])
    kept = ApiToken.objects.get(pk=token.pk)
    assert (kept.name, kept.digest, kept.revoked_at) == ("新", "x", token.revoked_at)


def test_there_is_nothing_to_update_where_there_is_no_row() -> None:
    with pytest.raises(RuntimeError):
        update(ApiToken(pk=77, name="新"), ["name"])
