"""Budgets (预算): granted and changed by two people, and what is left of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from duixian.office.accounts.actor import Actor
from duixian.office.accounts.permissions import demand
from duixian.office.acting import acting, tell
from duixian.office.city import city
from duixian.office.refusal import Clash, NotAllowed, NotThere, Refusal
from duixian.office.treasury.chart import account, open_accounts
from duixian.office.treasury.fiscal_area import fiscal_area, is_fiscal_area
from duixian.office.treasury.ledger import book
from duixian.office.treasury.models import Budget, BudgetChange, LedgerAccount, Level

MOST_FEN = 10**16
"""A hundred thousand billion yuan: no change of a budget is larger."""


@dataclass(frozen=True, slots=True)
class Left:
    """What became of a budget (预算余额), in fen: granted = available + reserved + paid + receivable + returned."""

    granted_fen: int
    available_fen: int
    reserved_fen: int
    paid_fen: int
    receivable_fen: int
    returned_fen: int


def propose_change(
    actor: Actor,
    *,
    year: int,
    document: str,
    measure_id: str = "",
    level: str,
    area: str = "",
    amount_fen: int,
    reason: str,
) -> BudgetChange:
    """Ask for money to be granted to a budget, or taken back from it (预算下达、调整); another person confirms it.

    Raises:
        Refusal: ``unknown-document``, ``unknown-measure``, ``unknown-treasury``, ``bad-amount``, ``reason-missing``.
    """
    with acting():
        demand(actor, "budget.propose", area=area)
        _demand_known(document, measure_id, level, area)
        if not amount_fen or abs(amount_fen) > MOST_FEN:
            raise Refusal(
                "bad-amount", "预算调整金额无效", why="金额不能为零或超出范围", fix="请填写以分计的金额"
            )
        if not reason.strip():
            raise Refusal(
                "reason-missing", "没有写明依据", why="每次预算调整都要有依据", fix="请填写文件名称或文号"
            )
        budget, _ = Budget.objects.get_or_create(
            year=year, document=document, measure_id=measure_id, level=level, area=area
        )
        open_accounts(budget)
        change = BudgetChange.objects.create(
            budget=budget, amount_fen=amount_fen, reason=reason.strip(), proposed_by_id=actor.account_id
        )
        tell(actor, "budget.propose", change, detail={"budget": budget.pk, "amount_fen": amount_fen})
    return change


def confirm_change(actor: Actor, change_id: int) -> BudgetChange:
    """Confirm a change that somebody else proposed (预算确认): from now on the money is there, or gone.

    Raises:
        Clash: ``already-decided``; ``overdrawn`` when more is taken back than is left.
        NotAllowed: ``own-entry``.
    """
    with acting():
        demand(actor, "budget.confirm")
        change = _open_change(change_id)
        if change.is_confirmed:
            return change
        _decide(change, actor, is_confirmed=True)
        budget, fen = change.budget, change.amount_fen
        book(
            f"grant:{change.pk}",
            "grant",
            {account(budget, "source"): -fen, account(budget, "available"): fen},
            actor=actor,
            memo=change.reason,
        )
        tell(actor, "budget.confirm", change, detail={"budget": budget.pk, "amount_fen": fen})
    return change


def refuse_change(actor: Actor, change_id: int, reason: str) -> BudgetChange:
    """Refuse a change (预算退回), with a reason."""
    with acting():
        demand(actor, "budget.confirm")
        if not reason.strip():
            raise Refusal("reason-missing", "没有写明理由", why="退回要说明理由", fix="请填写理由")
        change = _open_change(change_id)
        if change.is_confirmed:
            raise _decided()
        _decide(change, actor, is_confirmed=False, reason=reason.strip())
        tell(actor, "budget.refuse", change, detail={"budget": change.budget_id})
    return change


def budgets(actor: Actor, *, year: int | None = None) -> QuerySet[Budget]:
    """The budgets that an actor may see: a county officer those of his own area."""
    demand(actor, "budget.read", area=actor.area)
    found = Budget.objects.order_by("-year", "document", "measure_id", "level", "area")
    if actor.area:
        found = found.filter(level=Level.COUNTY, area=fiscal_area(actor.area))
    return found if year is None else found.filter(year=year)


def changes(actor: Actor) -> QuerySet[BudgetChange]:
    """The changes of the budgets that an actor may see, the newest first (预算调整列表)."""
    return BudgetChange.objects.filter(budget__in=budgets(actor).order_by()).order_by("-pk")


def left_of(budget: Budget) -> Left:
    """What became of a budget until now."""
    balances = dict(LedgerAccount.objects.filter(budget=budget).values_list("kind", "balance_fen"))
    return Left(
        -balances.get("source", 0),
        *(balances.get(kind, 0) for kind in ("available", "reserved", "paid", "receivable", "returned")),
    )


def _demand_known(document: str, measure_id: str, level: str, area: str) -> None:
    measures = {measure.id for measure in city().measures if measure.document == document}
    if document not in {policy.number for policy in city().policies}:
        raise Refusal("unknown-document", "没有这个文号的政策", fix="请选择本市已录入的政策文件")
    if measure_id and measure_id not in measures:
        raise Refusal("unknown-measure", "这个文件没有该事项", fix="请选择文件内的事项，或留空表示全部事项")
    is_city, is_county = level == Level.CITY and not area, level == Level.COUNTY and is_fiscal_area(area)
    if not is_city and not is_county:
        raise Refusal(
            "unknown-treasury",
            "没有这样的财政",
            why="市级预算不写地区；县区预算写县、区或功能板块",
            fix="请核对级次和地区",
        )


def _open_change(change_id: int) -> BudgetChange:
    change = (
        BudgetChange.objects.select_for_update(of=("self",), no_key=True)
        .select_related("budget")
        .filter(pk=change_id)
        .first()
    )
    if change is None:
        raise NotThere("not-there", "没有找到这项预算调整")
    if change.is_confirmed is False:
        raise _decided()
    return change


def _decide(change: BudgetChange, actor: Actor, *, is_confirmed: bool, reason: str = "") -> None:
    if change.proposed_by_id == actor.account_id:
        raise NotAllowed(
            "own-entry", "不能确认自己提出的调整", why="预算调整须由两人经办", fix="请由另一人办理"
        )
    change.is_confirmed, change.decided_by_id, change.decided_at = is_confirmed, actor.id, timezone.now()
    change.decision_reason = reason
    change.save()


def _decided() -> Clash:
    return Clash(
        "already-decided", "这项预算调整已经办结", why="确认和退回都只办一次", fix="如需改变，请另提一项调整"
    )
