"""Batches, orders and the bank through the API (兑付接口)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Query, Router, Status, UploadedFile

from duixian.office.api.acts import acts
from duixian.office.api.documents import file_answer
from duixian.office.api.openapi import answers_file
from duixian.office.api.paging import Id, Page, Paging, page_of
from duixian.office.api.refusals import language_of
from duixian.office.api.schema import Schema
from duixian.office.api.schemas_batches import (
    BankFileAnswer,
    BatchAnswer,
    BatchAwardsIn,
    BatchIn,
    BatchLineAnswer,
    MoneyReasonIn,
    OrderAnswer,
    OrderedAnswer,
    PayingTreasuryIn,
    PaymentFileAnswer,
    RetryIn,
    batch_answer,
    held_answer,
    problem_answers,
)
from duixian.office.api.signing_in import actor_of_request
from duixian.office.api.versions import tell_version, version_wanted
from duixian.office.documents.document import Document
from duixian.office.evidence.models import StoredFile
from duixian.office.evidence.packages import EXCEL
from duixian.office.evidence.store import open_file
from duixian.office.refusal import Refusal
from duixian.office.treasury import batches, orders, payment_files, retry
from duixian.office.treasury.bank_results import take_results
from duixian.office.treasury.models import PaymentFile, PaymentOrder

router = Router(tags=["兑付 batches"])
CSV = payment_files.CSV


class OrdersWanted(Paging):
    """Which orders are wanted: of a batch, of an award (支付令查询)."""

    batch: int | None = Field(None, ge=1, le=2**63 - 1)
    award: int | None = Field(None, ge=1, le=2**63 - 1)


class BankMapping(Schema):
    """Which headers of a bank's file are which of our fields, as a JSON object (列对应)."""

    mapping: str = Field("", max_length=4000)


