"""Payment files (支付文件): what goes to the bank of one treasury, kept as it went out; an order goes out once for each attempt."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.evidence.packages import EXCEL
from duixian.office.evidence.store import keep_own
from duixian.office.refusal import Clash, NotThere
from duixian.office.treasury.batches import lock_batch
from duixian.office.treasury.models import Batch, OrderState, PaymentFile, PaymentOrder
from duixian.office.treasury.payment_table import PaymentLine, payment_csv, payment_xlsx

CSV = "text/csv"


def make_payment_file(actor: Actor, batch_id: int, *, level: str, area: str = "") -> PaymentFile:
    """Put the waiting orders that one treasury pays into a file (生成支付文件); from then on the bank has them.

    Raises:
        Clash: ``nothing-to-send``.
    """
    with acting():
        demand(actor, "order.send")
        batch = lock_batch(batch_id)
        waiting = _waiting(batch, level, area)
        if not waiting:
            raise Clash(
                "nothing-to-send",
                "没有待支付的支付令",
                why="该财政的支付令都已送出或尚未下达",
                fix="请核对批次、级次和地区",
            )
        lines = [_line(order) for order in waiting]
        title = f"{batch.title} {area or '市级'} 支付表"
        file = PaymentFile.objects.create(
            batch=batch,
            level=level,
            area=area,
            file=keep_own(payment_xlsx(lines, title), EXCEL),
            text_file=keep_own(payment_csv(lines), CSV),
            made_by_id=actor.account_id,
        )
        file.orders.add(*waiting)
        keys = [order.pk for order in waiting]
        PaymentOrder.objects.filter(pk__in=keys).update(state=OrderState.SENT, version=F("version") + 1)
        _tell(actor, "order.send", file, waiting)
    return file


def open_payment_file(actor: Actor, file_id: int) -> PaymentFile:
    """A payment file to be downloaded: it holds account numbers, so that every opening of it is told (打开支付文件)."""
    with acting():
        demand(actor, "order.send")
        file = PaymentFile.objects.select_related("file", "text_file").filter(pk=file_id).first()
        if file is None:
            raise NotThere("not-there", "没有找到该支付文件")
        _tell(actor, "order.open-file", file, list(file.orders.select_related("award")))
    return file


def payment_files(actor: Actor, batch_id: int) -> QuerySet[PaymentFile]:
    """The files of a batch (支付文件列表), without what is in them."""
    demand(actor, "batch.read")
    return PaymentFile.objects.filter(batch=batch_id).select_related("file", "text_file").order_by("pk")


def _waiting(batch: Batch, level: str, area: str) -> list[PaymentOrder]:
    """The orders whose money is reserved and that no bank has, held."""
    found = PaymentOrder.objects.filter(
        batch=batch, state=OrderState.RESERVED, budget__level=level, budget__area=area
    )
    return list(
        found.select_for_update(of=("self",), no_key=True)
        .select_related("award__determination", "account")
        .order_by("pk")
    )


def _line(order: PaymentOrder) -> PaymentLine:
    account, determination = order.account, order.award.determination
    purpose = f"{order.award.document}{determination.clause}{determination.measure}"
    return PaymentLine(
        order.reference, account.holder, account.bank, account.number, order.amount_fen, purpose
    )


def _tell(actor: Actor, action: str, file: PaymentFile, orders: Sequence[PaymentOrder]) -> None:
    """Each enterprise whose account number is in the file has its event."""
    for order in orders:
        tell(
            actor,
            action,
            file,
            enterprise=order.award.enterprise_id,
            detail={
                "reference": order.reference,
                "fields": ["holder", "bank", "number"],
                "digest": file.file_id,
            },
        )
