"""Recovery (追回): decided by one, confirmed by another, claimed in the books, returned in parts; each treasury gets its share back."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from duixian.evaluate.share import split_fen
from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award, State
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal, Stale
from duixian.office.treasury.chart import accounts_of
from duixian.office.treasury.fiscal_area import fiscal_area
from duixian.office.treasury.ledger import book, lock_accounts
from duixian.office.treasury.models import Level, OrderState, PaymentOrder, Recovery, RecoveryReturn
from duixian.office.treasury.settle import between_accounts, owed
from duixian.rules.policy import Remainder


def decide_recovery(actor: Actor, award_id: int, *, amount_fen: int, reason: str) -> Recovery:
    """Propose to get money back from an enterprise (提出追回); nothing is claimed before another person confirms it.

    Raises:
        Clash: ``award-not-paid``; ``recovery-open`` when there is one already.
        Refusal: ``bad-amount`` when it is more than was paid; ``reason-missing``.
    """
    with acting():
        demand(actor, "recovery.decide")
        award = Award.objects.select_for_update(no_key=True).filter(pk=award_id).first()
        if award is None:
            raise NotThere("not-there", "没有找到该事项")
        if award.state != State.PAID:
            raise Clash(
                "award-not-paid",
                "该项尚未兑付完毕，或已在追回",
                why="只能追回已兑付的资金",
                fix="未支付的可撤销支付令",
            )
        if Recovery.objects.filter(award=award, is_refused=False).exists():
            raise Clash(
                "recovery-open", "该项已有追回", why="一项只办一次追回", fix="请先确认或退回已有的追回"
            )
        paid = sum(order.amount_fen for order in _paid_orders(award))
        if not 0 < amount_fen <= paid:
            raise Refusal(
                "bad-amount", "追回金额无效", why=f"应大于零且不超过已付的{paid}分", fix="请核对金额"
            )
        recovery = Recovery.objects.create(
            award=award, amount_fen=amount_fen, reason=_told(reason), decided_by_id=actor.account_id
        )
        tell(
            actor,
            "recovery.decide",
            recovery,
            enterprise=award.enterprise_id,
            detail={"amount_fen": amount_fen},
        )
    return recovery


def confirm_recovery(actor: Actor, recovery_id: int, *, version: int | None = None) -> Recovery:
    """Confirm a recovery that somebody else decided (确认追回): the claim is booked, the award is being recovered.

    Raises:
        NotAllowed: ``own-entry``.
        Clash: ``already-decided``.
    """
    from duixian.office.awards.move import move

    with acting():
        demand(actor, "recovery.confirm")
        recovery = _undecided(actor, recovery_id, version)
        move(
            recovery.award, "claim", actor, reason=recovery.reason, detail={"amount_fen": recovery.amount_fen}
        )
        recovery.confirmed_by_id, recovery.confirmed_at = actor.id, timezone.now()
        _save(recovery)
        for order, fen in _parts(recovery, recovery.amount_fen):
            if fen:
                _book(
                    actor,
                    recovery,
                    order,
                    fen,
                    f"claim:{recovery.pk}:{order.pk}",
                    "claim",
                    ("paid", "receivable"),
                )
        tell(actor, "recovery.confirm", recovery, enterprise=recovery.award.enterprise_id)
    return recovery


def refuse_recovery(actor: Actor, recovery_id: int, *, reason: str, version: int | None = None) -> Recovery:
    """Refuse a recovery that somebody else decided (不予追回), with a reason."""
    with acting():
        demand(actor, "recovery.confirm")
        recovery = _undecided(actor, recovery_id, version)
        recovery.is_refused, recovery.decision_reason = True, _told(reason)
        _save(recovery)
        tell(actor, "recovery.refuse", recovery, enterprise=recovery.award.enterprise_id)
    return recovery


def take_return(
    actor: Actor,
    recovery_id: int,
    *,
    amount_fen: int,
    bank_reference: str,
    returned_on: date,
    version: int | None = None,
) -> Recovery:
    """Take in money that came back (登记退回款), each treasury its share; the same bank reference again changes nothing.

    Raises:
        Clash: ``recovery-not-confirmed``; ``return-differs`` when that bank reference was taken with another amount.
        Refusal: ``bad-amount`` when it is more than is still claimed; ``bad-day`` when it is yet to come; ``reference-missing``.
    """
    with acting():
        demand(actor, "recovery.take")
        recovery = _locked(recovery_id, version)
        if recovery.confirmed_by_id is None or recovery.is_refused:
            raise Clash(
                "recovery-not-confirmed", "追回尚未确认", why="确认后才能登记退回款", fix="请先确认追回"
            )
        bank_reference = bank_reference.strip()
        if not bank_reference:
            raise Refusal(
                "reference-missing",
                "没有银行流水号",
                why="每笔退回款都要有流水号，以免重复登记",
                fix="请填写银行流水号",
            )
        if _is_known(recovery, bank_reference, amount_fen, returned_on):
            return recovery
        left = recovery.amount_fen - recovery.recovered_fen
        if not 0 < amount_fen <= left:
            raise Refusal(
                "bad-amount", "退回金额无效", why=f"应大于零且不超过尚欠的{left}分", fix="请核对金额"
            )
        if returned_on > timezone.localdate():
            raise Refusal(
                "bad-day", "退回日期在今天以后", why="还没有到的钱不能登记", fix="请按银行流水核对日期"
            )
        _take(actor, recovery, amount_fen, bank_reference, returned_on)
    return recovery


def recoveries(actor: Actor) -> QuerySet[Recovery]:
    """The recoveries that an actor may see (追回列表)."""
    demand(actor, "recovery.read", area=actor.area)
    found = Recovery.objects.select_related("award").order_by("-pk")
    if not actor.area:
        return found
    orders = PaymentOrder.objects.filter(area=fiscal_area(actor.area))
    return found.filter(award__orders__in=orders).distinct()


def read_recovery(actor: Actor, recovery_id: int) -> Recovery:
    """One recovery (追回)."""
    recovery = Recovery.objects.select_related("award").filter(pk=recovery_id).first()
    if recovery is None:
        demand(actor, "recovery.read", area=actor.area)
        raise NotThere("not-there", "没有找到该项追回")
    demand(actor, "recovery.read", area=recovery.award.area, enterprise=recovery.award.enterprise_id)
    return recovery


def _take(actor: Actor, recovery: Recovery, fen: int, bank_reference: str, returned_on: date) -> None:
    from duixian.office.awards.move import move

    returned = RecoveryReturn.objects.create(
        recovery=recovery,
        amount_fen=fen,
        bank_reference=bank_reference,
        returned_on=returned_on,
        recorded_by_id=actor.account_id,
    )
    before = dict(_parts(recovery, recovery.recovered_fen))
    recovery.recovered_fen += fen
    for order, until_now in _parts(recovery, recovery.recovered_fen):
        # What each treasury has until now less what it had: the parts of all returns add up to the part of the whole.
        if part := until_now - before[order]:
            key = f"recover:{returned.pk}:{order.pk}"
            _book(actor, recovery, order, part, key, "recover", ("receivable", "returned"))
    _save(recovery)
    if recovery.recovered_fen == recovery.amount_fen:
        move(recovery.award, "recover", actor, detail={"recovered_fen": recovery.recovered_fen})
    detail = {"amount_fen": fen, "left_fen": recovery.amount_fen - recovery.recovered_fen}
    tell(actor, "recovery.take", recovery, enterprise=recovery.award.enterprise_id, detail=detail)


def _book(
    actor: Actor, recovery: Recovery, order: PaymentOrder, fen: int, key: str, kind: str, way: tuple[str, str]
) -> None:
    accounts = accounts_of([order.budget_id])
    postings = {accounts[order.budget_id, way[0]]: -fen, accounts[order.budget_id, way[1]]: fen}
    if kind == "recover":
        # Money goes back to who paid it; what the other treasury owes for it gets less.
        postings |= owed(order, -fen)
    book(key, kind, postings, award=recovery.award, order=order, actor=actor, memo=recovery.reason[:200])


def _parts(recovery: Recovery, fen: int) -> list[tuple[PaymentOrder, int]]:
    """What each order's treasury has of an amount, by the shares under which it was paid."""
    line = recovery.award.batch_line
    orders = {order.level: order for order in _paid_orders(recovery.award)}
    remainder = Remainder.CITY if line.remainder == Level.CITY else Remainder.COUNTY
    city, county = split_fen(fen, (line.city_part or 0, line.county_part or 0), remainder)
    parts = {Level.CITY: city, Level.COUNTY: county}
    if len(orders) == 1:
        # The other part was nought: whoever paid gets all back.
        return [(order, fen) for order in orders.values()]
    return [(orders[level], part) for level, part in parts.items()]