@router.get("/batches", response=Page[BatchAnswer])
@acts("batch.read")
def list_batches(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """All batches, the newest first (兑付批次)."""
    page = page_of(batches.batches(actor_of_request(request)), paging)
    items = page["items"]
    assert isinstance(items, list)
    return page | {"items": [batch_answer(each) for each in items]}


@router.post("/batches", response={201: BatchAnswer})
@acts("batch.make")
def make_batch(request: HttpRequest, wanted: BatchIn) -> Status[dict[str, Any]]:
    """Put approved awards of one document together (编制批次)."""
    return Status(201, batch_answer(batches.make_batch(actor_of_request(request), **wanted.dict())))


@router.get("/batches/{batch_id}", response=BatchAnswer)
@acts("batch.read")
def read_batch(request: HttpRequest, response: HttpResponse, batch_id: Id) -> dict[str, Any]:
    """One batch with its sums (兑付批次)."""
    batch = batches.read_batch(actor_of_request(request), batch_id)
    tell_version(response, batch.version)
    return batch_answer(batch)


@router.get("/batches/{batch_id}/lines", response=Page[BatchLineAnswer])
@acts("batch.read")
def list_batch_lines(request: HttpRequest, batch_id: Id, paging: Query[Paging]) -> dict[str, object]:
    """The awards of a batch with their shares (批次明细)."""
    return page_of(batches.read_batch(actor_of_request(request), batch_id).lines.all(), paging)


@router.post("/batches/{batch_id}/awards", response=BatchAnswer)
@acts("batch.make")
def add_batch_awards(request: HttpRequest, batch_id: Id, wanted: BatchAwardsIn) -> dict[str, Any]:
    """Put more awards into a draft (列入)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return batch_answer(batches.add_awards(actor, batch_id, wanted.awards, version=version))


@router.post("/batches/{batch_id}/awards/{award_id}/take-out", response=BatchAnswer)
@acts("batch.make")
def take_out_award(request: HttpRequest, batch_id: Id, award_id: Id, wanted: MoneyReasonIn) -> dict[str, Any]:
    """Take an award out of a batch of which it has no order yet (移出)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return batch_answer(batches.take_out(actor, batch_id, award_id, reason=wanted.reason, version=version))


@router.post("/batches/{batch_id}/rate", response=BatchAnswer)
@acts("batch.make")
def compute_batch_rate(request: HttpRequest, batch_id: Id) -> dict[str, Any]:
    """Compute α of a draft, and what is payable of each award (测算系数)."""
    actor = actor_of_request(request)
    return batch_answer(batches.compute_rate(actor, batch_id, version=version_wanted(request)))


@router.post("/batches/{batch_id}/publish", response=BatchAnswer)
@acts("batch.publish")
def publish_batch_rate(request: HttpRequest, batch_id: Id) -> dict[str, Any]:
    """Publish α: from now on it stands (公布系数)."""
    actor = actor_of_request(request)
    return batch_answer(batches.publish_rate(actor, batch_id, version=version_wanted(request)))


@router.post("/batches/{batch_id}/orders", response=OrderedAnswer)
@acts("order.make")
def order_batch(request: HttpRequest, batch_id: Id) -> dict[str, Any]:
    """Order what is left to be ordered of a published batch (下达支付令); what is held back is told with its reason."""
    made = orders.order_batch(actor_of_request(request), batch_id, version=version_wanted(request))
    return {
        "orders": list(made.orders),
        "held": [held_answer(award, refusal) for award, refusal in made.held.items()],
    }


@router.get("/orders", response=Page[OrderAnswer])
@acts("order.read")
def list_orders(request: HttpRequest, wanted: Query[OrdersWanted]) -> dict[str, object]:
    """The orders that the account may see (支付令)."""
    found = orders.orders(actor_of_request(request), batch_id=wanted.batch, award_id=wanted.award)
    return page_of(found, wanted)


@router.get("/orders/{order_id}", response=OrderAnswer)
@acts("order.read")
def read_order(request: HttpRequest, response: HttpResponse, order_id: Id) -> PaymentOrder:
    """One order (支付令)."""
    order = orders.read_order(actor_of_request(request), order_id)
    tell_version(response, order.version)
    return order


@router.post("/orders/{order_id}/retry", response=OrderAnswer)
@acts("order.retry")
def retry_order(request: HttpRequest, order_id: Id, wanted: RetryIn) -> PaymentOrder:
    """Pay a failed order again (重新支付)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return retry.retry_order(actor, order_id, account_id=wanted.account_id, version=version)


@router.post("/orders/{order_id}/cancel", response=OrderAnswer)
@acts("order.cancel")
def cancel_order(request: HttpRequest, order_id: Id, wanted: MoneyReasonIn) -> PaymentOrder:
    """Give up an order that no bank holds (撤销支付令)."""
    actor, version = actor_of_request(request), version_wanted(request)
    return retry.cancel_order(actor, order_id, reason=wanted.reason, version=version)


@router.get("/batches/{batch_id}/payment-files", response=Page[PaymentFileAnswer])
@acts("batch.read")
def list_payment_files(request: HttpRequest, batch_id: Id, paging: Query[Paging]) -> dict[str, object]:
    """The payment files of a batch (支付文件)."""
    return page_of(payment_files.payment_files(actor_of_request(request), batch_id), paging)


@router.post("/batches/{batch_id}/payment-files", response={201: PaymentFileAnswer})
@acts("order.send")
def make_payment_file(request: HttpRequest, batch_id: Id, wanted: PayingTreasuryIn) -> Status[PaymentFile]:
    """Put the waiting orders of one treasury into a file for its bank (生成支付文件)."""
    made = payment_files.make_payment_file(
        actor_of_request(request), batch_id, level=wanted.level, area=wanted.area
    )
    return Status(201, made)


@router.get("/payment-files/{file_id}/workbook", openapi_extra=answers_file(EXCEL))
@acts("order.send")
def read_payment_workbook(request: HttpRequest, file_id: Id) -> HttpResponse:
    """A payment file as a workbook (支付文件，xlsx)."""
    found = payment_files.open_payment_file(actor_of_request(request), file_id)
    return _file_answer(found, found.file, "xlsx")


@router.get("/payment-files/{file_id}/text", openapi_extra=answers_file(CSV))
@acts("order.send")
def read_payment_text(request: HttpRequest, file_id: Id) -> HttpResponse:
    """A payment file as text (支付文件，csv)."""
    found = payment_files.open_payment_file(actor_of_request(request), file_id)
    return _file_answer(found, found.text_file or found.file, "csv")


def _file_answer(found: PaymentFile, kept: StoredFile, ending: str) -> HttpResponse:
    with open_file(kept.digest) as stream:
        return file_answer(Document(f"支付表-{found.pk}.{ending}", kept.media_type, stream.read()))


@router.post("/bank-results", response=BankFileAnswer)
@acts("bank.take")
def take_bank_results(
    request: HttpRequest, file: File[UploadedFile], wanted: Form[BankMapping]
) -> dict[str, Any]:
    """Take in what the bank says of payments (导入银行回执). ``mapping`` is a JSON object from the file's headers to our fields."""
    taken = take_results(
        actor_of_request(request), file.read(), file.name or "", mapping=_mapping(wanted.mapping)
    )
    return {
        "file": taken.file,
        "paid": taken.paid,
        "failed": taken.failed,
        "known": taken.known,
        "problems": problem_answers(taken.problems, language_of(request)),
        "held": [held_answer(award, refusal) for award, refusal in taken.held.items()],
    }


def _mapping(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(each, str) for each in found.values()):
        raise Refusal(
            "bad-mapping",
            "列对应填写有误",
            why="应为表头到字段的 JSON 对象",
            fix='例如 {"凭证号": "支付编号"}',
        )
    return found
