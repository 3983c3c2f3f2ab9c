"""A document comes as an attachment under its own name."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client

from duixian.office.accounts.models import Role
from duixian.office.documents.document import XLSX
from tests.office.treasury.world import make_world

pytestmark = pytest.mark.django_db


def test_a_payment_table_is_an_attachment_that_nobody_keeps(client_of: Callable[..., Client]) -> None:
    world = make_world()
    world.grant(10**9)
    world.grant(10**9, level="county", area="东海县")
    batch = world.published([world.award(300_000_00)])
    answer = client_of(Role.FINANCE, "另一财政").get(f"/api/v1/batches/{batch.pk}/payment-table")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, XLSX, "no-store")
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote(f'拨付表-{batch.pk}.xlsx')}"
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize("path", ["notices/9/document", "batches/9/payment-table", "awards/9/letter"])
def test_what_is_not_there_has_no_document(client_of: Callable[..., Client], path: str) -> None:
    assert client_of(Role.FINANCE).get(f"/api/v1/{path}").json()["code"] == "not-there"
