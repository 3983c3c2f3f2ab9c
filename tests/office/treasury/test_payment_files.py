"""Payment files: what the bank gets, once, with nothing that a table program would run or round."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from duixian.office.audit.models import AuditEvent
from duixian.office.evidence.store import path_of
from duixian.office.refusal import Clash, NotAllowed
from duixian.office.treasury.models import PaymentFile, PaymentOrder
from duixian.office.treasury.payment_files import make_payment_file, open_payment_file
from duixian.office.treasury.payment_table import HEADERS
from tests.office.treasury.world import COUNTY, World

pytestmark = pytest.mark.django_db
NUMBER = "6222020200001234567"


@pytest.fixture
def file(world: World) -> PaymentFile:
    """The city's file of two awards, one of them to an account with a dangerous name."""
    world.grant(1_000_00), world.grant(1_000_00, level="county", area=COUNTY)
    first, second = world.award(100_00), world.award(33_33)
    account = world.account(holder='=HYPERLINK("http://evil")', number=NUMBER)
    type(second).objects.filter(pk=second.pk).update(account=account)
    batch = world.ordered([first, second]).orders[0].batch
    return make_payment_file(world.finance, batch.pk, level="city")


def test_the_text_file_holds_every_order_and_the_totals(file: PaymentFile) -> None:
    assert file.text_file is not None
    content = path_of(file.text_file.digest).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == list(HEADERS)
    assert [row[5:7] for row in rows[1:]] == [["30.00", "3000"], ["9.99", "999"], ["39.99", "3999"]]
    assert rows[1][4] == f"{NUMBER}\t"
    assert rows[2][2].startswith("'=")


def test_the_workbook_holds_texts_where_texts_are_meant(file: PaymentFile) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(path_of(file.file.digest).read_bytes())).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0] == list(HEADERS)
    assert cells[1][4] == NUMBER
    assert cells[2][2] == '=HYPERLINK("http://evil")'
    assert sheet["C4"].data_type == "s"
    assert (cells[3][0], cells[3][1], str(cells[3][5]), cells[3][6]) == ("合计", "2笔", "39.99", 3999)


def test_an_order_goes_out_once(world: World, file: PaymentFile) -> None:
    with pytest.raises(Clash) as refused:
        make_payment_file(world.finance, file.batch_id, level="city")
    assert refused.value.code == "nothing-to-send"
    assert set(PaymentOrder.objects.filter(level="city").values_list("state", flat=True)) == {"sent"}
    assert set(PaymentOrder.objects.filter(level="county").values_list("state", flat=True)) == {"reserved"}


def test_every_opening_of_account_numbers_is_told_without_them(world: World, file: PaymentFile) -> None:
    open_payment_file(world.second, file.pk)
    events = AuditEvent.objects.filter(action="order.open-file")
    assert events.count() == 2
    assert NUMBER not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
    with pytest.raises(NotAllowed):
        open_payment_file(world.maker, file.pk)
