"""After a failure (支付失败之后): pay again, to a corrected account where that was the cause, or give the order up."""

from __future__ import annotations

from django.db.models import F, Sum

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award, BankAccount
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal, Stale
from duixian.office.treasury.ledger import reverse
from duixian.office.treasury.models import Batch, BatchState, JournalEntry, OrderState, PaymentOrder
from duixian.office.treasury.orders import record_attempt
from duixian.office.treasury.references import reference


def retry_order(
    actor: Actor, order_id: int, *, account_id: int | None = None, version: int | None = None
) -> PaymentOrder:
    """Try a failed order once more, under a new reference (重新支付). The money is reserved still.

    Raises:
        Clash: ``order-not-failed``; ``account-missing`` when the account is not the enterprise's.
        NotAllowed: ``own-entry`` when the actor himself entered that account.
    """
    with acting():
        demand(actor, "order.retry")
        order = lock_order(order_id, version)
        if order.state != OrderState.FAILED:
            raise Clash(
                "order-not-failed",
                "该支付令没有失败",
                why="只有银行退回的支付才能重新支付",
                fix="请等待银行回执",
            )
        account = _account(actor, order, account_id)
        earlier = order.award.orders.filter(level=order.level).aggregate(total=Sum("attempt"))["total"] or 0
        order.account, order.attempt, order.state, order.failure = (
            account,
            order.attempt + 1,
            OrderState.RESERVED,
            "",
        )
        order.reference = reference(order.budget.year, order.award_id, order.level, earlier + 1)
        order.version += 1
        order.save()
        record_attempt(actor, order)
        tell(
            actor,
            "order.retry",
            order,
            enterprise=order.award.enterprise_id,
            detail={"attempt": order.attempt, "reference": order.reference, "account": account.pk},
        )
    return order


def cancel_order(actor: Actor, order_id: int, *, reason: str, version: int | None = None) -> PaymentOrder:
    """Give an order up that the bank does not hold (撤销): its money is available again.

    Raises:
        Clash: ``order-not-cancellable`` when it is paid, cancelled, or at the bank.
    """
    from duixian.office.awards.move import move

    with acting():
        demand(actor, "order.cancel")
        if not reason.strip():
            raise Refusal("reason-missing", "没有写明理由", why="撤销要说明理由", fix="请填写理由")
        order = lock_order(order_id, version)
        if order.state not in (OrderState.RESERVED, OrderState.FAILED):
            raise Clash(
                "order-not-cancellable",
                "该支付令不能撤销",
                why="已送银行或已支付的不能撤销",
                fix="请等待银行回执；已支付的走追回",
            )
        reserved = JournalEntry.objects.get(key=f"reserve:{order.pk}")
        reverse(reserved, actor=actor, memo=reason.strip()[:200])
        order.state, order.failure = OrderState.CANCELLED, reason.strip()[:200]
        order.version += 1
        order.save()
        Batch.objects.filter(pk=order.batch_id).update(state=BatchState.PUBLISHED, version=F("version") + 1)
        if not order.award.orders.exclude(state=OrderState.CANCELLED).exists():
            move(order.award, "cancel", actor, reason=reason.strip())
        tell(actor, "order.cancel", order, enterprise=order.award.enterprise_id)
    return order


def lock_order(order_id: int, version: int | None = None) -> PaymentOrder:
    """One order with its award, held until the transaction ends: the award first, as everywhere."""
    award_id = PaymentOrder.objects.filter(pk=order_id).values_list("award_id", flat=True).first()
    if award_id is None:
        raise NotThere("not-there", "没有找到该支付令")
    batch_id = PaymentOrder.objects.values_list("batch_id", flat=True).get(pk=order_id)
    Batch.objects.select_for_update(no_key=True).get(pk=batch_id)
    award = Award.objects.select_for_update(no_key=True).get(pk=award_id)
    order = (
        PaymentOrder.objects.select_for_update(of=("self",), no_key=True)
        .select_related("budget")
        .get(pk=order_id)
    )
    order.award = award
    if version is not None and version != order.version:
        raise Stale("stale", "支付令已有变动", why="读取后被他人修改", fix="请刷新后再办")
    return order


def _account(actor: Actor, order: PaymentOrder, account_id: int | None) -> BankAccount:
    if account_id is None:
        # What the enterprise gave in the meantime.
        account_id = order.award.account_id or order.account_id
    account = BankAccount.objects.filter(pk=account_id, enterprise=order.award.enterprise_id).first()
    if account is None:
        raise Clash("account-missing", "没有这个收款账户", why="账户须由该企业提供", fix="请企业提供收款账户")
    if account.given_by_id == actor.id:
        raise NotAllowed(
            "own-entry", "不能向自己录入的账户支付", why="账户录入与支付须由两人经办", fix="请由另一人办理"
        )
    return account
