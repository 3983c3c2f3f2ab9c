"""The payment table adds up to the fen, says what is unknown, and shows whole accounts only to those who pay or audit."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from duixian.office.accounts.actor import Actor
from duixian.office.audit.models import AuditEvent
from duixian.office.documents.payment_table import line_fields, payment_table_document, table_fields
from duixian.office.refusal import NotAllowed, NotThere
from duixian.office.treasury.batches import make_batch
from duixian.office.treasury.models import Batch
from duixian.office.treasury.retry import retry_order
from tests.office.documents.templates_page import listed_fields
from tests.office.treasury.world import DOCUMENT, YEAR, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def sheet(actor: Actor, batch: Batch) -> Worksheet:
    found = load_workbook(BytesIO(payment_table_document(actor, batch.pk).content)).active
    assert isinstance(found, Worksheet)
    return found


def published(world: World) -> Batch:
    """Two awards of which the budgets bear a part."""
    world.grant(60_000_01)
    world.grant(10**9, level="county", area="东海县")
    return world.published([world.award(300_000_00), world.award(100_000_00)])


def yuan(value: Any) -> int:
    return int((Decimal(str(value)) * 100).to_integral_value())


def test_rows_and_totals_are_those_of_the_batch(world: World) -> None:
    batch = published(world)
    found = sheet(world.finance, batch)
    lines = list(batch.lines.order_by("pk"))
    assert [[yuan(found.cell(row, column).value) for column in range(6, 10)] for row in (4, 5)] == [
        [each.approved_fen, each.payable_fen, each.city_fen, each.county_fen] for each in lines
    ]
    totals = [yuan(found.cell(6, column).value) for column in range(6, 10)]
    assert totals == [sum(yuan(found.cell(row, column).value) for row in (4, 5)) for column in range(6, 10)]
    assert totals[1] == totals[2] + totals[3]


def test_a_draft_says_that_its_sums_are_not_known_yet(world: World) -> None:
    batch = make_batch(
        world.maker, title="第一批", document=DOCUMENT, year=YEAR, awards=[world.award(300_000_00).pk]
    )
    found = sheet(world.finance, batch)
    assert [found.cell(4, column).value for column in range(6, 10)] == [300_000, "待定", "待定", "待定"]
    assert "兑付系数：待定" in str(found["A2"].value)
    assert "（大写）：人民币待定" in str(found["A6"].value)


def test_an_account_is_whole_only_for_those_who_pay_or_audit(world: World) -> None:
    batch = published(world)
    assert {sheet(actor, batch)["L4"].value for actor in (world.finance, world.auditor)} == {
        "6222020200001234567"
    }
    assert {sheet(actor, batch)["L4"].value for actor in (world.maker, world.publisher)} == {"****4567"}
    assert AuditEvent.objects.order_by("-number")[0].detail == {"lines": 2, "whole_accounts": False}


def test_an_enterprise_gets_no_table_and_nobody_one_that_is_not_there(world: World) -> None:
    with pytest.raises(NotAllowed):
        payment_table_document(world.enterprise, published(world).pk)
    with pytest.raises(NotThere):
        payment_table_document(world.finance, 4711)


def test_the_page_lists_the_fields_that_there_are(world: World) -> None:
    batch = published(world)
    lines = list(batch.lines.all())
    assert listed_fields("payment_table.xlsx") == (
        set(table_fields(batch, lines)),
        set(line_fields(1, lines[0], is_whole=True)),
    )


def test_every_account_that_was_paid_to_is_told(world: World) -> None:
    world.grant(10**9), world.grant(10**9, level="county", area="东海县")
    city, county = world.ordered([world.award(100_00)]).orders
    world.send(city.batch)
    world.answer({city: "账号有误", county: "支付成功"})
    corrected = world.account(number="6222020200007654321")
    retry_order(world.finance, city.pk, account_id=corrected.pk)
    told = str(sheet(world.finance, city.batch)["L4"].value)
    assert sorted(told.split("\n")) == ["6222020200001234567", "6222020200007654321"]
