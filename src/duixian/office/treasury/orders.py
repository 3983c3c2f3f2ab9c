"""Orders (支付令): each award of a published batch becomes what the city and what the county bears of it, and the money is reserved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.awards.models import Award, State
from duixian.office.refusal import Clash, NotThere, Refusal
from duixian.office.treasury.batches import lock_batch
from duixian.office.treasury.chart import accounts_of
from duixian.office.treasury.fiscal_area import fiscal_area
from duixian.office.treasury.ledger import book, lock_accounts
from duixian.office.treasury.models import (
    Batch,
    BatchLine,
    BatchState,
    LedgerAccount,
    Level,
    OrderState,
    PaymentAttempt,
    PaymentOrder,
)
from duixian.office.treasury.references import reference

Accounts = Mapping[tuple[int, str], LedgerAccount]


@dataclass(frozen=True, slots=True)
class Ordered:
    """What became of a batch (下达结果): the orders that were made, and for each award that was held back, why."""

    orders: tuple[PaymentOrder, ...]
    held: Mapping[int, Refusal]


def order_batch(actor: Actor, batch_id: int, *, version: int | None = None) -> Ordered:
    """Order what a published batch has left to be ordered (下达支付令); ordering it again makes no second order.

    What holds one award back (an exclusion, disputed evidence, a missing account) does not hold the others.

    Raises:
        Clash: ``batch-not-published``.
    """
    with acting():
        demand(actor, "order.make")
        batch = lock_batch(batch_id, version)
        _demand_published(batch)
        waiting = _waiting(batch)
        accounts = _held_accounts(waiting)
        orders: list[PaymentOrder] = []
        held: dict[int, Refusal] = {}
        for line in waiting:
            try:
                orders += _order(actor, line, accounts)
            except Refusal as refusal:
                held[line.award_id] = refusal
        if orders or batch.state == BatchState.PUBLISHED:
            _settle_state(batch, is_all=not held)
        codes = dict(Counter(refusal.code for refusal in held.values()))
        tell(actor, "order.make", batch, detail={"orders": len(orders), "held": codes})
    return Ordered(tuple(orders), held)


def orders(
    actor: Actor, *, batch_id: int | None = None, award_id: int | None = None
) -> QuerySet[PaymentOrder]:
    """The orders that an actor may see (支付令列表): a county officer those of his area, an enterprise its own."""
    demand(actor, "order.read", area=actor.area, enterprise=actor.enterprise)
    found = PaymentOrder.objects.select_related("award", "budget").order_by("pk")
    if actor.is_enterprise:
        found = found.filter(award__enterprise=actor.enterprise)
    elif actor.area:
        found = found.filter(area=fiscal_area(actor.area))
    if batch_id is not None:
        found = found.filter(batch=batch_id)
    return found if award_id is None else found.filter(award=award_id)


def read_order(actor: Actor, order_id: int) -> PaymentOrder:
    """One order (支付令)."""
    order = PaymentOrder.objects.select_related("award", "budget").filter(pk=order_id).first()
    if order is None:
        demand(actor, "order.read", area=actor.area, enterprise=actor.enterprise)
        raise NotThere("not-there", "没有找到该支付令")
    demand(actor, "order.read", area=order.award.area, enterprise=order.award.enterprise_id)
    return order


def _demand_published(batch: Batch) -> None:
    if batch.state == BatchState.DRAFT:
        raise Clash("batch-not-published", "系数尚未公布", why="公布系数后才能下达", fix="请先公布系数")


def _waiting(batch: Batch) -> list[BatchLine]:
    """The lines with something left to order, their awards held in the order of their ids."""
    keys = list(batch.lines.values_list("award_id", flat=True))
    held = {
        each.pk: each
        for each in Award.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    }
    lines = _open_lines(batch)
    for line in lines:
        line.award = held[line.award_id]
    return lines


def _open_lines(batch: Batch) -> list[BatchLine]:
    """The lines that have parts without a living order, by award."""
    lines = batch.lines.filter(award__state__in=(State.APPROVED, State.IN_PAYMENT))
    living = PaymentOrder.objects.filter(award__batch_line__batch=batch).exclude(state=OrderState.CANCELLED)
    there = set(living.values_list("award_id", "level"))
    return [
        line
        for line in lines.select_related("award", "city_budget", "county_budget").order_by("award_id")
        if not line.payable_fen
        or any(fen and (line.award_id, level) not in there for level, fen in _parts(line))
    ]


def _parts(line: BatchLine) -> Sequence[tuple[Level, int]]:
    return ((Level.CITY, line.city_fen or 0), (Level.COUNTY, line.county_fen or 0))


def _held_accounts(lines: Sequence[BatchLine]) -> Accounts:
    """The accounts of all budgets that will pay, held before the first entry is booked."""
    budgets = {key for line in lines for key in (line.city_budget_id, line.county_budget_id) if key}
    found = accounts_of(budgets)
    held = lock_accounts(
        account.pk for (_, kind), account in found.items() if kind in ("available", "reserved")
    )
    return {place: held.get(account.pk, account) for place, account in found.items()}


def _order(actor: Actor, line: BatchLine, accounts: Accounts) -> list[PaymentOrder]:
    """The orders of one award. Everything that may be refused is refused before the first is written."""
    _demand_payable(line)
    missing = _missing(line)
    _demand_money(missing, accounts)
    _go_ahead(actor, line)
    return [_reserve(actor, line, level, fen, accounts) for level, fen, _ in missing]


def _go_ahead(actor: Actor, line: BatchLine) -> None:
    """The gates before payment: notice, evidence, exclusions. ``move`` asks them; where a part is ordered again they are asked here.

    What the check of exclusions finds is kept whatever follows: an award that is held back takes nothing back.
    """
    from duixian.office.awards.exclusions import check_exclusions, demand_no_exclusion
    from duixian.office.awards.gate import demand_notice_ran
    from duixian.office.awards.move import move
    from duixian.office.evidence.attach import demand_no_open_stop

    award = line.award
    check_exclusions(actor, award, "payment")
    if award.state == State.APPROVED:
        detail = {"payable_fen": line.payable_fen, "basis": line.basis, "batch": line.batch_id}
        move(award, "order", actor, detail=detail, changes={"payable_fen": line.payable_fen})
        return
    demand_notice_ran(award)
    demand_no_open_stop(award.pk)
    demand_no_exclusion(award, "payment")


def _missing(line: BatchLine) -> list[tuple[Level, int, int]]:
    """The parts that have no living order yet, with the budgets that pay them."""
    living = line.award.orders.exclude(state=OrderState.CANCELLED)
    there = set(living.values_list("level", flat=True))
    budgets = {Level.CITY: line.city_budget_id, Level.COUNTY: line.county_budget_id}
    return [(level, fen, budgets[level] or 0) for level, fen in _parts(line) if fen and level not in there]


def _demand_payable(line: BatchLine) -> None:
    award = line.award
    if not line.payable_fen:
        raise Clash(
            "nothing-payable", "该项按系数应付为零", why="没有金额可以支付", fix="请核对系数和核定金额"
        )
    if award.approved_fen != line.approved_fen:
        raise Clash(
            "line-outdated",
            "公布后核定金额有变动",
            why="支付金额必须是公布的金额",
            fix="请移出该项，另编批次",
        )
    if award.account_id is None:
        raise Clash("account-missing", "没有收款账户", why="支付要有企业提供的账户", fix="请企业提供收款账户")


def _demand_money(missing: Sequence[tuple[Level, int, int]], accounts: Accounts) -> None:
    """Looked at before anything is written; the database would refuse it afterwards."""
    needs: Counter[int] = Counter()
    for _, fen, budget in missing:
        needs[budget] += fen
    for budget, fen in needs.items():
        account = accounts[budget, "available"]
        account.refresh_from_db()
        if account.balance_fen < fen:
            raise Clash(
                "overdrawn",
                "预算余额不足",
                why=f"需要{fen}分，只有{account.balance_fen}分",
                fix="请先追加预算",
                account=account.code,
                left_fen=account.balance_fen,
                needed_fen=fen,
            )


def _reserve(actor: Actor, line: BatchLine, level: Level, fen: int, accounts: Accounts) -> PaymentOrder:
    award, batch = line.award, line.batch
    budget = line.city_budget if level is Level.CITY else line.county_budget
    assert budget is not None
    assert award.account_id is not None
    earlier = award.orders.filter(level=level).aggregate(total=Sum("attempt"))["total"] or 0
    order = PaymentOrder.objects.create(
        award=award, batch=batch, budget=budget, level=level, area=line.area if level is Level.COUNTY else "",
        amount_fen=fen, account_id=award.account_id, reference=reference(batch.year, award.pk, level, earlier + 1),
    )  # fmt: skip
    record_attempt(actor, order)
    book(
        f"reserve:{order.pk}",
        "reserve",
        {accounts[budget.pk, "available"]: -fen, accounts[budget.pk, "reserved"]: fen},
        award=award,
        order=order,
        actor=actor,
        memo=f"{batch.title} {order.reference}",
    )
    return order


def record_attempt(actor: Actor, order: PaymentOrder) -> None:
    """Keep what the bank will know this attempt by (支付尝试)."""
    PaymentAttempt.objects.create(
        order=order,
        attempt=order.attempt,
        reference=order.reference,
        account_id=order.account_id,
        made_by_id=actor.account_id,
    )


def _settle_state(batch: Batch, *, is_all: bool) -> None:
    state = BatchState.ORDERED if is_all else BatchState.PUBLISHED
    Batch.objects.filter(pk=batch.pk).update(state=state, version=F("version") + 1)