def _paid_orders(award: Award) -> list[PaymentOrder]:
    found = award.orders.filter(state=OrderState.PAID).select_related("budget", "award")
    return list(found.order_by("pk"))


def _is_known(recovery: Recovery, bank_reference: str, fen: int, returned_on: date) -> bool:
    there = recovery.returns.filter(bank_reference=bank_reference).first()
    if there is not None and (there.amount_fen, there.returned_on) != (fen, returned_on):
        raise Clash(
            "return-differs",
            "该流水号已按别的金额或日期登记",
            why="同一流水号只能登记一次",
            fix="请核对银行流水",
        )
    return there is not None


def _undecided(actor: Actor, recovery_id: int, version: int | None) -> Recovery:
    recovery = _locked(recovery_id, version)
    if recovery.confirmed_by_id is not None or recovery.is_refused:
        raise Clash("already-decided", "该项追回已经办结", why="确认和退回都只办一次", fix="请查看追回情况")
    if recovery.decided_by_id == actor.account_id:
        raise NotAllowed("own-entry", "不能确认自己提出的追回", why="追回须由两人经办", fix="请由另一人办理")
    return recovery


def _locked(recovery_id: int, version: int | None) -> Recovery:
    """The recovery with its award and all accounts that it touches, held in the order of the room."""
    found = Recovery.objects.filter(pk=recovery_id).first()
    if found is None:
        raise NotThere("not-there", "没有找到该项追回")
    award = Award.objects.select_for_update(no_key=True).get(pk=found.award_id)
    recovery = Recovery.objects.select_for_update(no_key=True).get(pk=recovery_id)
    recovery.award = award
    if version is not None and version != recovery.version:
        raise Stale("stale", "追回已有变动", why="读取后被他人修改", fix="请刷新后再办")
    orders = _paid_orders(award)
    accounts = accounts_of(order.budget_id for order in orders)
    lock_accounts({each.pk for each in accounts.values()} | between_accounts(orders))
    return recovery


def _save(recovery: Recovery) -> None:
    recovery.version += 1
    recovery.save()


def _told(reason: str) -> str:
    if not reason.strip():
        raise Refusal("reason-missing", "没有写明理由", why="追回要说明理由", fix="请填写理由")
    return reason.strip()
